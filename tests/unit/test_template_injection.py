"""No template and no value reaches out of a mail, hangs its rendering or fills the memory."""

from collections.abc import Iterator

import pytest

from tests.support.injections import INJECTIONS, Injection, leaks
from tests.support.rendering import MEMORY_MB, WITHIN_S, Renderer, renderer


@pytest.fixture(scope="module")
def child() -> Iterator[Renderer]:
    with renderer() as running:
        yield running


@pytest.mark.parametrize("attempt", INJECTIONS, ids=lambda each: each.name)
def test_an_attempt_is_refused_or_stays_plain_text(child: Renderer, attempt: Injection) -> None:
    answer = child.render(attempt.source, attempt.value)
    assert answer["outcome"] == "plain text" or answer["outcome"].startswith("mail_")
    assert answer["seconds"] < WITHIN_S
    assert answer["mb"] < MEMORY_MB
    assert leaks(answer) == []
