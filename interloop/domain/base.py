"""The one base class of values: compared by content, frozen, closed to unknown fields."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A value: the same class is JSON column, Temporal payload and OpenAPI schema."""

    model_config = ConfigDict(frozen=True, extra="forbid")
