"""Ids: one NewType a noun, UUIDv7 made by the application, so that they sort by birth."""

from typing import NewType
from uuid import UUID

from uuid_utils.compat import uuid7

OrgId = NewType("OrgId", UUID)
UserId = NewType("UserId", UUID)
JobId = NewType("JobId", UUID)
CandidateId = NewType("CandidateId", UUID)
ResumeId = NewType("ResumeId", UUID)
ApplicationId = NewType("ApplicationId", UUID)
InterviewId = NewType("InterviewId", UUID)
TurnId = NewType("TurnId", UUID)
MarkId = NewType("MarkId", UUID)
DecisionId = NewType("DecisionId", UUID)
MessageId = NewType("MessageId", UUID)
TaskId = NewType("TaskId", UUID)
SegmentId = NewType("SegmentId", UUID)


def new_id() -> UUID:
    """Return a new time-ordered id (UUIDv7, RFC 9562)."""
    return uuid7()
