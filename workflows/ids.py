"""Workflow ids by the name that workflows know them by; they stand in `interloop.temporal.ids`."""

from interloop.temporal.ids import (
    bulk_id,
    calendar_id,
    erasure_id,
    export_id,
    healing_id,
    journey_id,
    resend_id,
    review_id,
    round_id,
    webhook_id,
)

__all__ = [
    "bulk_id",
    "calendar_id",
    "erasure_id",
    "export_id",
    "healing_id",
    "journey_id",
    "resend_id",
    "review_id",
    "round_id",
    "webhook_id",
]
