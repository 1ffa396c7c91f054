"""A recording on the screens of staff: heard while it is made, played when it is whole, taken."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from interloop.bootstrap import build
from interloop.db.rows import candidate_of
from interloop.db.tables import (
    Interview,
    Organization,
    Recording,
    Segment,
    SegmentKind,
    SegmentSource,
)
from interloop.domain.ids import new_id
from interloop.recording.container import SegmentWriter, place_of_segment
from interloop.recording.finalise import finalise
from interloop.recording.sink import FileSink
from interloop.security.sealing import KeyClass
from interloop.settings import Settings
from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.browser.seat import Seat
from tests.support.film import picture
from tests.support.product import Product

NAME, EMAIL = "Noor Halden", "noor.halden@example.org"
FIRST = "Noor"
ANSWER = "I measured it first, because a guess would have cost us a day."
HEARD = (
    "(s) => { const media = document.querySelector('audio, video');"
    " return media.currentTime > s && !media.paused; }"
)


@pytest.mark.timeout(600)
def test_staff_listen_while_it_is_recorded_and_take_the_file_afterwards(
    product: Product, tabs: Tabs, office: Office
) -> None:
    job = office.job("Engineer on the record", questions=1)
    seat = Seat(tabs.person())
    seat.open_link(office.link(job, NAME, EMAIL))
    seat.agree()
    seat.go_in()
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open(f"/jobs/{job}")
    desk.page.get_by_role("link", name=NAME).first.click()
    desk.tab("Interviews")
    listen_to_what_is_being_said(desk)
    seat.wait_for_turn(1)
    seat.press("Type instead")
    seat.type_until_the_end(ANSWER)
    play_the_whole_recording(desk)
    see_a_picture_that_came_later(desk, product)
    take_it_away(desk, product.app)


def listen_to_what_is_being_said(desk: Desk) -> None:
    page = desk.page
    expect(page.get_by_text("They are in the interview now")).to_be_visible()
    page.get_by_role("button", name="Listen to now").click()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    page.wait_for_function(HEARD, arg=1)
    desk.press("Back 10 seconds")
    page.wait_for_function(HEARD, arg=1)
    desk.watched.look("interview-live")


def play_the_whole_recording(desk: Desk) -> None:
    page = desk.page
    expect(page.get_by_text("Live", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^Speed"))).to_be_enabled()
    turns = page.get_by_role("region", name="Transcript").get_by_role("listitem")
    turn = turns.filter(has_text=NAME.split(maxsplit=1)[0]).first
    turn.get_by_role("button", name=re.compile("Play from")).click()
    page.wait_for_function(HEARD, arg=1)
    desk.press("Pause", exact=True)


def see_a_picture_that_came_later(desk: Desk, product: Product) -> None:
    # A busy machine sends no picture at all: this one of the device comes in afterwards.
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(lambda: asyncio.run(add_picture(product))).result()
    page = desk.page
    expect(page.get_by_label(f"{FIRST} in the interview")).to_be_visible()
    expect(page.get_by_text("of picture from the candidate's own device")).to_be_visible()
    desk.press("Play", exact=True)
    page.wait_for_function(HEARD, arg=1)
    page.wait_for_function("() => document.querySelector('video').videoWidth === 320")
    desk.press("Pause", exact=True)
    desk.watched.look("interview-picture")


async def add_picture(product: Product) -> None:
    """Seal four seconds of a device's film beside the newest recording, and make the copy anew."""
    services = await build(Settings(state_dir=product.state_dir))
    try:
        async with services.db.unscoped("sweep") as session:
            org_id = (await session.scalars(select(Organization.id))).one()
        async with services.db.read(org_id) as session:
            newest = select(Recording).order_by(Recording.created_at.desc()).limit(1)
            interview = await session.get_one(
                Interview, (await session.scalars(newest)).one().interview_id
            )
            candidate = await candidate_of(session, interview.application_id)
        box = await services.keys.box(org_id, candidate.id, KeyClass.media)
        row = Segment(
            id=new_id(),
            created_at=services.clock.now(),
            interview_id=interview.id,
            epoch=interview.epoch,
            source=SegmentSource.candidate_video,
            kind=SegmentKind.device,
            codec="vp8",
            object_key=f"segments/{org_id}/{interview.id}/later.ilr",
            start_ms=1000,
        )
        sink = FileSink(services.settings.recordings_dir / row.object_key)
        writer = SegmentWriter(sink, box, place_of_segment(row.id))
        for packet in picture(1000, 4.0):
            writer.add(packet)
        writer.close()
        sink.close()
        async with services.db.session(org_id) as session:
            session.add(row)
        await finalise(services, org_id, interview.id, again=True)
    finally:
        await services.close()


def take_it_away(desk: Desk, app: str) -> None:
    page = desk.page
    page.get_by_role("button", name="Download").click()
    page.get_by_role("menuitem", name="For any player (MP4)").click()
    link = page.get_by_role("list", name="Downloads").get_by_role("link")
    expect(link).to_be_visible()
    desk.watched.look("interview-download")
    url = link.get_attribute("href")
    assert url
    fetched = page.request.get(f"{app}{url}")
    assert fetched.ok
    assert fetched.body()[4:8] == b"ftyp"
    assert b"avc1" in fetched.body()
