"""Speaks to the journeys: starts them and steers them by updates."""

from temporalio.client import Client


class Journeys:
    """Starts and steers journeys over one client."""

    def __init__(self, client: Client) -> None:
        self.client = client
