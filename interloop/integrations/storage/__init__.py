"""Keeping sealed objects."""
