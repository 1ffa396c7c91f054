"""What the callers and the servers of this bench say to each other besides sound."""

from pydantic import BaseModel


class Offered(BaseModel):
    """An SDP offer, or its answer."""

    sdp: str
    type: str = "offer"
