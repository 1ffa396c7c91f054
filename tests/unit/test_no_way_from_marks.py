"""There is no path from marks to a decision, and nobody can be sorted or sifted by them."""

import ast
import inspect
import json
from collections.abc import Iterator
from pathlib import Path

from api import openapi
from interloop.domain.inviting import invitable

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("api", "workflows", "activities", "interloop", "media_gateway")
# The only modules that make decision rows or tell a journey to follow one.
DECIDING = {"api/routes/decisions.py"}
TELLING = {"api/journeys.py", "api/routes/decisions.py"}
MARKS = {"Mark", "Evidence"}
"""Tables whose rows say how well somebody did."""
NUMBERS = ("mark", "level", "total", "score", "match", "supported", "rank", "percentile")


def product() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            yield str(file.relative_to(ROOT)), ast.parse(file.read_text())


SOURCES = dict(product())


def names_from_tables(tree: ast.Module) -> set[str]:
    """Names that a module takes from the tables."""
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("interloop.db.tables")
        for alias in node.names
    }


def calls(tree: ast.Module) -> set[str]:
    """Last names of everything a module calls."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                found.add(node.func.id)
            elif isinstance(node.func, ast.Attribute):
                found.add(node.func.attr)
    return found


def imported(path: str) -> set[str]:
    """Files of the product that a module imports itself."""
    found = set()
    for node in ast.walk(SOURCES[path]):
        modules = []
        if isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        found |= {f"{name.replace('.', '/')}.py" for name in modules} & set(SOURCES)
    return found


def reachable(path: str) -> set[str]:
    """Files of the product that a module imports, itself or through others."""
    seen, frontier = {path}, [path]
    while frontier:
        for each in imported(frontier.pop()) - seen:
            seen.add(each)
            frontier.append(each)
    return seen


def readers() -> set[str]:
    return {
        path
        for path, tree in SOURCES.items()
        if names_from_tables(tree) & MARKS and not path.startswith("interloop/db/tables/")
    }


def test_decision_rows_are_made_in_one_place() -> None:
    makers = {
        path
        for path, tree in SOURCES.items()
        if "Decision" in names_from_tables(tree) and "Decision" in calls(tree)
    }
    assert makers == DECIDING
    assert len(readers()) >= 3


def test_what_decides_never_looks_at_marks_not_even_through_others() -> None:
    for path in (*DECIDING, "api/routes/opinions.py", "workflows/steering.py"):
        assert not reachable(path) & readers() - GIVING_NOTHING_BACK, path


# A workflow names the step that suggests marks and gets whether it worked, no number; the dossier
# is written once a decision was applied; other systems are told that a scorecard is ready.
GIVING_NOTHING_BACK = {"activities/score.py", "activities/dossier.py", "interloop/db/outgoing.py"}


def test_what_reads_marks_never_decides() -> None:
    for path in readers():
        tree = SOURCES[path]
        assert not calls(tree) & {"Decision", "decide", "check_outcome", "check_move"}, path
        assert "DecisionKind" not in names_from_tables(tree), path


def test_a_journey_is_told_of_decisions_by_the_deciding_routes_alone() -> None:
    tellers = {path for path, tree in SOURCES.items() if path.startswith("api/") and _tells(tree)}
    assert tellers == TELLING


def _tells(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "interloop.domain.journey"
        and any(alias.name == "Decide" for alias in node.names)
        for node in ast.walk(tree)
    )


def test_steps_hand_the_journey_no_number_about_a_person() -> None:
    steps = ast.walk(SOURCES["interloop/domain/steps.py"])
    fields = {
        node.target.id
        for node in steps
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    assert not {field for field in fields if any(word in field for word in NUMBERS)}


def test_no_query_parameter_sorts_or_sifts_by_marks() -> None:
    document = json.loads(openapi.document())
    for path, methods in document["paths"].items():
        for method in methods.values():
            for given in method.get("parameters", ()):
                if given["in"] == "query":
                    name = given["name"].lower()
                    assert not any(word in name for word in NUMBERS), f"{path}: {name}"
                    assert not any(word in name for word in ("sort", "order")), f"{path}: {name}"


def test_no_list_is_ordered_or_sifted_by_a_level() -> None:
    forbidden = {"level", "match_supported", "match_total", "spread_low", "spread_high"}
    for path, tree in SOURCES.items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in {"order_by", "where", "filter", "having"}:
                used = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
                assert not used & forbidden, f"{path}:{node.lineno}"


def test_a_decision_is_about_one_person_and_nothing_takes_several() -> None:
    document = json.loads(openapi.document())
    schemas, deciding = document["components"]["schemas"], 0
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method == "get" or not any(word in path for word in ("decision", "opinion")):
                continue
            deciding += 1
            assert any(one in path for one in ("{application_id}", "{decision_id}")), path
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            taken = schemas.get(body.get("schema", {}).get("$ref", "").rpartition("/")[2], {})
            assert "array" not in json.dumps(taken), f"{path} takes several"
    assert deciding >= 3


def test_who_can_be_invited_hangs_on_no_mark_and_no_rating() -> None:
    facts = inspect.signature(invitable).parameters
    assert not {fact for fact in facts if any(word in fact for word in NUMBERS)}


def test_the_screens_offer_no_filter_and_no_order_by_marks() -> None:
    router = (ROOT / "frontend/src/router.tsx").read_text()
    filters = (ROOT / "frontend/src/features/board/filters.ts").read_text()
    board = ROOT / "frontend/src/features/board"
    many = [file.read_text() for file in sorted(board.glob("*invit*.ts*"))]
    assert len(many) >= 2
    for text in (router, filters, *many):
        assert not any(word in text for word in ("match_supported", "total", "level", "sort("))
