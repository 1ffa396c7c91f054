"""The roles of staff."""

from enum import StrEnum


class Role(StrEnum):
    """What a signed-in person is in the organisation."""

    admin = "admin"
    recruiter = "recruiter"
    hiring_manager = "hiring_manager"
    interviewer = "interviewer"
    hr_ops = "hr_ops"
    auditor = "auditor"
