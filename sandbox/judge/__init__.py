"""Plays the judge behind generateContent."""
