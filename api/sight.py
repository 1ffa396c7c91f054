"""Which jobs somebody sees in lists."""

from sqlalchemy import ColumnElement, select, true

from api.callers import Staff
from interloop.db.tables import Job, JobMember
from interloop.security.permissions import TABLE, Permission


def sees(staff: Staff, permission: Permission = Permission.see_job) -> ColumnElement[bool]:
    """Return the condition on `Job` that keeps a list to what the asker may see."""
    if staff.role in TABLE[permission].anywhere:
        return true()
    mine = select(JobMember.job_id).where(JobMember.user_id == staff.id)
    return Job.id.in_(mine)
