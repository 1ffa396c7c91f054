"""The main job in a real browser: from a description to a decision, with a voice on the way."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import FrameLocator, Response, expect

from tests.browser.conftest import SPOKEN, Tabs
from tests.browser.desk import Desk
from tests.browser.office import mails_from, resume
from tests.browser.seat import Seat
from tests.browser.watched import Watched
from tests.support.documents import JOB_POSTING, make_docx
from tests.support.product import Product

NAME, EMAIL = "Dana Whitfield", "dana.whitfield@example.org"
FIRST_NAME = "Dana"
TITLE = "Backend Engineer, Payments"
FIRST_ANSWER = (
    "When our PostgreSQL database reached its limit I measured which Python queries were slow, "
    "wrote a plan, and moved the reports to a replica. Response times fell from four seconds to "
    "two hundred milliseconds."
)
ANSWERS = (
    (
        "The option against it was a cache. I decided against that because stale numbers would "
        "have cost the support team more than two more weeks of waiting."
    ),
    (
        "I compared the query plans before and after, and asked two people who use it daily. "
        "Both said it was fast enough, and the graphs agreed."
    ),
    (
        "We shipped our Docker images with a wrong time zone once. I noticed it in a night report, "
        "wrote a test that fails on it, and told every team that had copied our base image."
    ),
    (
        "A job in Docker stopped every few days. I ruled out memory and network first, then found "
        "a full disk of logs, and I explained to the team how we rotate them now."
    ),
)
REASON = "Clear and careful; this job needs more Kubernetes than the resume and the answers show."


@dataclass(frozen=True)
class Stage:
    """Who plays, and where."""

    product: Product
    desk: Desk
    seat: Seat
    post: Watched


@pytest.mark.timeout(600)
def test_a_candidate_goes_from_a_description_to_a_decision(product: Product, tabs: Tabs) -> None:
    recruiter, candidate = tabs.person(), tabs.person()
    post = tabs.beside(recruiter.page.context)
    stage = Stage(product, Desk(recruiter, product.app), Seat(candidate), post)

    open_a_job_from_a_file(stage)
    edit_and_publish_the_plan(stage)
    add_a_person_by_resume(stage)
    read_what_was_found(stage)
    preview_and_send_the_invitation(stage)
    link = find_the_link_in_the_mail(stage)
    come_to_the_interview(stage, link)
    answer_by_keyboard_and_by_voice(stage)
    confirm_the_transcript(stage)
    listen_to_the_recording(stage)
    mark_before_seeing_the_suggestion(stage)
    decide_with_a_reason(stage)
    find_the_decision_in_mail_and_history(stage)
    see_it_in_the_audit(stage, Desk(tabs.person(), product.app))


def open_a_job_from_a_file(stage: Stage) -> None:
    desk = stage.desk
    desk.page.goto(stage.product.app)
    desk.heading("Sign in to Interloop")
    desk.watched.look("sign-in")
    desk.sign_in(stage.product.person("recruiter"))
    desk.watched.look("jobs-empty")
    desk.page.get_by_role("link", name="New job").first.click()
    desk.heading("New job")
    desk.watched.look("new-job-empty")
    desk.drop_description("posting.docx", make_docx(JOB_POSTING))
    expect(desk.page.get_by_text("1 page read")).to_be_visible()
    expect(desk.page.get_by_label("Description")).to_have_value(re.compile("PostgreSQL"))
    desk.page.get_by_label("Title").fill(TITLE)
    desk.press("Draft a plan")
    expect(desk.page.get_by_role("button", name="Edit first")).to_be_visible()
    desk.watched.look("new-job")


def edit_and_publish_the_plan(stage: Stage) -> None:
    desk = stage.desk
    desk.press("Edit first")
    desk.heading("Plan")
    for number in (6, 5):
        desk.press(f"Open question {number}")
        desk.press("Remove this question")
    for number in (4, 3, 1):  # the second keeps its follow-ups
        desk.press(f"Open question {number}")
        follow_ups = desk.page.get_by_role("group", name="follow-ups")
        follow_ups.get_by_role("textbox").fill("0")
    words = desk.page.get_by_label("Words, asked of everybody alike")
    words.fill("Tell me about a slow system that you made faster. What did you do first?")
    desk.watched.look("plan")
    expect(desk.page.get_by_role("status").filter(has_text="Draft saved")).to_be_visible()
    desk.press("Publish v1")
    expect(desk.page.get_by_text("Version 1 is live")).to_be_visible()


def add_a_person_by_resume(stage: Stage) -> None:
    desk = stage.desk
    desk.page.get_by_role("link", name=TITLE).click()
    desk.heading(TITLE)
    desk.watched.look("pipeline-empty")
    dialog = desk.drop_resume("resume.pdf", resume(NAME, EMAIL))
    expect(dialog.get_by_text("Added")).to_be_visible()
    desk.watched.look("add-person")
    dialog.get_by_role("link", name="Open the person").click()
    desk.heading(NAME)


def read_what_was_found(stage: Stage) -> None:
    desk, page = stage.desk, stage.desk.page
    read = page.get_by_role("region", name="What was read")
    expect(read.get_by_text(EMAIL)).to_be_visible()
    expect(page.get_by_text("can invite them or decide next")).to_be_visible()
    page.get_by_role("button", name="Show e-mail in the document").click()
    expect(page.get_by_role("region", name="Document").locator("mark")).to_have_text(EMAIL)
    desk.watched.look("candidate-resume")
    desk.tab("Match")
    requirements = page.get_by_role("region", name="Requirements")
    expect(requirements.get_by_text("not evidenced", exact=True).first).to_be_visible()
    expect(requirements.get_by_text("supported", exact=True).first).to_be_visible()
    desk.watched.look("candidate-match")


def preview_and_send_the_invitation(stage: Stage) -> None:
    desk = stage.desk
    desk.press(re.compile("^Invite"))
    dialog = desk.dialog(f"Invite {NAME}")
    mail = dialog.frame_locator("iframe")
    expect(mail.get_by_text("AI interviewer").first).to_be_visible()
    expect(dialog.get_by_text(EMAIL)).to_be_visible()
    desk.watched.look("invite")
    dialog.get_by_role("button", name="Send the invitation").click()
    expect(dialog).to_be_hidden()
    expect(desk.page.get_by_text("has the invitation and starts")).to_be_visible()


def find_the_link_in_the_mail(stage: Stage) -> str:
    link = mail_number(stage, 1).get_by_role("link").first.get_attribute("href")
    assert link
    stage.post.look("mail-invitation")
    return link


def mail_number(stage: Stage, number: int) -> FrameLocator:
    mails_from(stage.product.inbox, EMAIL, number)
    post = stage.post.page
    post.goto(f"{stage.product.inbox}/?to={EMAIL}")
    post.get_by_role("list").get_by_role("link").first.click()
    return post.frame_locator("iframe")


def come_to_the_interview(stage: Stage, link: str) -> None:
    seat = stage.seat
    seat.page.goto(link)
    seat.heading("Your interview")
    seat.watched.look("link")
    seat.press("Continue")
    seat.heading(re.compile("invites you to an interview"))
    seat.watched.look("invitation")
    seat.press("Start now")
    seat.heading("Before you start")
    seat.watched.look("agree")
    seat.page.get_by_label("I have read this").check()
    seat.press("I agree, continue")
    seat.heading("Let us see that everything works")
    expect(seat.page.get_by_text("We heard you")).to_be_visible()
    seat.watched.look("device-check")
    seat.press("Continue by typing")
    expect(seat.sign).to_contain_text("Ready when you are")
    seat.watched.look("room-before")
    seat.press("Start", exact=True)


def answer_by_keyboard_and_by_voice(stage: Stage) -> None:
    seat, page = stage.seat, stage.seat.page
    captions = page.get_by_role("region", name="Captions")
    expect(captions.get_by_text("AI interviewer").first).to_be_visible()
    seat.wait_for_turn(1)
    seat.type_answer(FIRST_ANSWER)
    seat.wait_for_turn(2)
    asked = seat.last_words()
    speak(seat)
    expect(captions.get_by_text("You", exact=True).nth(1)).to_be_visible()
    seat.watched.look("room")
    seat.press(re.compile("m done$"))
    seat.wait_for_other_words(asked)
    page.wait_for_function("document.querySelector('audio').currentTime > 1")
    seat.press("Type instead")
    seat.type_until_the_end(*ANSWERS)
    seat.heading(re.compile("Thank you"))


def speak(seat: Seat) -> None:
    """Open the microphone: what it plays begins with that."""
    seat.press("Turn on the microphone")
    expect(seat.page.get_by_text("Voice and text")).to_be_visible()
    if seat.answer_box.is_visible():
        seat.press("Back to speaking")


def confirm_the_transcript(stage: Stage) -> None:
    seat, page = stage.seat, stage.seat.page
    transcript = page.get_by_role("region", name="Your transcript")
    unsure = transcript.get_by_role("listitem").filter(has_text="Not reliable")
    expect(unsure.first).to_be_visible()
    seat.watched.look("after")
    unsure.first.get_by_role("button", name=re.compile("Change your answer")).click()
    transcript.get_by_role("textbox").fill(SPOKEN)
    transcript.get_by_role("button", name="Save the correction").click()
    expect(transcript.get_by_text("Corrected by you")).to_be_visible()
    if unsure.count():  # a pause may have cut what was said in two
        seat.press("The transcript is right")
    expect(unsure).to_have_count(0)


def listen_to_the_recording(stage: Stage) -> None:
    desk, page = stage.desk, stage.desk.page
    heard: list[Response] = []
    page.on("response", lambda one: heard.append(one) if "/api/media/" in one.url else None)
    expect(page.get_by_text("can mark the interview and decide next")).to_be_visible()
    desk.tab("Interviews")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
    turns = page.get_by_role("region", name="Transcript").get_by_role("listitem")
    turn = turns.filter(has_text="I added an index").first
    turn.get_by_role("button", name=re.compile("Play from")).click()
    page.wait_for_function(
        "() => { const audio = document.querySelector('audio');"
        " return !audio.paused && audio.currentTime > 1; }"
    )
    assert 206 in {one.status for one in heard}
    desk.press("Pause", exact=True)
    desk.watched.look("candidate-interviews")


def mark_before_seeing_the_suggestion(stage: Stage) -> None:
    desk, page = stage.desk, stage.desk.page
    card = page.get_by_role("region", name="Your scorecard")
    expect(card.get_by_text("Suggested", exact=True)).to_have_count(0)
    total = card.get_by_role("article").count()
    for number in range(total):
        if number:
            card.get_by_role("article").nth(number).get_by_role("button").first.click()
        page.keyboard.press("4")
        expect(card.get_by_text(f"{number + 1} of {total} marked")).to_be_visible()
    expect(card.get_by_text("sandbox", exact=True).nth(1)).to_be_visible()
    expect(card.get_by_text("No total")).to_be_visible()
    card.get_by_role("button", name="Submit scorecard").click()
    expect(card.get_by_text(re.compile("^Submitted"))).to_be_visible()
    desk.watched.look("review")


def decide_with_a_reason(stage: Stage) -> None:
    desk, page = stage.desk, stage.desk.page
    page.keyboard.press("m")
    dialog = desk.dialog(f"Decide about {NAME}")
    dialog.get_by_label(re.compile("^Reject")).check()
    dialog.get_by_label("Reason").fill(REASON)
    expect(dialog.frame_locator("iframe").get_by_text(FIRST_NAME).first).to_be_visible()
    desk.watched.look("decide")
    dialog.get_by_role("button", name=f"Reject {NAME}").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Rejected", exact=False).first).to_be_visible()


def find_the_decision_in_mail_and_history(stage: Stage) -> None:
    desk, page = stage.desk, stage.desk.page
    desk.tab("History")
    expect(page.get_by_role("region", name="Decision").get_by_text(REASON)).to_be_visible()
    desk.watched.look("candidate-history")
    desk.tab("Messages")
    expect(page.get_by_text("Sent", exact=True)).to_have_count(2)
    desk.watched.look("candidate-messages")
    assert "Rejection" in page.get_by_role("tabpanel").inner_text()
    expect(mail_number(stage, 2).get_by_text(FIRST_NAME).first).to_be_visible()
    stage.post.look("mail-decision")


def see_it_in_the_audit(stage: Stage, auditor: Desk) -> None:
    auditor.sign_in(stage.product.person("auditor"), lands_on="Audit")
    expect(auditor.page.get_by_text("The chain holds")).to_be_visible()
    decided = auditor.page.get_by_role("row").filter(has_text=re.compile("decision", re.IGNORECASE))
    expect(decided.first).to_be_visible()
    auditor.watched.look("audit")
