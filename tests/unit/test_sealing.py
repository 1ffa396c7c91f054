"""Sealed fields: bound to their place and their key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.errors import KeyDestroyed, Unreadable
from interloop.domain.ids import new_id
from interloop.security.sealing import (
    Box,
    blind_index,
    name_tokens,
    normal_email,
    place_of,
    unwrap,
    wrap,
)

BOX = Box(bytes(range(32)), version=3)


@given(st.text())
def test_what_was_sealed_opens_at_its_place(text: str) -> None:
    assert BOX.open_text(BOX.seal_text(text, place="a.b:1"), place="a.b:1") == text


def test_a_value_moved_to_another_row_does_not_open() -> None:
    row, other = new_id(), new_id()
    sealed = BOX.seal_text("words", place=place_of("turn", "text", row))
    with pytest.raises(Unreadable):
        BOX.open(sealed, place=place_of("turn", "text", other))


@given(st.integers(0, 60))
def test_one_altered_byte_is_noticed(at: int) -> None:
    sealed = bytearray(BOX.seal(b"thirty-two bytes of plain words!", place="p"))
    sealed[at % len(sealed)] ^= 1
    with pytest.raises(Unreadable):
        BOX.open(bytes(sealed), place="p")


def test_a_cut_value_is_unreadable_and_nothing_worse() -> None:
    with pytest.raises(Unreadable):
        BOX.open(b"\x01\x00", place="p")


def test_the_same_words_never_seal_to_the_same_bytes() -> None:
    assert BOX.seal(b"words", place="p") != BOX.seal(b"words", place="p")


def test_a_key_under_another_root_is_gone_for_good() -> None:
    wrapped = wrap(bytes(32), bytes(range(32)))
    assert unwrap(bytes(32), wrapped) == bytes(range(32))
    with pytest.raises(KeyDestroyed):
        unwrap(bytes([1]) * 32, wrapped)


def test_an_address_is_found_again_however_it_is_written() -> None:
    key = bytes(32)
    first = blind_index(key, "email", normal_email(" Sam@Example.org "))
    assert first == blind_index(key, "email", normal_email("sam@example.ORG"))
    assert first != blind_index(bytes([1]) * 32, "email", "sam@example.org")
    assert first != blind_index(key, "name", "sam@example.org")
    assert name_tokens("  Ada  of Example ") == {"ada", "of", "example"}
