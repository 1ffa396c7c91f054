"""Turns the candidate's sound into words."""
