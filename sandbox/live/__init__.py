"""Plays the Gemini Live service over its own wire protocol."""
