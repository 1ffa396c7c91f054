"""Tables, sessions and keys at rest; no business rules."""
