"""The search attributes of journeys: ids, stages and times; Temporal keeps them as plain text."""

from uuid import UUID

from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

ORGANIZATION = SearchAttributeKey.for_keyword("OrganizationId")
JOB = SearchAttributeKey.for_keyword("JobId")
STAGE = SearchAttributeKey.for_keyword("Stage")
OUTCOME = SearchAttributeKey.for_keyword("Outcome")
WAITING_ON = SearchAttributeKey.for_keyword("WaitingOn")
DUE_AT = SearchAttributeKey.for_datetime("DueAt")
GATEWAY = SearchAttributeKey.for_keyword("Gateway")
"""Which gateway holds the call of a round; unset while none does."""

ALL = (ORGANIZATION, JOB, STAGE, OUTCOME, WAITING_ON, DUE_AT, GATEWAY)


def belongs(
    org_id: UUID, job_id: UUID | None = None, *more: SearchAttributePair[str]
) -> TypedSearchAttributes:
    """Return what a workflow is found by from its first moment."""
    job = () if job_id is None else (SearchAttributePair(JOB, str(job_id)),)
    return TypedSearchAttributes([SearchAttributePair(ORGANIZATION, str(org_id)), *job, *more])
