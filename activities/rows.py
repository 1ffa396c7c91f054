"""Loading rows that must be there, opening what is sealed in them, and whose box opens it."""

from interloop.db.rows import candidate_of, must_get, open_column, seal_column
from interloop.db.tables import Candidate
from interloop.security.sealing import Box, KeyClass
from interloop.services import Services

__all__ = ["candidate_of", "identity_box", "must_get", "open_column", "seal_column"]


async def identity_box(services: Services, candidate: Candidate) -> Box:
    """Return the box of a candidate's identity."""
    return await services.keys.box(candidate.org_id, candidate.id, KeyClass.identity)
