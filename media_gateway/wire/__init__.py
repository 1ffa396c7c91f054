"""The voice over a WebSocket, where UDP is blocked."""
