"""How much two records are alike: what speaks for one person, and what against."""

from dataclasses import replace
from datetime import date

import pytest

from deskterm.rules.resemblance import Clue, Record, resemblance

TOM = Record(
    surname="Testabo",
    first_name="Tom",
    initials="T.",
    sex="M",
    born=date(1985, 3, 12),
    emails=frozenset({"t@example.org"}),
    phones=frozenset({"31592123456"}),
    doors=frozenset({"9468BG 41"}),
)
ELSEWHERE = replace(TOM, emails=frozenset(), phones=frozenset(), doors=frozenset())


def same(one: str, other: str) -> float:
    """As alike as the letters they share at the begin."""
    shared = next((i for i, two in enumerate(zip(one, other, strict=False)) if two[0] != two[1]), 9)
    return min(shared, len(one), len(other)) / max(len(one), len(other))


def score(**other: object) -> int:
    return resemblance(TOM, replace(TOM, **other), same)[0]  # type: ignore[arg-type]


def test_one_and_the_same_is_certain() -> None:
    assert resemblance(TOM, TOM, same) == (
        100,
        (Clue.NAME, Clue.BORN, Clue.DOOR, Clue.EMAIL, Clue.PHONE),
    )


def test_name_and_birth_date_alone_are_likely() -> None:
    points, clues = resemblance(TOM, ELSEWHERE, same)
    assert (points, clues) == (85, (Clue.NAME, Clue.BORN))


@pytest.mark.parametrize(
    "other",
    [
        {"first_name": "Ria", "initials": "R."},
        {"first_name": "", "initials": "R."},
        {"surname": "Bakker", "born": date(1950, 7, 1)},
        {"surname": "Bakker", "first_name": "Ria", "born": date(1950, 7, 1)},
    ],
    ids=["twin", "twin by initial", "housemate of the same name", "housemate"],
)
def test_who_shares_a_house_only_is_unlikely(other: dict[str, object]) -> None:
    assert score(**other) < 60


@pytest.mark.parametrize(
    "born", [date(1985, 12, 3), date(1985, 3, 21), date(1958, 3, 12), date(1985, 4, 12)]
)
def test_a_birth_date_that_was_mistyped_is_nearly_the_same(born: date) -> None:
    points, clues = resemblance(TOM, replace(TOM, born=born), same)
    assert Clue.NEARLY_BORN in clues
    assert points >= 60


def test_another_birth_date_sex_or_given_name_counts_against() -> None:
    assert score() > score(born=None) > score(born=date(1950, 7, 1))
    assert resemblance(TOM, replace(ELSEWHERE, sex="V"), same)[0] == 70
    assert resemblance(TOM, replace(ELSEWHERE, sex="X"), same)[0] == 85


def test_unknown_given_names_agree_mostly() -> None:
    unknown = replace(ELSEWHERE, first_name="", initials="")
    assert 60 <= resemblance(TOM, unknown, same)[0] < 85


def test_further_initials_agree_and_other_ones_less() -> None:
    more, other = (
        resemblance(
            replace(ELSEWHERE, first_name="", initials="T.A."),
            replace(ELSEWHERE, first_name="", initials=initials),
            same,
        )[0]
        for initials in ("T.", "T.C.B.")
    )
    assert more > 80 > other > 60


def test_the_mark_of_the_deceased_and_accents_do_not_count() -> None:
    assert score(surname="*Testabo") == score(surname="Testabó") == 100
