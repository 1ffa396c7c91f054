"""The list of seeded defects still fits the code, and covers what it is for."""

import pytest

from scripts.machine import ROOT
from scripts.mutants import Mutant, listed

AREAS = ("interloop/domain/", "interloop/security/", "interloop/db/", "activities/", "api/")


@pytest.mark.parametrize("mutant", listed(), ids=lambda mutant: mutant.name)
def test_a_seeded_defect_still_fits_the_code(mutant: Mutant) -> None:
    assert (ROOT / mutant.file).read_text().count(mutant.find) == 1
    assert mutant.find != mutant.replace
    path, *_, name = mutant.test.split("::")
    assert f"def {name}(" in (ROOT / path).read_text()


def test_there_are_fifteen_defects_over_every_area() -> None:
    mutants = listed()
    assert len(mutants) >= 15
    assert len({mutant.name for mutant in mutants}) == len(mutants)
    assert all(any(mutant.file.startswith(area) for mutant in mutants) for area in AREAS)
