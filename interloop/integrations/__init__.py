"""One folder a port: what Interloop asks of the outside world."""
