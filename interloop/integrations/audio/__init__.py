"""Mixing what was recorded."""
