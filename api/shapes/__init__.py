"""What goes in and out over HTTP, one module a noun; the frontend's client is generated from it."""
