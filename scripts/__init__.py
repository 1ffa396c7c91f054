"""The commands behind `make`; those that prepare a machine need the standard library only."""
