"""The kinds of mail, and the plain values that each may speak of."""

from interloop.domain.base import Value

_ALWAYS = ("candidate_name", "organization", "job_title", "contact_name", "contact_email")

KIND_VALUES: dict[str, tuple[str, ...]] = {
    "invite": (*_ALWAYS, "minutes", "open_until", "link"),
    "meet_person": (*_ALWAYS, "minutes", "open_until", "link"),
    "reminder": (*_ALWAYS, "starts_at", "place", "open_until", "link"),
    "booked": (*_ALWAYS, "starts_at", "minutes", "interviewer_name", "place", "link"),
    "rescheduled": (
        *_ALWAYS,
        *("starts_at", "earlier_start", "minutes", "interviewer_name", "place", "link"),
    ),
    "proposed_time": (*_ALWAYS, "starts_at", "minutes", "place", "link"),
    "missed_time": (*_ALWAYS, "starts_at", "open_until", "link"),
    "cancelled_time": (*_ALWAYS, "starts_at", "open_until", "link"),
    "next_step": (*_ALWAYS, "answer_by", "link"),
    "human_interview": (*_ALWAYS, "open_until"),
    "advance": _ALWAYS,
    "rejection": (*_ALWAYS, "review_link"),
    "offer": _ALWAYS,
    "review_receipt": (*_ALWAYS, "answer_by"),
    "review_upheld": (*_ALWAYS, "answer_by"),
    "review_reopened": (*_ALWAYS, "answer_by"),
}
"""What is known when a mail of this kind is written; everything else would be empty."""

KINDS = tuple(KIND_VALUES)


class MailValue(Value):
    """One value: what it says, and the most characters of it that a mail carries."""

    says: str
    most: int


VALUES: dict[str, MailValue] = {
    "candidate_name": MailValue(says="the candidate's name", most=120),
    "organization": MailValue(says="your organisation", most=200),
    "job_title": MailValue(says="the job", most=200),
    "minutes": MailValue(says="how long the interview is, in minutes", most=8),
    "open_until": MailValue(says="when the invitation ends", most=120),
    "starts_at": MailValue(says="the time that is booked, in the candidate's zone", most=120),
    "earlier_start": MailValue(says="the time that no longer holds", most=120),
    "answer_by": MailValue(says="when the candidate hears from you", most=120),
    "interviewer_name": MailValue(says="who the candidate speaks with", most=200),
    "place": MailValue(says="where they meet: a room, or a video link", most=300),
    "contact_name": MailValue(says="who answers questions", most=200),
    "contact_email": MailValue(says="where questions go", most=320),
    "link": MailValue(says="the candidate's own page", most=0),
    "review_link": MailValue(says="the way to ask for a human review", most=0),
}
"""All that any template may speak of. The links are made when a mail leaves, so they have no text
of their own before."""
