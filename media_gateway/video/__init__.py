"""The candidate's picture: received whole, recorded as it came, and first to yield to the voice."""
