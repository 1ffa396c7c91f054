"""Sending one mail."""
