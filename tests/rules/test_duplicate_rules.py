"""Duplicates: who is the same, who is a twin, and who only lives in the same house."""

from dataclasses import replace
from datetime import date

import pytest

from deskterm.rules.duplicates import Face, Likeness, Match, likeness

BORN = date(1985, 1, 1)
TESTABO = Face("Testabo", "", "T.", "Tom", BORN)
NOTHING: frozenset[Match] = frozenset()
MAIL = frozenset({Match.EMAIL})


@pytest.mark.parametrize(
    ("other", "matches", "expected"),
    [
        (TESTABO, NOTHING, Likeness.SAME),
        (replace(TESTABO, surname="TESTABÓ", first_name="tom"), NOTHING, Likeness.SAME),
        (replace(TESTABO, surname="*Testabo"), NOTHING, Likeness.SAME),
        (replace(TESTABO, prefix="van"), NOTHING, Likeness.SAME),
        (replace(TESTABO, first_name=""), NOTHING, Likeness.SAME),
        (replace(TESTABO, first_name="", initials=""), NOTHING, Likeness.SAME),
        (replace(TESTABO, first_name="Tim"), NOTHING, Likeness.TWIN),
        (replace(TESTABO, first_name="", initials="J."), NOTHING, Likeness.TWIN),
        (replace(TESTABO, born=date(1985, 10, 1)), MAIL, Likeness.MAYBE),
        (replace(TESTABO, born=None), MAIL, Likeness.MAYBE),
        (replace(TESTABO, born=None), NOTHING, None),
        (replace(TESTABO, first_name="Eva", initials="E.", born=date(1987, 5, 5)), MAIL, None),
        (replace(TESTABO, surname="Ander"), MAIL, None),
    ],
)
def test_likeness(other: Face, matches: frozenset[Match], expected: Likeness | None) -> None:
    assert likeness(TESTABO, other, matches) is expected
    assert likeness(other, TESTABO, matches) is expected
