"""The control port: tests hand over texts and plan faults; the demo does not use it."""
