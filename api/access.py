"""Deny by default: a route is declared with its wall, and an application without one does not boot.

`Routes` is the only way routes are made; `check_walls` walks what FastAPI really serves.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, FastAPI, Request
from fastapi.params import Depends
from fastapi.routing import iter_route_contexts
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import Staff, candidate_of, staff_of
from api.context import Context, context_of
from api.keys import KeyCaller, let_in
from interloop.db.tables import Application, Interview, Job, JobMember, Resume, Task
from interloop.db.trail import Who, audit
from interloop.domain.errors import Forbidden, NotFound
from interloop.security.api_keys import Scope
from interloop.security.permissions import TABLE, Permission, may, may_somewhere
from interloop.security.tokens import TokenKind

V1 = "/v1/"
"""Where other systems ask; the pages of staff and candidates stand elsewhere."""

F = TypeVar("F", bound=Callable[..., Any])


class Public:
    """A wall with an open door; the reason stands where the route is declared."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    async def __call__(self) -> None:
        """Let everybody in."""


class CandidateOnly:
    """Lets in whoever holds a candidate's own token."""

    async def __call__(self, request: Request) -> None:
        """Keep the candidate for the route; `Unauthenticated` for everybody else."""
        request.state.candidate = await candidate_of(request, context_of(request))


class StaffOnly:
    """Lets in staff with a permission, on a job of their own where the table says so."""

    def __init__(self, permission: Permission, cookie: TokenKind | None = None) -> None:
        self.permission = permission
        self.cookie = cookie

    async def __call__(self, request: Request) -> None:
        """Keep the member of staff for the route, or refuse and write the refusal down."""
        context = context_of(request)
        staff = await staff_of(request, context, self.cookie)
        request.state.staff = staff
        try:
            await self.check(request, context, staff)
        except Forbidden:
            details = {"permission": self.permission.value}
            await _note_refusal(context, staff.org_id, staff.who, details)
            raise

    async def check(self, request: Request, context: Context, staff: Staff) -> None:
        """Raise `Forbidden` without the permission, `NotFound` without the thing."""
        if not may_somewhere(staff.role, self.permission):
            raise Forbidden("your role may not do this", code="role_may_not")
        async with context.services.db.read(staff.org_id) as session:
            job_id = await job_behind(session, request.path_params)
            member = job_id is not None and await is_member(session, job_id, staff.id)
        bound = job_id is not None or bool(TABLE[self.permission].on_own_jobs)
        if bound and not may(staff.role, self.permission, member=member):
            raise Forbidden("you do not work on this job", code="not_a_member")


class KeyOnly:
    """Lets in other systems whose API key has the scope; nobody else, and nowhere but on `/v1`."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    async def __call__(self, request: Request) -> None:
        """Keep the key for the route, or refuse and write the refusal down."""
        context = context_of(request)
        caller = await let_in(request, context)
        await self.check(context, caller)
        async with context.services.db.read(caller.org_id) as session:
            await job_behind(session, request.path_params)

    async def check(self, context: Context, caller: KeyCaller) -> None:
        """Raise `Forbidden` without the scope."""
        if self.scope not in caller.scopes:
            details = {"scope": self.scope.value}
            await _note_refusal(context, caller.org_id, caller.who, details)
            raise Forbidden("this key lacks a scope", code="scope_missing")


Wall = Public | CandidateOnly | StaffOnly | KeyOnly
CANDIDATE = CandidateOnly()


class Routes:
    """Makes routes; each names its wall: a permission, `CANDIDATE`, or `Public("reason")`."""

    def __init__(self, tag: str, prefix: str = "/api", *, cookie: TokenKind | None = None) -> None:
        self.router = APIRouter(prefix=prefix, tags=[tag])
        self._cookie = cookie

    def get(self, path: str, access: Permission | Wall, **options: Any) -> Callable[[F], F]:
        """Declare a GET route."""
        return self._route("GET", path, access, options)

    def post(self, path: str, access: Permission | Wall, **options: Any) -> Callable[[F], F]:
        """Declare a POST route."""
        return self._route("POST", path, access, options)

    def put(self, path: str, access: Permission | Wall, **options: Any) -> Callable[[F], F]:
        """Declare a PUT route."""
        return self._route("PUT", path, access, options)

    def any(
        self, path: str, methods: Iterable[str], access: Permission | Wall, **options: Any
    ) -> Callable[[F], F]:
        """Declare a route for several methods."""
        wall = self._wall(access)

        def keep(function: F) -> F:
            self.router.add_api_route(
                path, function, methods=list(methods), dependencies=[Depends(wall)], **options
            )
            return function

        return keep

    def _route(
        self, method: str, path: str, access: Permission | Wall, options: dict[str, Any]
    ) -> Callable[[F], F]:
        return self.any(path, [method], access, **options)

    def _wall(self, access: Permission | Wall) -> Wall:
        if isinstance(access, Permission):
            return StaffOnly(access, self._cookie)
        return access


def walls(app: FastAPI) -> dict[tuple[str, str], Wall | None]:
    """Return the wall of every (method, path) the application serves."""
    found: dict[tuple[str, str], Wall | None] = {}
    for context in iter_route_contexts(app.routes):
        dependant = getattr(context, "dependant", None)
        calls = [d.call for d in dependant.dependencies] if dependant is not None else []
        wall = next((c for c in calls if isinstance(c, Wall)), None)
        for method in context.methods or {"*"}:
            found[method, context.path or ""] = wall
    return found


def check_walls(app: FastAPI) -> None:
    """Raise `RuntimeError` when any route has no wall; called before the application serves."""
    table = walls(app)
    open_routes = [f"{m} {p}" for (m, p), wall in table.items() if wall is None]
    if open_routes or not table:
        raise RuntimeError(f"routes without a wall: {', '.join(open_routes) or 'no routes at all'}")
    strays = [f"{m} {p}" for (m, p), wall in table.items() if _strays(p, wall)]
    if strays:
        raise RuntimeError(f"keys open what stands under {V1}, and only they: {', '.join(strays)}")


def _strays(path: str, wall: Wall | None) -> bool:
    return isinstance(wall, KeyOnly) is not path.startswith(V1)


async def job_behind(session: AsyncSession, params: dict[str, Any]) -> UUID | None:
    """Return the job that a path is about, or None when it is about none.

    `NotFound` when the thing is not there, or belongs to another organisation.
    """
    statements = {
        "job_id": select(Job.id).where(Job.id == _uuid(params, "job_id")),
        "application_id": select(Application.job_id).where(
            Application.id == _uuid(params, "application_id")
        ),
        "interview_id": select(Application.job_id)
        .join(Interview, Interview.application_id == Application.id)
        .where(Interview.id == _uuid(params, "interview_id")),
        "task_id": select(Application.job_id)
        .join(Task, Task.application_id == Application.id)
        .where(Task.id == _uuid(params, "task_id")),
        "resume_id": select(Application.job_id)
        .join(Resume, Resume.id == Application.resume_id)
        .where(Resume.id == _uuid(params, "resume_id")),
    }
    for name, statement in statements.items():
        if name in params:
            job_id = await session.scalar(statement)
            if job_id is None:
                raise NotFound("there is no such thing here")
            return job_id
    return None


def _uuid(params: dict[str, Any], name: str) -> UUID | None:
    try:
        return UUID(str(params[name])) if name in params else None
    except ValueError:
        raise NotFound("there is no such thing here") from None


async def is_member(session: AsyncSession, job_id: UUID, user_id: UUID) -> bool:
    """Tell whether the user works on the job."""
    statement = select(JobMember.id).where(JobMember.job_id == job_id, JobMember.user_id == user_id)
    return await session.scalar(statement) is not None


async def _note_refusal(context: Context, org_id: UUID, who: Who, details: dict[str, str]) -> None:
    now = context.services.clock.now()
    async with context.services.db.session(org_id) as session:
        about = ("api_key" if who.kind == "api_key" else "user", who.id)
        await audit(session, who, "refused", at=now, about=about, details=details)
