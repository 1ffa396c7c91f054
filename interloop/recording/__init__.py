"""Recordings at rest: sealed segments, and the listening copy made of them."""
