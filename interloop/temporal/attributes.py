"""The search attributes of journeys: ids, stages and times; Temporal keeps them as plain text."""

from temporalio.common import SearchAttributeKey

ORGANIZATION = SearchAttributeKey.for_keyword("OrganizationId")
JOB = SearchAttributeKey.for_keyword("JobId")
STAGE = SearchAttributeKey.for_keyword("Stage")
OUTCOME = SearchAttributeKey.for_keyword("Outcome")
WAITING_ON = SearchAttributeKey.for_keyword("WaitingOn")
DUE_AT = SearchAttributeKey.for_datetime("DueAt")

ALL = (ORGANIZATION, JOB, STAGE, OUTCOME, WAITING_ON, DUE_AT)
