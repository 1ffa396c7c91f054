"""The line to the live model: how it is opened again, when it is left, whose words come over it."""
