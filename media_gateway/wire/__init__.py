"""Voice and picture over a WebSocket, where UDP is blocked."""
