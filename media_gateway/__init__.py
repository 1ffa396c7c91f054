"""The real-time process: the call between candidate and interviewer."""
