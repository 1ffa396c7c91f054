"""Decides and waits; nothing else."""
