"""The voice of the interviewer that the sandbox plays."""
