"""The agenda asks every question once, in order, and never more probes than the plan allows."""

from hypothesis import given
from hypothesis import strategies as st

from interloop.domain import agenda
from interloop.domain.agenda import Exchange, Item, Step
from interloop.domain.plan import Anchor, Criterion, Dimension, Plan, Question, Rubric
from interloop.domain.turn import Cursor

ANCHORS = tuple(Anchor(level=level, behaviour="Seen") for level in range(1, 6))
RUBRIC = Rubric(
    criteria=(
        Criterion(id="c", dimension=Dimension.culture, name="C", weight=100, anchors=ANCHORS),
    )
)
LONG = "word " * agenda.SHORT_ANSWER_WORDS
DURATION = Question(
    id="q", text="What did you build?", minutes=1, probes=("How long did migration take?",)
)


def plan(*questions: Question) -> Plan:
    return Plan(title="Plan", questions=questions, rubric=RUBRIC)


QUESTIONS = st.lists(
    st.builds(
        lambda probes, follow_ups: (probes, follow_ups),
        st.lists(st.sampled_from(["Why so?", "And then?", "Who else?"]), unique=True, max_size=3),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=5,
).map(
    lambda drawn: plan(
        *(
            Question(id=f"q{n}", text=f"Question {n}?", minutes=1, probes=tuple(p), follow_ups=ups)
            for n, (p, ups) in enumerate(drawn)
        )
    )
)


def whole(drawn: Plan, answers: list[str]) -> list[Item]:
    """Run the agenda to its end, each answer in turn (the last one for ever)."""
    cursor, items = Cursor(), list[Item]()
    asked, given_here = list[str](), list[str]()
    while not cursor.closed:
        exchange = Exchange(answers=tuple(given_here), asked=tuple(asked))
        before = cursor.index
        cursor, item = agenda.next_item(drawn, cursor, exchange)
        items.append(item)
        if cursor.index != before:
            asked, given_here = [], []
        asked.append(agenda.spoken_plainly(item))
        given_here.append(answers[min(len(items), len(answers)) - 1])
    return items


@given(QUESTIONS, st.lists(st.text(max_size=300), min_size=1, max_size=20))
def test_every_candidate_is_asked_every_question_in_the_same_words(
    drawn: Plan, answers: list[str]
) -> None:
    items = whole(drawn, answers)
    asked = [item.say for item in items if item.step is Step.ask]
    assert asked == [question.text for question in drawn.questions]
    assert [item.step for item in items].count(Step.greet) == 1
    assert items[0].step is Step.greet
    assert items[-1].step is Step.close


@given(QUESTIONS, st.lists(st.text(max_size=300), min_size=1, max_size=20))
def test_no_probe_is_asked_twice_or_beyond_the_plan(drawn: Plan, answers: list[str]) -> None:
    for question in drawn.questions:
        probes = [
            item.say
            for item in whole(drawn, answers)
            if item.step is Step.follow_up and item.question == question.text
        ]
        assert len(probes) == len(set(probes)) <= question.follow_ups
        assert set(probes) <= set(question.probes)


def test_a_long_answer_is_asked_only_about_what_it_leaves_out() -> None:
    cursor = Cursor(greeted=True, index=0)
    silent = Exchange(answers=(LONG,))
    covering = Exchange(answers=(LONG + " the migration took a week",))
    assert agenda.open_probes(DURATION, cursor, silent) == DURATION.probes
    assert agenda.open_probes(DURATION, cursor, covering) == ()


def test_passing_goes_on_at_once() -> None:
    cursor, item = agenda.next_item(
        plan(DURATION), Cursor(greeted=True, index=0), Exchange(passed=True)
    )
    assert item.step is Step.close
    assert cursor == Cursor(greeted=True, index=1, closed=True)


def test_a_question_is_repeated_word_for_word_and_rephrased_freely() -> None:
    asked = Cursor(greeted=True, index=0)
    assert agenda.again(plan(DURATION), asked, Step.repeat).say == DURATION.text
    rephrased = agenda.again(plan(DURATION), asked, Step.rephrase)
    assert rephrased.say is None
    assert agenda.spoken_plainly(rephrased) == DURATION.text
    assert agenda.again(plan(DURATION), Cursor(greeted=True), Step.repeat).say is None


def test_coming_back_twice_welcomes_once_a_time() -> None:
    asked = Cursor(greeted=True, index=0)
    once = agenda.welcome_back(plan(DURATION), asked, DURATION.text)
    twice = agenda.welcome_back(plan(DURATION), asked, once.say or "")
    assert once == twice
    assert once.say == f"Welcome back. The question was: {DURATION.text}"
    unasked = agenda.welcome_back(plan(DURATION), Cursor(greeted=True), "Hello")
    assert unasked.question is None
