"""Looking an address up: register, kept answers, other customers, and nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlmodel import select

from deskterm.addresses.model import BadAnswer, RegisterError, Unavailable
from deskterm.rules.doors import part_house_number, street_name
from deskterm.rules.faults import RuleFault
from deskterm.services import addresses
from deskterm.services.desk import DayClock, Desk
from deskterm.services.errors import DeskError, NotAllowed
from deskterm.store.tables import Address, KnownAddress
from deskterm.views.addresses import AddressAnswer, AskedAddress, FoundAddress
from tests.services.library import TODAY, Library

DOOR = FoundAddress("Kruisakkers", "Annen", "41")
UP = FoundAddress("Kruisakkers", "Annen", "41", "A")
ASKED = AskedAddress("9468bg", "41")


@dataclass
class Register:
    """A register in the memory of a test."""

    found: Sequence[FoundAddress] = ()
    trouble: RegisterError | None = None
    name: str = "pdok"
    country: str = "NL"
    url: str = "https://register.example.org"
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def by_postcode(self, postcode: str, number: str) -> Sequence[FoundAddress]:
        self.asked.append((postcode, number))
        return self._told()

    def suggest(self, postcode: str, street: str, number: str) -> Sequence[FoundAddress]:
        self.asked.append((postcode, street, number))
        return self._told()

    def _told(self) -> Sequence[FoundAddress]:
        if self.trouble is not None:
            raise self.trouble
        return self.found


def desk_with(library: Library, register: Register | None, days: int = 0) -> Desk:
    desk = replace(library.desk(), addresses=register)
    return replace(desk, clock=DayClock(TODAY + timedelta(days=days)))


def neighbour(library: Library, actor_id: int = 413700, **columns: Any) -> None:
    library.customer(actor_id)
    if columns:
        library.add(Address(customer_id=actor_id, position=2, **columns))


def test_the_register_comes_first_and_is_kept(library: Library) -> None:
    neighbour(library)
    register = Register([DOOR, UP])
    answer = addresses.look_up(desk_with(library, register), ASKED)
    assert answer == AddressAnswer((DOOR, UP), "register", "pdok")
    assert answer.checked
    assert register.asked == [("9468BG", "41")]
    again = addresses.look_up(desk_with(library, register), ASKED)
    assert (again.found, again.source, again.told_on) == ((DOOR, UP), "kept", TODAY)
    assert len(register.asked) == 1
    addresses.look_up(desk_with(library, register), ASKED, only_register=True)
    assert len(register.asked) == 2


@pytest.mark.parametrize("trouble", [Unavailable("deadline"), BadAnswer("no JSON")])
def test_what_it_told_before_is_known_while_it_is_away(
    library: Library, trouble: RegisterError
) -> None:
    addresses.look_up(desk_with(library, Register([DOOR])), ASKED)
    away = Register(trouble=trouble)
    answer = addresses.look_up(desk_with(library, away, days=1), ASKED)
    assert (answer.found, answer.source, answer.told_on) == ((DOOR,), "kept", TODAY)
    assert (answer.trouble, answer.detail) == (trouble.code, trouble.detail)
    off = addresses.look_up(desk_with(library, None, days=1), ASKED)
    assert (off.found, off.source, off.register) == ((DOOR,), "kept", "")


def test_a_new_answer_takes_the_place_of_the_old_one(library: Library) -> None:
    addresses.look_up(desk_with(library, Register([DOOR, UP])), ASKED)
    addresses.look_up(desk_with(library, Register([UP]), days=1), ASKED)
    with library.store.write() as session:
        kept = [(row.house_addition, row.told_on) for row in session.exec(select(KnownAddress))]
    assert kept == [("A", TODAY + timedelta(days=1))]


def test_a_door_that_the_register_no_longer_knows_is_not_told(library: Library) -> None:
    addresses.look_up(desk_with(library, Register([DOOR])), ASKED)
    answer = addresses.look_up(desk_with(library, Register(), days=1), ASKED)
    assert answer == AddressAnswer(register="pdok")


def test_street_and_place_follow_from_what_neighbours_have(library: Library) -> None:
    neighbour(library)
    for register in (None, Register(), Register(trouble=Unavailable("503"))):
        desk = desk_with(library, register)
        for number in ("41", "43", ""):
            answer = addresses.look_up(desk, AskedAddress("9468 bg", number))
            assert answer.found == (FoundAddress("Kruisakkers", "Annen"),)
            assert (answer.source, answer.checked) == ("customers", False)
        assert addresses.look_up(desk, AskedAddress("1234AB", "1")).found == ()
        assert addresses.look_up(desk, AskedAddress("", "")) == AddressAnswer()


def test_an_addition_that_was_typed_is_the_one_that_is_meant(library: Library) -> None:
    desk = desk_with(library, Register([DOOR, UP]))
    for asked in (AskedAddress("9468BG", "41a"), AskedAddress("9468BG", "41", " a ")):
        assert addresses.look_up(desk, asked).found == (UP,)
    other = AskedAddress("9468BG", "41", "c")
    assert addresses.look_up(desk, other).found == (DOOR, UP)


def test_in_belgium_a_postcode_has_a_place_and_streets(library: Library) -> None:
    place = FoundAddress("", "Aartselaar")
    flemish = Register([place], name="vlaanderen", country="BE")
    desk = desk_with(library, flemish)
    asked = AskedAddress("B-2630", "4", country="BE")
    assert addresses.look_up(desk, asked).found == (place,)
    flemish.found = [FoundAddress("Acacialaan", "Aartselaar", "4")]
    with_street = replace(asked, street="acacialaan")
    assert addresses.look_up(desk, with_street).found == tuple(flemish.found)
    assert flemish.asked == [("2630", "4"), ("2630", "acacialaan", "4")]
    away = desk_with(library, replace(flemish, trouble=Unavailable()), days=1)
    assert addresses.look_up(away, asked).found == (place,)
    assert addresses.look_up(away, with_street).found == tuple(flemish.found)
    assert addresses.look_up(away, replace(asked, street="Elders")).found == ()


def test_in_belgium_neighbours_tell_no_street_that_was_not_begun(library: Library) -> None:
    neighbour(
        library, street="Acacialaan", house_number="9", postcode="2630", place="Aartselaar",
        country="BE", postcode_key="2630 9", street_key="acacialaan 9 aartselaar",
    )  # fmt: skip
    desk = desk_with(library, None)
    asked = AskedAddress("2630", "4", country="BE")
    assert addresses.look_up(desk, asked).found == (FoundAddress("", "Aartselaar"),)
    begun = replace(asked, street="acac")
    assert addresses.look_up(desk, begun).found == (FoundAddress("Acacialaan", "Aartselaar"),)
    assert addresses.look_up(desk, replace(asked, street="beuk")).found == ()


def test_a_register_of_another_country_is_not_asked(library: Library) -> None:
    register = Register([DOOR])
    desk = desk_with(library, register)
    for country, postcode in (("BE", "2630"), ("DE", "10115")):
        answer = addresses.look_up(desk, AskedAddress(postcode, "41", country=country))
        assert answer == AddressAnswer()
    assert register.asked == []


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (AskedAddress("9468BG OR *:*", "41"), "Postcode: "),
        (AskedAddress("9468SS", "41"), "Postcode: "),
        (AskedAddress("９４６８BG", "41"), "Postcode: "),
        (AskedAddress("9468BG", "41 OR *:*"), "Huisnummer: "),
        (AskedAddress("9468BG", "*"), "Huisnummer: "),
        (AskedAddress("9468BG", "041"), "Huisnummer: "),
        (AskedAddress("9468BG", "123456"), "Huisnummer: "),
        (AskedAddress("2630/../../x", "4", country="BE"), "Postcode: "),
        (AskedAddress("2630", "4", street="*:*", country="BE"), "Straat: "),
    ],
)
def test_what_cannot_be_asked_is_refused_by_the_name_of_its_field(
    sqlite_library: Library, asked: AskedAddress, names: str
) -> None:
    register = Register([DOOR], country=asked.country)
    with pytest.raises(DeskError) as refused:
        addresses.look_up(desk_with(sqlite_library, register), asked)
    assert refused.value.sentence.startswith(names)
    assert register.asked == []


def test_it_takes_the_right_to_edit(sqlite_library: Library) -> None:
    with pytest.raises(NotAllowed):
        addresses.look_up(sqlite_library.desk(None), ASKED)


@pytest.mark.parametrize(
    ("text", "country", "parts"),
    [
        ("41", "NL", ("41", "")),
        (" 41 a ", "NL", ("41", "a")),
        ("41-2", "NL", ("41", "2")),
        ("41 bis", "NL", ("41", "bis")),
        ("41A-2", "NL", ("41", "A-2")),
        ("4a", "BE", ("4A", "")),
        ("4 bus 1", "BE", ("4", "bus 1")),
        ("4/0001", "BE", ("4", "bus 0001")),
    ],
)
def test_a_house_number_is_parted(text: str, country: str, parts: tuple[str, str]) -> None:
    assert part_house_number(text, country) == parts


@given(text=st.text(), country=st.sampled_from(["NL", "BE"]))
def test_nothing_but_a_number_is_ever_asked(text: str, country: str) -> None:
    try:
        number, _addition = part_house_number(text, country)
    except RuleFault:
        return
    assert number.isascii()
    assert number.isalnum()
    assert number[0] in "123456789"


@given(text=st.text())
@example(text="a" * 80)
@example(text="a" * 81)
def test_a_street_that_is_asked_is_one_short_line_of_letters(text: str) -> None:
    try:
        name = street_name(text)
    except RuleFault:
        return
    assert name.isprintable()
    assert len(name) <= 80
    assert not set(name) & set('*:"?[]{}~^\\+!|<>;')
