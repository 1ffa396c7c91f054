"""HTTP in and out, authorisation."""
