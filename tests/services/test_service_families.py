"""The family on one screen, and the relations between its members."""

from datetime import date
from typing import get_args

import pytest
from sqlmodel import select

from deskterm.rules.relations import INVERSE
from deskterm.services import families, opening, series, settling
from deskterm.services.errors import Conflict, DeskError, NotAllowed, NotFound
from deskterm.store import tables
from deskterm.store.search import index_customer
from deskterm.views.family import FamilyView, Tie
from tests.services.library import TODAY, Library

MOTHER, FATHER, CHILD, SCHOOL, AWAY = 413700, 2, 3, 4, 5
TIES: tuple[Tie, ...] = get_args(Tie)


@pytest.fixture
def home(library: Library) -> Library:
    """Two parents and a child at one door, a school, and somebody elsewhere."""
    library.customer(MOTHER, surname="Vries", initials="A.")
    library.customer(FATHER, surname="Vries", initials="B.")
    library.customer(CHILD, surname="Vries", initials="C.", born=date(2013, 2, 14))
    library.customer(SCHOOL, surname="School", initials="", sex="I", born=None)
    library.customer(AWAY, surname="Elders", initials="E.")
    for actor_id in (SCHOOL, AWAY):
        move_out(library, actor_id)
    return library


def move_out(library: Library, actor_id: int) -> None:
    with library.store.write() as session:
        found = select(tables.Address).where(tables.Address.customer_id == actor_id)
        address = session.exec(found).one()
        address.street, address.house_number = f"Verweg {actor_id}", str(actor_id)
        index_customer(session.get_one(tables.Customer, actor_id), [address])
        session.add(address)


def version(library: Library, actor_id: int) -> int:
    return opening.refresh(library.desk(), actor_id).version


def relate(library: Library, actor_id: int, other_id: int, tie: Tie) -> FamilyView:
    return families.relate(library.desk(), actor_id, version(library, actor_id), other_id, tie)


def seen(library: Library, actor_id: int) -> dict[int, tuple[Tie, ...]]:
    view = families.family(library.desk(), actor_id)
    return {one.actor_id: one.ties for one in view.members}


def test_tab_6_names_each_tie_once_whoever_it_stands_with(home: Library) -> None:
    relate(home, CHILD, MOTHER, "parent")
    relate(home, CHILD, SCHOOL, "institution")
    relate(home, MOTHER, FATHER, "partner")
    home.add(tables.Relation(customer_id=FATHER, other_id=MOTHER, kind="partner"))

    def named(actor_id: int) -> list[tuple[str, int]]:
        ties = opening.refresh(home.desk(), actor_id).relations
        return [(one.kind, one.actor_id) for one in ties]

    assert named(MOTHER) == [("child", CHILD), ("partner", FATHER)]
    assert named(CHILD) == [("parent", MOTHER), ("institution", SCHOOL)]
    assert named(SCHOOL) == []


def test_a_number_in_another_street_of_a_belgian_town_is_no_family(home: Library) -> None:
    with home.store.write() as session:
        for address in session.exec(select(tables.Address)):
            number = "12" if address.customer_id == FATHER else "41"
            street = "Acacialaan" if address.customer_id == CHILD else "Kerkstraat"
            address.country, address.postcode, address.place = "BE", "2630", "Aartselaar"
            address.street, address.house_number = street, number
            index_customer(session.get_one(tables.Customer, address.customer_id), [address])
            session.add(address)
    view = families.family(home.desk(), MOTHER)
    assert {one.actor_id for one in view.members} == {MOTHER, SCHOOL, AWAY}
    others = series.on_address(home.desk(), MOTHER).others
    assert {one.actor_id for one in others} == {SCHOOL, AWAY}


def test_the_customer_comes_first_and_then_who_lives_there(home: Library) -> None:
    view = families.family(home.desk(), MOTHER)
    assert [one.actor_id for one in view.members] == [MOTHER, FATHER, CHILD]
    assert [one.age for one in view.members] == [41, 41, 13]
    assert all(one.at_same_door for one in view.members)
    assert (view.members[0].name, view.display_name) == ("Vries, A.", "A. Vries")


def test_twins_are_told_apart_by_their_first_names(home: Library) -> None:
    home.customer(6, surname="Vries", initials="S.", first_name="Sem")
    home.customer(7, surname="Vries", initials="S.", first_name="Sanne")
    members = families.family(home.desk(), MOTHER).members[-2:]
    assert [one.name for one in members] == ["Vries, S. (Sanne)", "Vries, S. (Sem)"]
    assert [one.display_name for one in members] == ["Sanne Vries", "Sem Vries"]


def test_what_each_has_at_home_and_owes_is_told_with_the_total(home: Library) -> None:
    home.period(MOTHER)
    home.loan("Kikker", CHILD)
    home.loan("Pad", CHILD)
    home.loan("Terug", MOTHER, returned_on=TODAY)
    home.charge(250, CHILD)
    home.charge(5800, MOTHER, "contribution")
    view = families.family(home.desk(), MOTHER)
    assert {one.actor_id: (one.on_loan, one.open_cents) for one in view.members} == {
        MOTHER: (0, 5800), FATHER: (0, 0), CHILD: (2, 250),
    }  # fmt: skip
    assert (view.on_loan, view.open_cents) == (2, 6050)
    assert [one.membership_name for one in view.members] == ["Compleet", "", ""]


@pytest.mark.parametrize("tie", [tie for tie in TIES if tie not in ("institution", "member")])
def test_a_tie_is_seen_from_both_sides_and_goes_again(home: Library, tie: Tie) -> None:
    actor_id, other_id = (MOTHER, CHILD) if tie == "child" else (CHILD, MOTHER)
    relate(home, actor_id, other_id, tie)
    inverse = INVERSE[tie]
    assert seen(home, actor_id)[other_id] == (tie,)
    assert seen(home, other_id)[actor_id] == (inverse,)
    assert home.log(actor_id) == [("edit", f"relation.{tie}", "", str(other_id))]
    assert home.log(other_id) == [("edit", f"relation.{inverse}", "", str(actor_id))]
    families.unrelate(home.desk(), actor_id, version(home, actor_id), other_id, tie)
    assert seen(home, actor_id)[other_id] == ()
    assert version(home, other_id) == 3


def test_members_of_an_institution_are_with_it_wherever_they_live(home: Library) -> None:
    relate(home, CHILD, SCHOOL, "institution")
    assert seen(home, SCHOOL) == {SCHOOL: (), CHILD: ("member",)}
    found = families.family(home.desk(), CHILD).member(SCHOOL)
    assert found is not None
    assert not found.at_same_door


def test_partners_can_be_parted_from_either_side(home: Library) -> None:
    relate(home, MOTHER, FATHER, "partner")
    with pytest.raises(DeskError, match="is er al"):
        relate(home, FATHER, MOTHER, "partner")
    families.unrelate(home.desk(), FATHER, version(home, FATHER), MOTHER, "partner")
    assert seen(home, MOTHER)[FATHER] == ()


def test_who_pays_for_somebody_settles_for_them(home: Library) -> None:
    charge = home.charge(250, CHILD)
    assert settling.open_lines(home.desk(), FATHER).lines == ()
    relate(home, CHILD, FATHER, "payer")
    assert [one.charge_id for one in settling.open_lines(home.desk(), FATHER).lines] == [charge]


def test_one_tie_takes_the_place_of_another_at_once(home: Library) -> None:
    relate(home, CHILD, MOTHER, "partner")
    families.relate(
        home.desk(), CHILD, version(home, CHILD), MOTHER, "parent", instead_of="partner"
    )
    assert seen(home, CHILD)[MOTHER] == ("parent",)


def test_a_change_that_is_refused_leaves_the_old_tie(home: Library) -> None:
    relate(home, MOTHER, CHILD, "partner")
    with pytest.raises(DeskError, match="niet ouder dan"):
        families.relate(
            home.desk(), MOTHER, version(home, MOTHER), CHILD, "parent", instead_of="partner"
        )
    assert seen(home, MOTHER)[CHILD] == ("partner",)


@pytest.mark.parametrize(
    ("there", "actor_id", "other_id", "tie", "sentence"),
    [
        ([], MOTHER, MOTHER, "partner", "niet met de klant zelf"),
        ([(CHILD, MOTHER, "parent")], CHILD, MOTHER, "parent", "is er al"),
        ([(CHILD, MOTHER, "parent")], MOTHER, CHILD, "child", "is er al"),
        ([], MOTHER, CHILD, "parent", "niet ouder dan"),
        ([], CHILD, AWAY, "institution", "geen instelling"),
        ([(CHILD, FATHER, "payer")], CHILD, MOTHER, "payer", "betaalt al voor"),
        ([(CHILD, FATHER, "payer")], FATHER, CHILD, "payer", "voor elkaar betalen"),
        ([(CHILD, FATHER, "payer"), (FATHER, AWAY, "payer")], AWAY, CHILD, "payer", "voor elkaar"),
        ([(SCHOOL, AWAY, "parent")], AWAY, SCHOOL, "parent", "elkaars ouder"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    home: Library,
    there: list[tuple[int, int, Tie]],
    actor_id: int,
    other_id: int,
    tie: Tie,
    sentence: str,
) -> None:
    for one in there:
        relate(home, *one)
    before = seen(home, actor_id)
    with pytest.raises(DeskError, match=sentence):
        relate(home, actor_id, other_id, tie)
    assert seen(home, actor_id) == before


def test_what_was_changed_since_is_a_conflict(home: Library) -> None:
    relate(home, CHILD, MOTHER, "parent")
    with pytest.raises(Conflict):
        families.relate(home.desk(), CHILD, 1, FATHER, "parent")
    with pytest.raises(Conflict):
        families.unrelate(home.desk(), CHILD, 1, MOTHER, "parent")


def test_a_tie_that_is_gone_cannot_go_again(home: Library) -> None:
    with pytest.raises(DeskError, match="is er niet meer"):
        families.unrelate(home.desk(), CHILD, 1, MOTHER, "parent")


def test_who_was_merged_or_erased_is_nobody_s_family(home: Library) -> None:
    relate(home, CHILD, MOTHER, "parent")
    with home.store.write() as session:
        mother = session.get_one(tables.Customer, MOTHER)
        mother.merged_into_id = AWAY
        father = session.get_one(tables.Customer, FATHER)
        father.erased_on = TODAY
        session.add_all((mother, father))
    assert list(seen(home, CHILD)) == [CHILD]
    assert opening.refresh(home.desk(), CHILD).relations == ()
    with pytest.raises(DeskError):
        relate(home, CHILD, FATHER, "parent")


@pytest.mark.parametrize("text", ["elders", "5", "  Elders  E. "])
def test_somebody_else_is_found_by_number_or_name(home: Library, text: str) -> None:
    assert [one.actor_id for one in families.whom(home.desk(), text)] == [AWAY]


def test_nobody_is_a_sentence(home: Library) -> None:
    for text in ("", "zzz", "29401999999999"):
        with pytest.raises(NotFound):
            families.whom(home.desk(), text)
    with pytest.raises(NotFound):
        families.family(home.desk(), 77)


def test_ties_need_the_right_to_change_customers(home: Library) -> None:
    desk = home.desk(role=None)
    for act in (
        lambda: families.family(desk, MOTHER),
        lambda: families.whom(desk, "vries"),
        lambda: families.relate(desk, CHILD, 1, MOTHER, "parent"),
        lambda: families.unrelate(desk, CHILD, 1, MOTHER, "parent"),
    ):
        with pytest.raises(NotAllowed):
            act()
