"""Interloop: the shared library of every process; it imports none of the rooms above it."""
