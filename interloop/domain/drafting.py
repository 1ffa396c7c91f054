"""Drafts the starting interview plan of a job; a recruiter edits it before anybody is invited."""

from interloop.domain.anchors import (
    CLEAR_ANSWERS,
    COLLABORATION,
    OWNERSHIP,
    PROBLEM_SOLVING,
    SKILL,
    anchors,
)
from interloop.domain.plan import Criterion, Dimension, Plan, Question, Rubric
from interloop.domain.requirements import read_requirements
from interloop.domain.topics import Topics, topics_of

_TECHNICAL, _COMMUNICATION, _CULTURE = 60, 20, 20  # percent
_MOST_SKILLS = 3
_OPENINGS = (
    (
        "This job is about: {topic}. Tell me about a piece of your own work where that mattered. "
        "What was the goal, what did you do, and how did it end?"
    ),
    (
        "Another thing this job needs: {topic}. Describe a decision about it that was yours. "
        "Which options did you see, and why did you take the one you took?"
    ),
    (
        "Let us look at one more part of the job: {topic}. When did something there not go as you "
        "expected? How did you notice, and what did you do?"
    ),
)
_PROBES = (
    (
        "Which part of that did you do yourself?",
        "How did you find out that it worked?",
        "What would you do differently today?",
    ),
    (
        "What spoke against the option you took?",
        "How did you check the result?",
        "What would make you decide differently?",
    ),
    (
        "What was the first sign you noticed?",
        "What did you rule out, and how?",
        "What has changed since then?",
    ),
)


def draft_plan(title: str, description: str) -> Plan:
    """Draft a plan from a job's title and description: 4 to 6 criteria, one question for each.

    `title` must not be blank. The same text always gives the same plan.
    """
    name = " ".join(title.split())[:120]
    topics = topics_of(read_requirements(description))
    skills = topics.skills[:_MOST_SKILLS] or (("the-work", f"the daily work of a {name}"),)
    criteria = (*_technical(skills), _clear_answers(topics), _culture(topics))
    questions = (
        *(_skill_question(index, *skill) for index, skill in enumerate(skills)),
        _problem_question(skills[-1][1]),
        _explain_question(skills[0][1]),
        _culture_question(topics, name),
    )
    return Plan(title=name, questions=questions, rubric=Rubric(criteria=criteria))


def _technical(skills: tuple[tuple[str, str], ...]) -> tuple[Criterion, ...]:
    each, rest = divmod(_TECHNICAL, len(skills) + 1)
    skill_criteria = (
        Criterion(
            id=_skill_id(key),
            dimension=Dimension.technical,
            name=_capitalised(topic),
            description=f"What the person themselves has done in: {topic}.",
            weight=each,
            anchors=anchors(SKILL),
        )
        for key, topic in skills
    )
    solving = Criterion(
        id="problem-solving",
        dimension=Dimension.technical,
        name="Finding causes",
        description="How the person gets from a symptom to its cause, and knows it is the one.",
        weight=each + rest,
        anchors=anchors(PROBLEM_SOLVING),
    )
    return (*skill_criteria, solving)


def _clear_answers(topics: Topics) -> Criterion:
    return Criterion(
        id="clear-answers",
        dimension=Dimension.communication,
        name="Clear answers",
        description=_with_wishes(
            "Structure and relevance of what was said; never accent, pace, fillers or silence.",
            topics.communication,
        ),
        weight=_COMMUNICATION,
        anchors=anchors(CLEAR_ANSWERS),
    )


def _culture(topics: Topics) -> Criterion:
    together = _is_about_others(topics)
    text = (
        "How the person works with others when views differ."
        if together
        else "What the person does when something in their care goes wrong."
    )
    return Criterion(
        id="collaboration" if together else "ownership",
        dimension=Dimension.culture,
        name="Working together" if together else "Ownership",
        description=_with_wishes(text, topics.culture),
        weight=_CULTURE,
        anchors=anchors(COLLABORATION if together else OWNERSHIP),
    )


def _skill_question(index: int, key: str, topic: str) -> Question:
    return Question(
        id=f"q-{_skill_id(key)}"[:64],
        text=_OPENINGS[index].format(topic=topic),
        minutes=6,
        criteria=(_skill_id(key), "clear-answers"),
        probes=_PROBES[index],
        follow_ups=2,
    )


def _problem_question(topic: str) -> Question:
    return Question(
        id="q-problem-solving",
        text=f"Think of the hardest problem you met around this: {topic}. "
        "How did you find out what was behind it?",
        minutes=5,
        criteria=("problem-solving",),
        probes=(
            "What did you think it was at first?",
            "Which test or observation settled it?",
            "How would you notice it earlier today?",
        ),
    )


def _explain_question(topic: str) -> Question:
    return Question(
        id="q-clear-answers",
        text=f"Choose one idea from this area: {topic}. "
        "Explain it to a new colleague who comes from a different profession.",
        minutes=4,
        criteria=("clear-answers",),
        probes=(
            "Which example would you give them?",
            "What do people often misunderstand about it?",
        ),
    )


def _culture_question(topics: Topics, title: str) -> Question:
    wish = f"This job also asks for: {topics.culture[0][:110]}. " if topics.culture else ""
    if _is_about_others(topics):
        return Question(
            id="q-collaboration",
            text=f"{wish}Tell me about a time when you and a colleague saw the work differently. "
            "What did each of you want, and how did it end?",
            minutes=5,
            criteria=("collaboration",),
            probes=("What were the other person's reasons?", "What did you do afterwards?"),
        )
    return Question(
        id="q-ownership",
        text=f"{wish}In work like that of a {title}: tell me about a time when something in your "
        "care went wrong. What did you do first, and what happened then?",
        minutes=5,
        criteria=("ownership",),
        probes=("Who was affected, and how did they learn of it?", "What did you change later?"),
    )


def _is_about_others(topics: Topics) -> bool:
    words = " ".join(topics.culture).lower()
    return any(word in words for word in ("team", "collab", "mentor", "colleague", "stakeholder"))


def _with_wishes(text: str, wishes: tuple[str, ...]) -> str:
    return f"{text} The job asks for: {'; '.join(wishes[:3])}." if wishes else text


def _skill_id(key: str) -> str:
    return f"skill-{key}"[:56]


def _capitalised(topic: str) -> str:
    return topic[:1].upper() + topic[1:]
