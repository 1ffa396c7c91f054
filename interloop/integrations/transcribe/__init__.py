"""Words of a recorded voice, with their times, after the interview."""
