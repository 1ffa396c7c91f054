"""A drafted plan is ready to be edited: complete, specific to the job, and fair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.drafting import draft_plan
from interloop.domain.plan import Dimension, Plan
from interloop.domain.topics import topic
from tests.support.documents import JOB_POSTING

NURSE = "You must hold a licence. Experience in intensive care is required. Fluent English."
JOBS = {
    "Backend Engineer": JOB_POSTING,
    "Night nurse": NURSE,
    "Clerk": "",
    "Team lead": "Requirements\n- Mentor two colleagues\n- Clear writing\n- Jenkins\n- Jira",
    "Developer": "Nice to have\n- Rust\nRequirements\n- Degree in physics",
}


@pytest.mark.parametrize(("title", "description"), JOBS.items(), ids=JOBS)
def test_each_criterion_has_a_question_and_each_dimension_a_criterion(
    title: str, description: str
) -> None:
    plan = draft_plan(title, description)
    assert 4 <= len(plan.rubric.criteria) <= 6
    assert 4 <= len(plan.questions) <= 6
    assert {c.dimension for c in plan.rubric.criteria} == set(Dimension)
    assert {c.id for c in plan.rubric.criteria} == {k for q in plan.questions for k in q.criteria}
    assert 15 <= plan.minutes <= 40


@pytest.mark.parametrize(("title", "description"), JOBS.items(), ids=JOBS)
def test_anchors_are_behaviours_with_an_example_each_and_all_differ(
    title: str, description: str
) -> None:
    for criterion in draft_plan(title, description).rubric.criteria:
        texts = [text for a in criterion.anchors for text in (a.behaviour, a.example)]
        assert len(set(texts)) == 10
        assert all(len(text) > 20 for text in texts)


def test_questions_name_what_the_job_asks_for() -> None:
    questions = [q.text for q in draft_plan("Backend Engineer", JOB_POSTING).questions]
    assert "This job is about: Python or Go." in questions[0]
    assert "PostgreSQL" in questions[1]
    assert "Docker" in questions[2]


def test_papers_places_and_languages_are_not_interviewed() -> None:
    plan = draft_plan("Night nurse", NURSE)
    assert plan.rubric.criteria[0].name == "Intensive care"
    assert "icence" not in plan.model_dump_json()
    assert "English" not in plan.model_dump_json()


def test_a_nice_to_have_is_asked_about_when_there_is_no_must() -> None:
    plan = draft_plan("Developer", JOBS["Developer"])
    assert plan.rubric.criteria[0].name == "Rust"


def test_a_job_about_people_asks_about_working_together() -> None:
    plan = draft_plan("Team lead", JOBS["Team lead"])
    assert plan.rubric.criteria[-1].id == "collaboration"
    assert "Mentor two colleagues" in plan.questions[-1].text
    assert "Clear writing" in plan.rubric.criterion("clear-answers").description


def test_a_job_without_description_asks_about_its_title() -> None:
    assert "the daily work of a Clerk" in draft_plan(" Clerk ", "").questions[0].text


def test_a_value_such_as_initiative_is_asked_about_as_ownership() -> None:
    plan = draft_plan("Clerk", "Requirements:\n- Initiative")
    assert plan.questions[-1].id == "q-ownership"
    assert "Initiative" in plan.questions[-1].text


def test_no_probe_leads_or_praises() -> None:
    for title, description in JOBS.items():
        for question in draft_plan(title, description).questions:
            assert question.probes
            assert all(
                p.endswith("?") and p[:3] in ("Wha", "How", "Who", "Whi") for p in question.probes
            )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5+ years of experience with Go", "Go"),
        ("Strong knowledge of SQL is a plus.", "SQL"),
        ("You must have proven experience in sales", "sales"),
        ("Docker skills", "Docker"),
        ("Required", "Required"),
        ("x " * 100, "x " * 54 + "x"),
        ("y" * 150, "y" * 110),
    ],
)
def test_a_topic_is_what_a_requirement_is_about(text: str, expected: str) -> None:
    assert topic(text) == expected


@given(st.text(min_size=1).filter(str.strip), st.text(max_size=400))
def test_any_job_gets_a_valid_plan_and_always_the_same(title: str, description: str) -> None:
    plan = draft_plan(title, description)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
    assert draft_plan(title, description) == plan
