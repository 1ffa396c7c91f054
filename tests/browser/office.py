"""What happened before a test looks at a screen: jobs, people, invitations, over the API."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from time import monotonic
from typing import Any, Self, TypeVar

import httpx2

from interloop.demo.paper import make_pdf
from tests.support.documents import JOB_POSTING, RESUME
from tests.support.product import Product

PATIENCE_S = 20.0
Found = dict[str, Any]
T = TypeVar("T")


def resume(name: str, email: str) -> bytes:
    """A resume of this person as a PDF."""
    text = RESUME.replace("Dana Whitfield", name).replace("dana.whitfield@example.org", email)
    return make_pdf(text)


class Office:
    """The demo recruiter at the API, and the sandbox's post room."""

    def __init__(self, http: httpx2.Client, product: Product, role: str) -> None:
        self._http = http
        self._person = product.person(role)
        self.inbox = product.inbox
        self._sign_in()

    @classmethod
    @contextmanager
    def open(cls, product: Product, role: str = "recruiter") -> Iterator[Self]:
        """Sign in as the demo person of the role."""
        with httpx2.Client(base_url=product.app, timeout=PATIENCE_S) as http:
            yield cls(http, product, role)

    def ask(self, method: str, path: str, **content: Any) -> Any:
        """Call the API; what it refuses is an error of the test."""
        answer = self._http.request(method, path, **content)
        if answer.status_code == 401:  # a token lives for ten minutes
            self._sign_in()
            answer = self._http.request(method, path, **content)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def look(self, path: str) -> httpx2.Response:
        """Ask for a file as an element of a page does: by cookie, with whatever comes back."""
        self.ask("POST", "/api/auth/cookies")
        return self._http.get(path)

    def _sign_in(self) -> None:
        credentials = {key: self._person[key] for key in ("email", "password")}
        answer = self._http.post("/api/auth/sign-in", json=credentials)
        assert answer.is_success, answer.text
        self._http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def job(self, title: str, *, questions: int = 4, members: tuple[str, ...] = ()) -> str:
        """Open a job whose published plan asks this many questions without follow-ups."""
        job: Found = self.ask(
            "POST", "/api/jobs", json={"title": title, "description": JOB_POSTING}
        )
        place = f"/api/jobs/{job['id']}"
        draft: Found = self.ask("GET", f"{place}/plan")["draft"]
        plan = draft["plan"]
        plan["questions"] = [{**each, "follow_ups": 0} for each in plan["questions"][:questions]]
        body = {"plan": plan, "revision": draft["revision"]}
        saved: Found = self.ask("PUT", f"{place}/plan/draft", json=body)
        self.ask("POST", f"{place}/plan/publish", json={"revision": saved["revision"]})
        if members:
            self._let_in(place, members)
        return str(job["id"])

    def person(self, job_id: str, name: str, email: str) -> str:
        """Add a person by a resume; returns the application once the resume was read."""
        added: Found = self.ask(
            "POST",
            f"/api/jobs/{job_id}/applications",
            files={"resume": ("resume.pdf", resume(name, email), "application/pdf")},
        )
        self.until(added["id"], next_step="invite")
        return str(added["id"])

    def link(self, job_id: str, name: str, email: str) -> str:
        """Add and invite a person; returns the link out of the mail they got."""
        application = self.person(job_id, name, email)
        place = f"/api/applications/{application}/invitation"
        preview: Found = self.ask("POST", f"{place}/preview")
        before = len(mails(self.inbox, email))
        self.ask("POST", place, json={"message_id": preview["message_id"]})
        words: list[str] = mails_from(self.inbox, email, before + 1)[0]["text"].split()
        return next(word for word in words if "/c/" in word)

    def until(self, application_id: str, **wanted: str) -> Found:
        """Return the application as soon as it has these values."""

        def look() -> Found | None:
            seen: Found = self.ask("GET", f"/api/applications/{application_id}")
            return seen if all(seen[key] == value for key, value in wanted.items()) else None

        return eventually(look, f"application with {wanted}")

    def _let_in(self, place: str, roles: tuple[str, ...]) -> None:
        users: list[Found] = self.ask("GET", "/api/users")
        members = [
            {"user_id": user["id"], "role": user["role"]}
            for user in users
            if user["role"] in {"recruiter", *roles}
        ]
        self.ask("PUT", f"{place}/members", json={"members": members})


def mails(inbox: str, email: str) -> list[Found]:
    """Return the mails to the address, newest first."""
    found: list[Found] = httpx2.get(f"{inbox}/api/messages", params={"to": email}).json()
    return found


def mails_from(inbox: str, email: str, number: int) -> list[Found]:
    """Return the mails to the address once there are so many, newest first."""

    def look() -> list[Found] | None:
        found = mails(inbox, email)
        return found if len(found) >= number else None

    return eventually(look, f"{number} mails to {email}")


def eventually(look: Callable[[], T | None], what: str, *, within_s: float = PATIENCE_S) -> T:
    """Return the first thing that `look` finds; fail with `what` when it never does."""
    pause, deadline = Event(), monotonic() + within_s
    while (found := look()) is None:
        assert monotonic() < deadline, f"never seen: {what}"
        pause.wait(0.1)
    return found
