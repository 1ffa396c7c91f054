"""Plays another system that is told of news by webhook."""
