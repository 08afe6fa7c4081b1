"""The folded texts that customers are found by, and questions against any text there is."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deskterm.store.engine import Store, open_store
from deskterm.store.search import SearchTerms, address_keys, find, keys_of, search
from deskterm.store.search.needles import question_of
from deskterm.store.tables import Customer
from tests.rows_store import NOON, add_library

TODAY = NOON.date()

TESTABO = {
    "surname": "Testabo", "prefix": "van der", "first_name": "Timothée", "initials": "T.J.",
    "tag": "De Brink", "born": date(1985, 1, 31), "mobile": "06-12 34 56 78",
    "email": "T.Testabo @Example.org",
}  # fmt: skip
ANNEN = {
    "street": "Kruisakkers", "house_number": "41", "house_addition": "bis",
    "postcode": "9468 BG", "place": "Annen",
}  # fmt: skip


def test_the_keys_of_a_customer() -> None:
    assert keys_of(TESTABO, [ANNEN]) == {
        "sort_key": "testabo  timothee  van der",
        "name_text": " testabo van der timothee t j de brink tj 9468 bg #41 #41bis 31011985 ",
        "contact_text": " 31612345678 t.testabo@example.org ",
        "place_key": "annen",
    }


def test_a_customer_of_whom_nothing_is_known_has_empty_keys() -> None:
    assert keys_of({"surname": None}) == {
        "sort_key": "    ", "name_text": "", "contact_text": "", "place_key": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("other", "same_postcode", "same_street"),
    [
        ({}, True, True),
        ({"postcode": "9468bg"}, True, True),
        ({"postcode": ""}, False, True),
        ({"street": "Kruis-akkers", "house_addition": "BIS"}, True, False),
        ({"house_number": "14"}, False, False),
        ({"house_addition": ""}, False, False),
        ({"place": "Gieten"}, True, False),
    ],
)
def test_the_same_door_has_the_same_keys(
    other: dict[str, str], same_postcode: bool, same_street: bool
) -> None:
    mine, theirs = address_keys(ANNEN), address_keys({**ANNEN, **other})
    assert (mine["postcode_key"] == theirs["postcode_key"]) == same_postcode
    assert (mine["street_key"] == theirs["street_key"]) == same_street


def test_keys_stay_within_what_an_index_can_hold() -> None:
    long = {"surname": "Ж" * 5000, "first_name": "é" * 5000}
    keys = keys_of(long, [{"street": "𝔛" * 5000, "place": "𝔛" * 5000}])
    assert all(len(value.encode()) <= 4100 for value in keys.values())
    assert len(keys["sort_key"].encode()) <= 800


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, dict[int, str]]]:
    """A store with 300 people of few syllables, and their texts by actor-id."""
    file: Path = tmp_path_factory.mktemp("crowd") / "store.db"
    store = open_store(str(file))
    add_library(store)
    chance = random.Random(5)
    texts: dict[int, str] = {}

    def name() -> str:
        return "".join(
            chance.choice(["ja", "*an", "sen", "vri", "es", "de", "ö"]) for _ in range(3)
        )

    with store.write() as session:
        for actor_id in range(1, 301):
            fields: dict[str, Any] = {
                "surname": name(),
                "first_name": name(),
                "prefix": chance.choice(["", "de"]),
            }
            keys: dict[str, Any] = {
                **keys_of(fields, [{"house_number": str(chance.randrange(1, 30))}])
            }
            texts[actor_id] = keys["name_text"]
            session.add(
                Customer(
                    actor_id=actor_id, branch_code="9401", registered_on=TODAY, changed_at=NOON,
                    **fields, **keys,
                )
            )  # fmt: skip
    yield store, texts
    store.close()


QUESTIONS = st.lists(
    st.text(alphabet="jansevrido", min_size=1, max_size=4) | st.integers(1, 30).map(str),
    min_size=1, max_size=3,
).map(" ".join)  # fmt: skip


@given(typed=QUESTIONS, many=st.sampled_from([0, 5, 3000]), limit=st.integers(1, 400))
def test_every_way_through_finds_who_has_the_needles(
    crowd: tuple[Store, dict[int, str]], typed: str, many: int, limit: int
) -> None:
    store, texts = crowd
    needles = question_of(typed, TODAY).needles
    expected = {
        actor_id
        for actor_id, text in texts.items()
        if all(any(part in text for part in needle) for needle in needles)
    }
    found: list[int] = []
    after: str | None = None
    with pytest.MonkeyPatch.context() as patch, store.read() as connection:
        patch.setattr("deskterm.store.search.names.MANY", many)
        while True:
            rows, after = find(connection, typed, today=TODAY, after=after, limit=limit)
            found += [row.actor_id for row in rows]
            if after is None:
                break
    assert len(found) == len(set(found))
    assert set(found) == expected


@given(typed=st.text())
@example(typed='"')
@example(typed="\x00")
@example(typed="\ud800")
@example(typed="a" * 5000)
@example(typed="x " * 500)
@example(typed="\\%_[]^")
@example(typed="30-02-1985")
def test_no_text_breaks_a_search(crowd: tuple[Store, dict[int, str]], typed: str) -> None:
    store, _ = crowd
    with store.read() as connection:
        find(connection, typed, today=TODAY)
        for field in set(SearchTerms.__slots__) - {"born", "include_ended"}:
            terms: dict[str, Any] = {field: typed}
            search(connection, SearchTerms(**terms), today=TODAY)
