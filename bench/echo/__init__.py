"""What the gateway adds to a voice, beside what a peer adds: `python -m bench.echo`."""
