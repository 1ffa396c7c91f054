"""Finds times for interviews and takes them, so that one time is never two people's."""
