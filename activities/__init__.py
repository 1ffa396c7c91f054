"""One side effect a method, idempotent."""
