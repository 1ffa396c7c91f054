"""Workflow ids: opaque, made of ids only; Temporal keeps them as plain text."""

from uuid import UUID


def journey_id(application_id: UUID) -> str:
    """Return the id of an application's journey."""
    return f"journey-{application_id}"


def round_id(interview_id: UUID) -> str:
    """Return the id of an interview's round."""
    return f"interview-{interview_id}"


def export_id(row_id: UUID) -> str:
    """Return the id of the making of one file of a recording."""
    return f"export-{row_id}"


def webhook_id(delivery_id: UUID, number: int) -> str:
    """Return the id of one round of bringing news to another system."""
    return f"webhook-{delivery_id}-{number}"


def healing_id(interview_id: UUID) -> str:
    """Return the id of the run that adds late pieces to an interview's recording."""
    return f"recording-{interview_id}"


def review_id(row_id: UUID) -> str:
    """Return the id of one review of a rejection."""
    return f"human-review-{row_id}"


def calendar_id(appointment_id: UUID) -> str:
    """Return the id of the run that keeps calendars in agreement with an appointment."""
    return f"calendar-{appointment_id}"


def resend_id(message_id: UUID) -> str:
    """Return the id of sending one mail again."""
    return f"message-{message_id}"


def bulk_id(row_id: UUID) -> str:
    """Return the id of the reading of one upload."""
    return f"bulk-{row_id}"


def erasure_id(row_id: UUID) -> str:
    """Return the id of one erasing of an application's histories."""
    return f"erasure-{row_id}"
