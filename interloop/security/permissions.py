"""Who may do what: one table, deny by default; the API refuses to start with a route outside it."""

from enum import StrEnum

from interloop.domain.base import Value
from interloop.domain.roles import Role


class Permission(StrEnum):
    """One thing a member of staff may be allowed to do."""

    see_self = "see_self"
    follow_changes = "follow_changes"
    see_users = "see_users"
    list_jobs = "list_jobs"
    create_job = "create_job"
    see_job = "see_job"
    edit_members = "edit_members"
    see_plan = "see_plan"
    edit_plan = "edit_plan"
    add_application = "add_application"
    see_applications = "see_applications"
    edit_contact = "edit_contact"
    invite = "invite"
    decide = "decide"
    see_dossiers = "see_dossiers"
    answer_review = "answer_review"
    see_interviews = "see_interviews"
    export_recordings = "export_recordings"
    keep_hours = "keep_hours"
    edit_schedule = "edit_schedule"
    book = "book"
    mark = "mark"
    list_reviews = "list_reviews"
    list_tasks = "list_tasks"
    finish_task = "finish_task"
    settle_messages = "settle_messages"
    see_templates = "see_templates"
    edit_templates = "edit_templates"
    see_audit = "see_audit"
    manage_integrations = "manage_integrations"
    watch_workflows = "watch_workflows"
    steer_workflows = "steer_workflows"
    decode_payloads = "decode_payloads"
    stop_interviews = "stop_interviews"
    erase_histories = "erase_histories"


class Grant(Value):
    """Roles that may do it on every job of the organisation, and those only on their own jobs."""

    anywhere: frozenset[Role] = frozenset()
    on_own_jobs: frozenset[Role] = frozenset()


_ALL = frozenset(Role)
_HIRING = frozenset({Role.recruiter, Role.hiring_manager})
_PANEL = _HIRING | {Role.interviewer}
_ADMIN = frozenset({Role.admin})
_OVERSIGHT = frozenset({Role.admin, Role.hr_ops})

TABLE: dict[Permission, Grant] = {
    Permission.see_self: Grant(anywhere=_ALL),
    Permission.follow_changes: Grant(anywhere=_ALL),
    Permission.see_users: Grant(anywhere=_OVERSIGHT | _HIRING),
    # Lists need no membership: they hold only what the asker may see.
    Permission.list_jobs: Grant(anywhere=_OVERSIGHT | _PANEL),
    Permission.create_job: Grant(anywhere=_ADMIN | {Role.recruiter}),
    Permission.see_job: Grant(anywhere=_OVERSIGHT, on_own_jobs=_PANEL),
    Permission.edit_members: Grant(anywhere=_ADMIN, on_own_jobs=frozenset({Role.recruiter})),
    Permission.see_plan: Grant(anywhere=_OVERSIGHT, on_own_jobs=_PANEL),
    Permission.edit_plan: Grant(anywhere=_ADMIN, on_own_jobs=_HIRING),
    Permission.add_application: Grant(anywhere=_ADMIN, on_own_jobs=frozenset({Role.recruiter})),
    Permission.see_applications: Grant(anywhere=_OVERSIGHT, on_own_jobs=_PANEL),
    Permission.edit_contact: Grant(anywhere=_ADMIN, on_own_jobs=frozenset({Role.recruiter})),
    Permission.invite: Grant(anywhere=_ADMIN, on_own_jobs=frozenset({Role.recruiter})),
    Permission.decide: Grant(anywhere=_ADMIN, on_own_jobs=_HIRING),
    Permission.see_dossiers: Grant(anywhere=_OVERSIGHT, on_own_jobs=_HIRING),
    # Who decided does not review it: that is checked against the decision itself.
    Permission.answer_review: Grant(anywhere=_ADMIN, on_own_jobs=_HIRING),
    Permission.see_interviews: Grant(anywhere=_ADMIN, on_own_jobs=_PANEL),
    # A file that was taken away is out of our hands: those who hire, not every panel member.
    Permission.export_recordings: Grant(anywhere=_ADMIN, on_own_jobs=_HIRING),
    # One's own bookable hours; on which jobs they count is the pool's matter.
    Permission.keep_hours: Grant(anywhere=_ADMIN | _PANEL),
    Permission.edit_schedule: Grant(anywhere=_ADMIN, on_own_jobs=_HIRING),
    Permission.book: Grant(anywhere=_ADMIN, on_own_jobs=_HIRING),
    # Marks count, so nobody gives them on a job they do not work on, not even an admin.
    Permission.mark: Grant(on_own_jobs=_ADMIN | _PANEL),
    Permission.list_reviews: Grant(anywhere=_ADMIN | _PANEL),
    Permission.list_tasks: Grant(anywhere=_OVERSIGHT | _HIRING),
    Permission.finish_task: Grant(anywhere=_OVERSIGHT, on_own_jobs=_HIRING),
    # Only who may write to the candidate decides that a mail arrived or leaves again.
    Permission.settle_messages: Grant(anywhere=_ADMIN, on_own_jobs=_HIRING),
    Permission.see_templates: Grant(anywhere=_OVERSIGHT | _HIRING),
    # A template speaks for the whole organisation, on every job.
    Permission.edit_templates: Grant(anywhere=_ADMIN | {Role.recruiter}),
    Permission.see_audit: Grant(anywhere=_ADMIN | {Role.auditor}),
    # Keys and webhooks carry the organisation's data to other systems.
    Permission.manage_integrations: Grant(anywhere=_ADMIN),
    Permission.watch_workflows: Grant(anywhere=_OVERSIGHT),
    Permission.steer_workflows: Grant(anywhere=_ADMIN),
    Permission.decode_payloads: Grant(anywhere=_OVERSIGHT),
    Permission.stop_interviews: Grant(anywhere=_OVERSIGHT),
    # Nobody can look up afterwards what went on: those who may also steer.
    Permission.erase_histories: Grant(anywhere=_ADMIN),
}


def may(role: Role, permission: Permission, *, member: bool) -> bool:
    """Tell whether the role may do it; `member` says whether the job in question is their own."""
    grant = TABLE[permission]
    return role in grant.anywhere or (member and role in grant.on_own_jobs)


def may_somewhere(role: Role, permission: Permission) -> bool:
    """Tell whether the role may do it on any job at all."""
    return may(role, permission, member=True)


def permissions_of(role: Role) -> tuple[Permission, ...]:
    """Return what the role may do somewhere, for pages that hide what would be refused."""
    return tuple(p for p in Permission if may_somewhere(role, p))
