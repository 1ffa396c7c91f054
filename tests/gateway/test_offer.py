"""No page can make the gateway call an address of its own house, or fill its memory."""

import pytest

from interloop.domain.errors import Unreadable
from media_gateway.voice.offer import MAX_CANDIDATES, MAX_MEDIA, check_offer, clean

AUDIO = "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
CANDIDATE = "a=candidate:1 1 udp 1 {} 40000 typ host"
OURS = (
    "127.0.0.1",
    "10.0.0.7",
    "172.16.3.1",
    "192.168.1.9",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.251",
    "0.0.0.0",
    "255.255.255.255",
    "::1",
    "fe80::1",
    "fd00::7",
    "ff02::fb",
    "::ffff:10.0.0.7",
    "2002:a00:7::1",
)


def offering(line: str) -> str:
    return f"v=0\r\n{AUDIO}{line}\r\n"


def test_sound_and_picture_are_an_offer() -> None:
    check_offer(f"v=0\r\n{AUDIO}{AUDIO.replace('audio', 'video')}")


@pytest.mark.parametrize(
    "sdp",
    [
        "",
        "v=0\r\n",
        "hello",
        "v=0\r\n" + AUDIO * (MAX_MEDIA + 1),
        "v=0\r\n" + AUDIO + (CANDIDATE.format("8.8.8.8") + "\r\n") * (MAX_CANDIDATES + 1),
        "v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n",
    ],
)
def test_what_no_page_of_ours_offers_is_refused(sdp: str) -> None:
    with pytest.raises(Unreadable):
        check_offer(sdp)


@pytest.mark.parametrize("address", OURS)
def test_an_address_of_the_house_is_not_called(address: str) -> None:
    assert "candidate" not in clean(offering(CANDIDATE.format(address)), inside=False)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_an_address_of_the_internet_is_called(address: str) -> None:
    line = CANDIDATE.format(address)
    assert clean(offering(line), inside=False) == offering(line)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "fd00::7"])
def test_a_laptop_calls_itself(address: str) -> None:
    line = CANDIDATE.format(address)
    assert clean(offering(line), inside=True) == offering(line)


@pytest.mark.parametrize(
    "line",
    [
        CANDIDATE.format("4f1c.local"),
        CANDIDATE.format("8.8.8.8").replace("udp", "TCP"),
        "a=candidate:1 1 udp",
        "a=candidate:",
    ],
)
def test_names_tcp_and_nonsense_are_left_out_everywhere(line: str) -> None:
    assert clean(offering(line), inside=True) == offering("")[:-2]
