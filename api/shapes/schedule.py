"""Times: bookable hours, a job's policy and pool, slots, holds and appointments.

Every instant is UTC; `zone` is the IANA zone that a page shows it in.
"""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from api.shapes.common import CandidateRef, JobRef, UserRef
from interloop.domain.appointment import AppointmentState, CalendarState
from interloop.domain.base import Value
from interloop.domain.hours import WeeklyHours
from interloop.domain.instants import Instant
from interloop.domain.job_policy import JobPolicy, Way
from interloop.domain.meeting_place import MeetingPlace
from interloop.domain.zones import ZoneName


class HoursOut(Value):
    """A person's bookable week; `saved_at` is null while they have never said one."""

    hours: WeeklyHours
    saved_at: datetime | None


class SlotOut(Value):
    """A time that can be chosen."""

    starts_at: datetime
    ends_at: datetime


class FreeTimesOut(Value):
    """The next times that one job would offer with the asker; no job: with the usual rules."""

    job: JobRef | None
    minutes: int
    slots: tuple[SlotOut, ...]


class HoursPreviewOut(Value):
    """What a week would mean, before it is saved."""

    zone: str
    offers: tuple[FreeTimesOut, ...]
    """One for each job the asker interviews for, and one without a job when there is none."""
    outside: int
    """Meetings ahead that the week would not hold; they stay."""
    calendar_silent: bool
    """The asker's own calendar cannot be read: until it can, nothing is offered."""


class PoolMember(Value):
    """A member of a job, and whether they can be booked for it."""

    user: UserRef
    interviews: bool
    zone: str | None
    """Null while they have said no hours: then nobody can book them."""
    meetings_ahead: int


class PoolIn(Value):
    """Everybody of the job's members who interviews for it."""

    user_ids: tuple[UUID, ...] = Field(max_length=200)
    seen: tuple[UUID, ...] = Field(max_length=200)
    """Who interviewed when the page was read; refused where others do by now."""


class MeetingPlaceIn(Value):
    """Where a person is met; null: it is told in another way."""

    place: MeetingPlace | None


class JobPolicyIn(Value):
    """A job's policy as it shall stand, and as it stood when the page was read."""

    policy: JobPolicy
    seen: JobPolicy
    """Refused where other rules stand by now: nobody's change is lost unseen."""


class JobPolicyOut(Value):
    """A job's policy; it counts for the people who are added from now on."""

    policy: JobPolicy
    defaults: JobPolicy = JobPolicy()
    """What production starts every job with."""
    meeting_place: str | None = None
    """Where the job's meetings with a person take place, unless one says otherwise."""


class SlotsOut(Value):
    """Every time that can be chosen now, in order."""

    zone: str
    """In which to show them: the candidate's."""
    minutes: int
    slots: tuple[SlotOut, ...]


class StaffSlotOut(SlotOut):
    """A time with those who are free then, the one with the least to do first."""

    interviewers: tuple[UserRef, ...]


class StaffSlotsOut(Value):
    """The times of a candidate's open round."""

    zone: str
    minutes: int
    interview_id: UUID
    with_person: bool
    slots: tuple[StaffSlotOut, ...]


class HoldIn(Value):
    """Put this time aside; `zone` is the page's own."""

    starts_at: Instant
    zone: ZoneName


class HoldOut(Value):
    """A time that is put aside until `hold_until`; confirm it by its id."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    zone: str
    hold_until: datetime
    seconds_left: int
    """Until then, by our clock: a page's own may be wrong."""
    proposed: bool
    """Proposed to the candidate, not chosen by them."""
    place: str | None
    """Where they meet: words, or an https link."""


class ConfirmIn(Value):
    """Take the time that is put aside; `zone` is the page's own, where we only guessed it."""

    hold_id: UUID
    zone: ZoneName | None = None


class OwnAppointmentOut(Value):
    """The candidate's own appointment."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    zone: str
    state: AppointmentState
    sequence: int
    with_whom: str | None
    """Name of the person they meet; null is the AI interviewer."""
    room_opens_at: datetime | None
    """Not before this instant can the AI be met; null where no chosen time is waited for."""
    place: str | None
    """Where they meet: words, or an https link; null is told by a person."""
    calendar_file: bool
    """There is a file for calendars; not where the interviewer's calendar itself invites."""


class EndedTimeOut(Value):
    """A time that was booked and did not come to be."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    state: AppointmentState
    """missed or cancelled."""


class CandidateScheduleOut(Value):
    """What a candidate can do about the time of their interview."""

    way: Way
    with_person: bool
    zone: str
    minutes: int
    may_choose: bool
    """Whether a time may be chosen or moved without asking anybody."""
    why_not: str | None
    """A code: not_open, no_free_change or too_late."""
    changes_left: int
    appointment: OwnAppointmentOut | None
    hold: HoldOut | None
    ended: EndedTimeOut | None
    """The newest time that was cancelled or missed, while nothing else is booked."""


class AppointmentIn(Value):
    """Book this time for the candidate, or move theirs to it."""

    starts_at: Instant
    interviewer_id: UUID | None = None
    """None is whoever of the pool is free and has least to do."""


class AppointmentOut(Value):
    """An appointment as staff see it."""

    id: UUID
    application_id: UUID
    interview_id: UUID
    round_no: int
    job: JobRef
    candidate: CandidateRef
    interviewer: UserRef | None
    starts_at: datetime
    ends_at: datetime
    zone: str
    """The candidate's."""
    state: AppointmentState
    hold_until: datetime | None
    proposed: bool
    sequence: int
    place: str | None
    """Where they meet: words, or an https link."""
    calendar_state: CalendarState


class MeetingIn(Value):
    """How a meeting with a person went."""

    came: bool
    """False: the candidate did not come."""
