"""How soon the interviewer answers, and how often it cuts somebody off: one setting, one corpus.

`python -m bench.turn_taking`: first real calls between two peers, with a model that takes 300 ms:
from the last packet with the caller's voice to the first packet with the interviewer's, patience
included. Then 1,000 made answers (see `bench/corpus.py`), half of them with blocks, prolongations
and repetitions, go frame by frame through the same voice activity and the same turn-taking that
the gateway uses, with what the calls took on top of patience as the time until the interviewer is
heard. A cut-in is an answer into which the interviewer spoke. Bars: p50 at most 2.2 s; at most
half the cut-ins of a fixed timeout with the same p50; none while the button is held.
"""

import argparse
import asyncio
from dataclasses import dataclass
from typing import Any

from bench.barge_in import spoken
from bench.calling import Caller, call, house, run_measure
from bench.corpus import RATE, Answer, answers
from bench.told import quantile, write
from interloop.db import tables
from interloop.domain.patience import Patience, PatienceBounds
from interloop.domain.plan import Persona, Plan, Question
from media_gateway.voice.turn_taking import FRAME_MS, TurnTaking
from media_gateway.voice.vad import SAMPLES, VoiceActivity
from tests.gateway import rows

BAR_S, BAR_SHARE = 2.2, 0.5
MODEL_S = 0.3
PERSONA = Persona()
"""The one setting: what every persona begins with."""
_CURVE_MS = (800, 1000, 1200, 1600, 2000, 2400, 3000)
_INTERVIEWER_MS = 5000


@dataclass(frozen=True)
class Heard:
    """An answer as the voice activity heard it: a probability of speech each 32 ms."""

    answer: Answer
    probabilities: list[float]


@dataclass
class Outcome:
    """What became of the answers."""

    cut_ins: list[bool]
    response_s: list[float]
    stutters: list[bool]

    def figures(self) -> dict[str, Any]:
        """Return the shares and quantiles that are published, each group beside the whole."""
        groups = {
            "plain": [not each for each in self.stutters],
            "stuttered": self.stutters,
        }
        told: dict[str, Any] = {
            "cut_ins": sum(self.cut_ins),
            "p50_s": round(quantile(self.response_s, 0.5), 2),
            "p90_s": round(quantile(self.response_s, 0.9), 2),
        }
        for name, which in groups.items():
            own = [s for s, mine in zip(self.response_s, which, strict=True) if mine]
            told[name] = {
                "cut_ins": sum(c for c, mine in zip(self.cut_ins, which, strict=True) if mine),
                "p50_s": round(quantile(own, 0.5), 2),
                "p90_s": round(quantile(own, 0.9), 2),
            }
        return told


def hear(answer: Answer, vad: VoiceActivity) -> Heard:
    """Run the gateway's voice activity over one answer."""
    pcm = answer.pcm.tobytes()
    size = SAMPLES * 2
    starts = range(0, len(pcm) - size + 1, size)
    return Heard(answer, [vad.probability(pcm[at : at + size]) for at in starts])


class Listener:
    """One speaker's turn-taking, and an interviewer that speaks when it is let."""

    def __init__(self, bounds: PatienceBounds, reaction_s: float) -> None:
        self.taking = TurnTaking(Patience(bounds=bounds))
        self.taking.on_start = self._started
        self.taking.on_end = self._ended
        self._reaction_s = reaction_s
        self._now = 0.0
        self._speaks_at: float | None = None
        self._left_ms = 0

    def listen(self, heard: Heard, *, hold: bool) -> tuple[bool, float]:
        """Hear one answer; tell whether it was cut off, and the seconds from its end to ours."""
        self.taking.stop()
        self._speaks_at, self._left_ms, cut = None, 0, False
        self.taking.hold(on=hold)
        for number, probability in enumerate(heard.probabilities):
            self._now = (number + 1) * FRAME_MS / 1000
            if hold and self._now >= heard.answer.end_s:
                self.taking.hold(on=False)
                hold = False
            if self._speaks_at is not None and self._now >= self._speaks_at:
                if self._now >= heard.answer.end_s:
                    return cut, self._now - heard.answer.end_s
                cut, self._speaks_at, self._left_ms = True, None, _INTERVIEWER_MS
            self.taking.feed(probability, interviewer_left_ms=self._left_ms)
            self._left_ms = max(0, self._left_ms - FRAME_MS)
        return cut, len(heard.answer.pcm) / RATE - heard.answer.end_s

    def _started(self) -> bool:
        self._speaks_at, self._left_ms = None, 0
        return True

    def _ended(self) -> None:
        self._speaks_at = self._now + self._reaction_s


def run(corpus: list[Heard], bounds: PatienceBounds, reaction_s: float, *, hold: bool) -> Outcome:
    """Let every speaker give their answers, one after the other."""
    outcome = Outcome([], [], [])
    listener, speaker = Listener(bounds, reaction_s), -1
    for heard in corpus:
        if heard.answer.speaker != speaker:
            listener, speaker = Listener(bounds, reaction_s), heard.answer.speaker
        cut, seconds = listener.listen(heard, hold=hold)
        outcome.cut_ins.append(cut)
        outcome.response_s.append(round(seconds, 3))
        outcome.stutters.append(heard.answer.stutters)
    return outcome


def fixed(ms: int) -> PatienceBounds:
    """Return the bounds of a timeout that learns nothing."""
    return PatienceBounds(least_ms=ms, most_ms=ms)


async def real_calls(calls: int) -> list[float]:
    """Return the seconds from the caller's last sound to the interviewer's first, by packets."""
    took: list[float] = []
    async with house() as (opened, outside):
        await outside.control("live/pace", think_s=MODEL_S)
        for _ in range(calls):
            held = await opened.round(PERSONA.model_copy(update={"greeting": "Hello."}))
            async with opened.services.db.session(held.org_id) as session:
                interview = await session.get_one(tables.Interview, held.interview_id)
                version = await session.get_one(tables.PlanVersion, interview.plan_version_id)
                version.body = _plan()
            texts = ["words"] * 12
            await outside.control("hearing", texts=texts, session=str(held.interview_id))
            async with call(opened, held) as (page, caller):
                for number in range(12):
                    await page.memory.until_asked(f"q{number}", 30)
                    took.append(await answered(caller))
    return took


async def answered(caller: Caller) -> float:
    """Say a phrase and wait for the interviewer's first sound."""
    await asyncio.sleep(0.5)
    await caller.mouth.say(spoken("I built the import for twelve suppliers"))
    caller.loud_at.clear()
    async with asyncio.timeout(15):
        while not caller.loud_at:  # noqa: ASYNC110 - packets, no event
            await asyncio.sleep(0.005)
    return caller.loud_at[0] - caller.mouth.ended_at


def _plan() -> Plan:
    questions = tuple(
        Question(id=f"q{n}", text="And then?", minutes=5, criteria=("depth",), follow_ups=0)
        for n in range(12)
    )
    return Plan(title="Short questions", questions=questions, rubric=rows.RUBRIC)


def measured(corpus: list[Heard], reaction_s: float) -> dict[str, Any]:
    """Return our setting, the fixed timeout of equal p50, hold-to-talk, and both curves."""
    bounds = PERSONA.patience
    ours = run(corpus, bounds, reaction_s, hold=False)
    base = run(corpus, fixed(bounds.least_ms), reaction_s, hold=False)
    apart_s = quantile(ours.response_s, 0.5) - quantile(base.response_s, 0.5)
    equal = fixed(bounds.least_ms + round(apart_s * 1000))
    return {
        "ours": {"bounds": bounds.model_dump(), **ours.figures()},
        "fixed_of_equal_p50": {
            "ms": equal.least_ms,
            **run(corpus, equal, reaction_s, hold=False).figures(),
        },
        "hold_to_talk": run(corpus, bounds, reaction_s, hold=True).figures(),
        "curve": [
            {
                "patience_ms": ms,
                "fixed": run(corpus, fixed(ms), reaction_s, hold=False).figures(),
                "learning": run(
                    corpus,
                    PatienceBounds(least_ms=ms, most_ms=bounds.most_ms),
                    reaction_s,
                    hold=False,
                ).figures(),
            }
            for ms in _CURVE_MS
        ],
        "samples": {"response_s": ours.response_s, "cut_in": [int(c) for c in ours.cut_ins]},
    }


def main() -> int:
    """Measure, write, print one line; return 1 when a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=3)
    parser.add_argument("--speakers", type=int, default=100)
    given = parser.parse_args()
    return told_of(run_measure(real_calls(given.calls)), given.speakers)


def told_of(calls_s: list[float], speakers: int) -> int:
    """Let so many speakers answer, with what the calls took; write, print, judge."""
    call_p50 = quantile(calls_s, 0.5)
    reaction_s = max(call_p50 - PERSONA.patience_ms / 1000, MODEL_S)
    vad = VoiceActivity()
    corpus = [hear(answer, vad) for answer in answers(speakers=speakers)]
    told = measured(corpus, reaction_s)
    ours, other = told["ours"], told["fixed_of_equal_p50"]
    kept = max(ours["p50_s"], call_p50) <= BAR_S
    kept = kept and ours["cut_ins"] <= BAR_SHARE * other["cut_ins"]
    kept = kept and told["hold_to_talk"]["cut_ins"] == 0
    figures = {
        "bars": {"p50_s": BAR_S, "share_of_fixed": BAR_SHARE, "hold_to_talk": 0},
        "calls": {"p50_s": round(call_p50, 3), "samples_s": [round(s, 3) for s in calls_s]},
        "after_patience_s": round(reaction_s, 3),
        "answers": len(corpus),
    }
    write("turn_taking", figures | told)
    print(
        f"turn-taking: p50 {call_p50:.2f} s by waveform in {len(calls_s)} turns of real calls, "
        f"{ours['p50_s']:.2f} s over {len(corpus)} answers (bar {BAR_S}); cut-ins "
        f"{ours['cut_ins']} against {other['cut_ins']} of a fixed {other['ms']} ms, "
        f"{told['hold_to_talk']['cut_ins']} with the button held"
    )
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
