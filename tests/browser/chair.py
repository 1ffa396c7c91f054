"""What a candidate does on the pages about times, and jobs whose interviews need a time."""

import re
from pathlib import Path

import icalendar
from playwright.sync_api import Locator, expect

from tests.browser.office import Found, Office, mails_from
from tests.browser.seat import Seat
from tests.support.product import Product

INVITES = re.compile("invites you to an interview")
YOURS = re.compile("^Your interview: ")
WEEK = [{"weekday": day, "start": "06:00:00", "end": "22:00:00"} for day in range(7)]


class Chair(Seat):
    """The pages about times."""

    def choose(self, day: int, time: int) -> str:
        """Choose one of the days and one of its times, and wait until it is put aside."""
        self.day(day).check()
        radio = self.times.nth(time)
        words = radio.evaluate("each => each.closest('label').innerText.trim()")
        radio.check()
        expect(self.choice).to_contain_text(re.compile(r"Put aside for you: (10|9) minutes left"))
        return str(words)

    def day(self, number: int) -> Locator:
        return (
            self.page.get_by_role("group", name="Day", exact=True).get_by_role("radio").nth(number)
        )

    @property
    def times(self) -> Locator:
        return self.page.get_by_role("group", name=re.compile("^Time on")).get_by_role("radio")

    @property
    def choice(self) -> Locator:
        return self.page.get_by_role("region", name="Your choice")

    def take(self) -> str:
        """Confirm what was chosen; returns the heading of the page with the booked time."""
        self.choice.get_by_role("button").click()
        self.heading(YOURS)
        return self.page.get_by_role("heading", level=1).inner_text()

    def calendar_file(self) -> icalendar.Event:
        with self.page.expect_download() as saved:
            self.press("Add to calendar")
        assert saved.value.suggested_filename == "interview.ics"
        raw = Path(saved.value.path()).read_bytes()
        [event] = icalendar.Calendar.from_ical(raw).walk("VEVENT")
        assert isinstance(event, icalendar.Event)
        return event


def job(office: Office, title: str, **policy: object) -> str:
    """A job whose interviews are led to as this says."""
    job_id = office.job(title, members=("interviewer",))
    rules(office, job_id, **policy)
    return job_id


def rules(office: Office, job_id: str, **changes: object) -> None:
    """Change these rules of a job, as somebody does who has just read them."""
    path = f"/api/jobs/{job_id}/policy"
    seen: Found = office.ask("GET", path)["policy"]
    office.ask("PUT", path, json={"policy": {**seen, **changes}, "seen": seen})


def meet(office: Office, product: Product, job_id: str) -> None:
    """Let one person interview for the job, on every day."""
    with Office.open(product, "interviewer") as interviewer:
        hours = {"zone": "Europe/London", "rules": WEEK, "days_off": [], "daily_cap": 24}
        interviewer.ask("PUT", "/api/me/hours", json=hours)
    members: list[Found] = office.ask("GET", f"/api/jobs/{job_id}/interviewers")
    users = [each["user"]["id"] for each in members if each["user"]["role"] == "interviewer"]
    pool(office, job_id, users)


def pool(office: Office, job_id: str, users: list[str]) -> None:
    path = f"/api/jobs/{job_id}/interviewers"
    members: list[Found] = office.ask("GET", path)
    seen = [each["user"]["id"] for each in members if each["interviews"]]
    office.ask("PUT", path, json={"user_ids": users, "seen": seen})


def invited(office: Office, application: str, email: str, kind: str = "ai") -> str:
    """Invite somebody who was added; returns the link out of the mail."""
    place = f"/api/applications/{application}/invitation"
    preview: Found = office.ask("POST", f"{place}/preview", params={"kind": kind})
    office.ask("POST", place, json={"message_id": preview["message_id"], "kind": kind})
    words: list[str] = mails_from(office.inbox, email, 1)[0]["text"].split()
    return next(word for word in words if "/c/" in word)
