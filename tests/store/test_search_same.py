"""Searching gives the same answers, in the same order, on both engines: 500 odd names."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from deskterm.store.engine import Store, open_store
from deskterm.store.search import SearchTerms, family, find, index_customer, search
from deskterm.store.tables import Address, Branch, Customer, Institution
from tests.rows_store import NOON

pytestmark = pytest.mark.postgresql

TODAY = date(2026, 3, 15)
PEOPLE = 500
WHOLE = (
    "O'Neill", "d'Ávila y Ñáñez", "van 't Hoff", "’s-Gravesande", "IJsbrand", "ĳssel", "Ýr Þórðar",
    "İnönü", "Iğdır", "ılgaz", "Straße", "STRASSE", "Ōé", "Ōé", "Æøå", "łódź", "Žižek",
    "Αθηνά Παπαδόπουλος", "ΣΊΣΥΦΟΣ ς", "Шевченко-Їжак", "محمد الخطّابي", "בן־דוד",
    "王小明", "김민준",
    "山田 太郎", "ｆｕｌｌ ｗｉｄｔｈ", "ﬁnley", "😀 Emoji", "👨\u200d👩\u200d👧 Gezin", "𝔉𝔯𝔞𝔨𝔱𝔲𝔯",
    "100%", "a_b", "back\\slash",
    '"quoted"', "semi;colon", "-- DROP", "*Overleden", "**", "%%%", "___", "[x]", "(haak)", "a*b",
    "NEAR", "AND", "NOT x", "name_text:x", "1e10", "0x41", "9468BG", "41a", "٣٤", "X", "Xx", "'",
    "Null", "NULL", "Jean-Luc", "Jean Luc", "Jeanluc", "Aa" * 60, "é" * 80, "\u200bnul breed",
    "tab\tnaam", "twee  spaties", "zacht\u00adstreepje", "\u202eomgekeerd", "z\u0335a\u0335l",
    "ß", "ẞ",
    "Dvořák", "DVOŘÁK", "dvorak", "Åse", "Åse", "Aase", "K\u212a", "ſlang", "µ", "Ⅷ", "½",
)  # fmt: skip
LETTERS = (
    "aeiouAEIOU bdgjklmnrstvzBDJKLMNRSTVZ'-.*%_\\\"éèëïöüçñøåæœßłšžİıĳğşÀÖÞ"
    "ЖяΩλابגד王김😀\u0301\u0308"
)


@dataclass(frozen=True, slots=True)
class Both:
    """The same customers on either engine."""

    sqlite: Store
    server: Store

    def find(self, typed: str, limit: int = 100, after: str | None = None) -> list[int]:
        """Who is found by the desk line; the same on both, or the test fails."""
        found = []
        for store in (self.sqlite, self.server):
            with store.look() as reader:
                found.append(find(reader, typed, today=TODAY, limit=limit, after=after))
        assert found[0] == found[1], ascii(typed)
        return [row.actor_id for row in found[0][0]]

    def search(self, terms: SearchTerms) -> list[int]:
        """The same of the Search screen."""
        found = []
        for store in (self.sqlite, self.server):
            with store.look() as reader:
                found.append(search(reader, terms, today=TODAY))
        assert found[0] == found[1], ascii(terms)
        return [row.actor_id for row in found[0][0]]


def odd_names() -> list[str]:
    chance = random.Random(500)
    names = list(WHOLE)
    while len(names) < PEOPLE:
        names.append("".join(chance.choices(LETTERS, k=chance.randint(1, 14))))
    return names


NAMES = odd_names()


def _fill(store: Store) -> None:
    with store.write() as session:
        session.add(Institution(code="1001", name="Drenthe"))
        session.flush()
        session.add(Branch(code="9401", institution_code="1001", name="Annen"))
        session.flush()
        homes = []
        for actor_id, name in enumerate(NAMES, 1):
            other = NAMES[actor_id * 7 % PEOPLE]
            row = Customer(
                actor_id=actor_id, branch_code="9401", registered_on=TODAY, changed_at=NOON,
                surname=name, first_name=other, initials=other[:1], tag=other[:4],
                prefix="van der" if actor_id % 5 == 0 else "",
                born=date(1930, 1, 1) + timedelta(days=actor_id * 53),
                email=f"{name}@Example.org", phone=f"0592-{actor_id:06}",
            )  # fmt: skip
            home = Address(
                customer_id=actor_id, street=other, house_number=str(actor_id % 40),
                house_addition="abc"[actor_id % 3 :], place=name,
                postcode=f"{9400 + actor_id % 80} B{'GHK'[actor_id % 3]}",
            )  # fmt: skip
            index_customer(row, [home])
            session.add(row)
            homes.append(home)
        session.flush()
        session.add_all(homes)


@pytest.fixture(scope="module")
def both(
    sqlite_template: object, postgresql_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    from tests.fixtures_store import new_database

    file = tmp_path_factory.mktemp("same") / "store.db"
    sqlite = open_store(str(file))
    server = open_store(new_database(postgresql_server, "template"))
    with closing(sqlite), closing(server):
        _fill(sqlite)
        _fill(server)
        yield Both(sqlite, server)


def test_every_name_and_parts_of_it(both: Both) -> None:
    chance = random.Random(1)
    found = 0
    for actor_id, name in enumerate(NAMES, 1):
        found += actor_id in both.find(name)
        start = chance.randrange(len(name))
        part = name[start : start + chance.randint(1, 4)]
        both.find(f"{part} {actor_id % 40}" if chance.random() < 0.2 else part, limit=10)
    # Names without any letter or digit cannot be looked for.
    assert found > PEOPLE * 0.9


@pytest.mark.parametrize("many", [20, 3000])
def test_every_page_of_a_long_list(both: Both, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr("deskterm.store.search.names.MANY", many)
    for typed in ("a", "e", "van", "b"):
        pages, after = 0, None
        while pages == 0 or after is not None:
            with both.sqlite.look() as reader:
                following = find(reader, typed, today=TODAY, limit=7, after=after)[1]
            both.find(typed, limit=7, after=after)
            after, pages = following, pages + 1
        assert pages > 1, typed


@pytest.mark.parametrize("many", [5, 10_000])
def test_the_fields_of_the_search_screen(
    both: Both, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr("deskterm.store.search.fields.MANY", many)
    chance = random.Random(many)
    found = 0
    for actor_id, name in enumerate(NAMES, 1):
        other = NAMES[actor_id * 7 % PEOPLE]
        born = date(1930, 1, 1) + timedelta(days=actor_id * 53)
        every = [
            SearchTerms(name=name[: chance.randint(1, 5)], given_name=other[:2]),
            SearchTerms(street=other[:3], house_number=str(actor_id % 40)),
            SearchTerms(place=name[:4]),
            SearchTerms(email=name[:6]),
            SearchTerms(phone=f"{actor_id:06}"[-4:]),
            SearchTerms(born=born, include_ended=chance.random() < 0.9),
            SearchTerms(postcode=f"{9400 + actor_id % 80}", name=name[:1]),
        ]
        found += sum(actor_id in both.search(terms) for terms in chance.sample(every, 1))
    assert found > PEOPLE / 2


def test_who_lives_behind_one_door(both: Both) -> None:
    for actor_id in range(1, PEOPLE + 1, 5):
        found = []
        for store in (both.sqlite, both.server):
            with store.look() as reader:
                found.append(family(reader, actor_id, today=TODAY))
        assert found[0] == found[1], actor_id
        # Postcode and number come again with every 240th.
        again = {one for one in range(actor_id % 240, PEOPLE + 1, 240) if one not in (0, actor_id)}
        assert {row.actor_id for row in found[0][0]} >= again, actor_id
