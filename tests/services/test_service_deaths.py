"""Who was written down as deceased by mistake is a customer as before, on the day itself."""

from datetime import timedelta

import pytest

from deskterm.services import (
    deaths,
    editing,
    ledger,
    life,
    memberships,
    merging,
    opening,
    settling,
    tidying,
    undoing,
)
from deskterm.services.errors import DeskError, Merged, NotAllowed
from deskterm.store import tables
from deskterm.views.undoing import Undoable
from tests.services.enrolling import add_prices, enrol, form_for
from tests.services.library import TODAY, Library
from tests.services.merging import everything
from tests.services.test_service_life import title
from tests.services.test_service_memberships import paid
from tests.services.test_service_removing import on_day

ACTOR = 413700
BOOKS = {"ledger_entry", "ledger_act"}


@pytest.fixture
def member(library: Library) -> Library:
    """A customer with something of all that goes with a death."""
    add_prices(library)
    library.add(tables.Word(kind="end_reason", code="OV", nl="Overleden"))
    library.customer(email="t@example.org")
    library.period()
    library.add(
        tables.CustomerLabel(customer_id=ACTOR, kind="newsletter", code="MND"),
        tables.CustomerProfile(customer_id=ACTOR, kind="interest", code="THR"),
        tables.CustomerRole(customer_id=ACTOR, code="ABO", begin_on=TODAY),
        tables.Hold(
            number="R1", customer_id=ACTOR, title_id=title(library), kind="B", status="A",
            pickup_branch="9401", placed_on=TODAY,
        ),
    )  # fmt: skip
    return library


def version(library: Library) -> int:
    return opening.refresh(library.desk(), ACTOR).version


def die(library: Library) -> Undoable:
    life.died(library.desk(), ACTOR, version(library), forget_email=True)
    return undoing.undoable(library.desk(), ACTOR)[0]


def rows_but_books(library: Library) -> dict[str, object]:
    return {name: rows for name, rows in everything(library.store).items() if name not in BOOKS}


def test_every_row_is_as_it_was(member: Library) -> None:
    before = everything(member.store)
    done = die(member)
    assert (done.kind, done.until_on, done.why_not) == ("death", TODAY, "")
    assert done.what == "Overleden: Dhr. T. *Testabo (413700)"
    assert undoing.left_of(member.desk(), done) == ()
    assert "niet meer als overleden" in undoing.take_back(member.desk(), done)
    assert everything(member.store) == before
    assert member.log()[-1][0] == "death.undo"
    assert undoing.undoable(member.desk(), ACTOR) == ()
    with pytest.raises(DeskError, match="al hersteld"):
        undoing.take_back(member.desk(), done)
    assert die(member).kind == "death", "and it can be written down again"


def test_what_was_given_back_and_let_go_is_booked_the_other_way_round(member: Library) -> None:
    paid(member)
    member.setting("membership.refund", "months")
    memberships.change(member.desk(), ACTOR, version(member), "54", now=False)
    before, money = rows_but_books(member), opening.refresh(member.desk(), ACTOR).block
    done = die(member)
    ended = opening.refresh(member.desk(), ACTOR).block
    assert (ended.contribution_cents, ended.credit_cents) == (0, 5800 * 4 // 13)
    undoing.take_back(member.desk(), done)
    alive = opening.refresh(member.desk(), ACTOR).block
    assert (alive.contribution_cents, alive.credit_cents) == (4200, 0)
    assert alive == money
    assert rows_but_books(member) == before
    assert ledger.check(member.desk()) == ()


def test_credit_that_was_used_is_settled_first(member: Library) -> None:
    paid(member)
    member.setting("membership.refund", "months")
    member.charge(500)
    done = die(member)
    (line,) = settling.open_lines(member.desk(), ACTOR).lines
    settling.pay(member.desk(), ACTOR, "betaald", (line.charge_id,), "R000", 500)
    with pytest.raises(DeskError, match="al gebruikt"):
        undoing.take_back(member.desk(), done)
    assert opening.refresh(member.desk(), ACTOR).person.surname == "*Testabo"


def test_what_somebody_changed_since_stays_and_is_told(member: Library) -> None:
    done = die(member)
    editing.save(member.desk(), ACTOR, version(member), {"email": "erfgenaam@example.org"})
    told = "E-mail blijft erfgenaam@example.org, en wordt niet weer t@example.org."
    lines = member.log()
    assert undoing.left_of(member.desk(), done) == (told,)
    assert member.log() == lines
    assert opening.refresh(member.desk(), ACTOR).person.surname == "*Testabo", "a look is a look"
    undoing.take_back(member.desk(), done)
    person = opening.refresh(member.desk(), ACTOR).person
    assert (person.surname, person.email) == ("Testabo", "erfgenaam@example.org")


def test_the_reason_on_tab_3_can_go_back_too(member: Library) -> None:
    before = everything(member.store)
    memberships.end(member.desk(), ACTOR, version(member), "expiry", "OV")
    (done,) = undoing.undoable(member.desk(), ACTOR)
    undoing.take_back(member.desk(), done)
    assert everything(member.store) == before


def test_who_was_enrolled_again_since_keeps_that_membership(member: Library) -> None:
    done = die(member)
    editing.save(member.desk(), ACTOR, version(member), {"surname": "Testabo"})
    enrol(member, form_for(member))
    with pytest.raises(DeskError, match="opnieuw ingeschreven"):
        undoing.take_back(member.desk(), done)


def test_who_was_merged_since_is_taken_apart_first(member: Library) -> None:
    done = die(member)
    member.customer(413701)
    shown = merging.compare(member.desk(), 413701, ACTOR)
    merging.merge(
        member.desk(), 413701, ACTOR, shown.versions, "samen", {},
        {one.name: "keeper" for one in shown.decisions}, sure=True,
    )  # fmt: skip
    with pytest.raises(Merged):
        undoing.take_back(member.desk(), done)


def test_only_the_day_itself_and_who_may_end_memberships(member: Library) -> None:
    done = die(member)
    nobody = member.desk(None)
    with pytest.raises(NotAllowed):
        deaths.take_back(nobody, done.id)
    tomorrow = on_day(member, TODAY + timedelta(days=1))
    assert undoing.undoable(tomorrow, ACTOR) == ()
    with pytest.raises(DeskError, match="kon tot en met 15-03-2026"):
        undoing.take_back(tomorrow, done)
    assert tidying.tidy(tomorrow).deeds == 1
    assert opening.refresh(member.desk(), ACTOR).person.surname == "*Testabo"
