"""What a recruiter or a hiring manager does over HTTP."""

from typing import Any

from interloop.demo.http import DemoFailed, Http, wait_for
from interloop.demo.stack import Person


class Desk:
    """One signed-in member of staff."""

    def __init__(self, http: Http, user_id: str) -> None:
        self.http = http
        self.user_id = user_id

    @classmethod
    async def open(cls, app: str, person: Person) -> "Desk":
        """Sign in; close `http` at the end."""
        http = Http(app)
        credentials = {"email": person.email, "password": person.password}
        await http.sign_in("/api/auth/sign-in", credentials)
        me = await http.send("GET", "/api/me")
        return cls(http, me["id"])

    async def open_job(self, title: str, description: str) -> str:
        """Open a job and return its id; a plan is drafted from the description."""
        body = {"title": title, "description": description, "place": {"country": "DE"}}
        job = await self.http.send("POST", "/api/jobs", json=body)
        return str(job["id"])

    async def plan(self, job_id: str) -> dict[str, Any]:
        """Return the plan as it is being edited."""
        shown = await self.http.send("GET", f"/api/jobs/{job_id}/plan")
        plan: dict[str, Any] = shown["draft"]["plan"]
        return plan

    async def publish(self, job_id: str, plan: dict[str, Any]) -> None:
        """Save this plan and publish it."""
        shown = await self.http.send("GET", f"/api/jobs/{job_id}/plan")
        body = {"plan": plan, "revision": shown["draft"]["revision"]}
        saved = await self.http.send("PUT", f"/api/jobs/{job_id}/plan/draft", json=body)
        revision = {"revision": saved["revision"]}
        await self.http.send("POST", f"/api/jobs/{job_id}/plan/publish", json=revision)

    async def add_members(self, job_id: str, *roles: str) -> None:
        """Put everybody of these roles on the job, and stay on it."""
        users = await self.http.send("GET", "/api/users")
        wanted = [user for user in users if user["role"] in roles or user["id"] == self.user_id]
        members = [{"user_id": user["id"], "role": user["role"]} for user in wanted]
        await self.http.send("PUT", f"/api/jobs/{job_id}/members", json={"members": members})

    async def add_candidate(
        self, job_id: str, resume: bytes, filename: str, *, email: str | None = None
    ) -> dict[str, Any]:
        """Upload a resume; returns what was created (`id`, `candidate_id`, `journey`)."""
        created: dict[str, Any] = await self.http.send(
            "POST",
            f"/api/jobs/{job_id}/applications",
            files={"resume": (filename, resume, "application/pdf")},
            data={"email": email} if email else {},
        )
        return created

    async def application(self, application_id: str) -> dict[str, Any]:
        """Return where the candidate stands."""
        seen: dict[str, Any] = await self.http.send("GET", f"/api/applications/{application_id}")
        return seen

    async def until(
        self, application_id: str, stage: str, *, waiting_on: str = "", patience_s: float = 60.0
    ) -> dict[str, Any]:
        """Wait until the application stands in this stage, waiting on that party if one is named.

        Raises `DemoFailed` when it does not in time.
        """

        async def look() -> dict[str, Any]:
            return await self.application(application_id)

        def there(seen: dict[str, Any]) -> bool:
            return seen["stage"] == stage and waiting_on in {"", seen["waiting_on"]}

        what = f"the stage {stage}"
        seen: dict[str, Any] = await wait_for(look, there, what, patience_s=patience_s)
        return seen

    async def invite(self, application_id: str) -> dict[str, Any]:
        """Preview the invitation and send exactly that; returns the preview."""
        preview: dict[str, Any] = await self.http.send(
            "POST", f"/api/applications/{application_id}/invitation/preview"
        )
        if "{{link}}" not in preview["text"]:
            raise DemoFailed("the previewed invitation has no place for the link")
        body = {"message_id": preview["message_id"]}
        await self.http.send("POST", f"/api/applications/{application_id}/invitation", json=body)
        return preview

    async def mark_all(self, interview_id: str, level: int) -> list[dict[str, Any]]:
        """Give the own mark to every criterion, submit, and return what that reveals."""
        place = f"/api/interviews/{interview_id}"
        card = await self.http.send("GET", f"{place}/scorecard")
        if any(each["suggested"] for each in card["criteria"]):
            raise DemoFailed("a suggested mark was shown before the own one")
        for each in card["criteria"]:
            body = {"level": level, "note": "Heard the answers and read them."}
            await self.http.send("PUT", f"{place}/marks/{each['criterion']['id']}", json=body)
        shown = await self.http.send("POST", f"{place}/scorecard/submit")
        criteria: list[dict[str, Any]] = shown["criteria"]
        return criteria

    async def decide(self, application_id: str, kind: str, reason: str) -> dict[str, Any]:
        """Preview the mail of the decision, then decide with it; returns the preview."""
        place = f"/api/applications/{application_id}/decisions"
        preview: dict[str, Any] = await self.http.send(
            "POST", f"{place}/preview", json={"kind": kind}
        )
        body = {"kind": kind, "reason": reason, "message_id": preview["message_id"]}
        await self.http.send("POST", place, json=body)
        return preview
