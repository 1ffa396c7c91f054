"""Plays every outside party on loopback; knows nothing of the product."""
