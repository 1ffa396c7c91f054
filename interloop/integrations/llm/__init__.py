"""A model that answers a prompt with a value."""
