"""Verwijder: refused with reasons, nothing personal left, and Herstel brings every row back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from deskterm.services import editing, finding, opening, removing
from deskterm.services.desk import Desk
from deskterm.services.errors import Conflict, DeskError, Erased, NotAllowed, NotFound
from deskterm.services.removal.hiding import PERSONAL
from deskterm.store import tables
from deskterm.store.check import check
from deskterm.store.tables import Deed, DeedRow
from deskterm.views.forms import SearchForm
from tests.services.library import SEED_CARD, TODAY, Library, SteppingClock
from tests.services.removals import ACTOR, PARENT, SECRETS, rows_of, somebody, text_of_store

GROWING = ("change_log", "deed", "deed_row")
KEY = "verwijder-1"


@pytest.fixture
def ready(library: Library) -> Library:
    """A library with somebody who can be removed."""
    somebody(library)
    return library


def remove(library: Library, key: str = KEY, version: int = 1) -> int:
    """Remove the customer; the answer is the deed."""
    return removing.remove(library.desk(), ACTOR, version, key).deed_id


def on_day(library: Library, day: date) -> Desk:
    """The desk on another day."""

    class Later(SteppingClock):
        def today(self) -> date:
            return day

    return replace(library.desk(), clock=Later(at=library.clock.at + (day - TODAY)))


def add_debit(library: Library) -> None:
    charge = library.charge(500)
    now = library.clock.now()
    library.add(
        tables.LedgerEntry(
            customer_id=ACTOR, kind="payment", account="registration", booking_code="2101",
            amount_cents=-500, description="Boete", day=TODAY, at=now, branch_code="9401",
            charge_id=charge,
        ),
        tables.DebitBatch(
            message_id="m", collection_on=TODAY, at=now, total_cents=500, content=""
        ),
        tables.DebitLine(
            batch_id=1, end_to_end_id="e", customer_id=ACTOR, charge_id=charge, mandate_id="m",
            sequence="FRST", iban="NL91ABNA0417164300", amount_cents=500,
        ),
    )  # fmt: skip


def add_hold(library: Library) -> None:
    library.add(
        tables.Title(name="Wachtend", author=""),
        tables.Hold(
            number="2026-03-01.00001", customer_id=ACTOR, title_id=1, pickup_branch="9401",
            placed_on=TODAY,
        ),
    )  # fmt: skip


def add_account(library: Library) -> None:
    library.add(
        tables.LoginAccount(
            customer_id=ACTOR, provider="fake", ref="r", username="t", state="active"
        )
    )


def add_account_job(library: Library) -> None:
    library.add(tables.AccountJob(key="k", customer_id=ACTOR, at=library.clock.now()))


def add_print(library: Library) -> None:
    now = library.clock.now()
    library.add(
        tables.PrintJob(
            key="p", desk_id=1, printer="bon", kind="card", customer_id=ACTOR, next_at=now, at=now,
            updated_at=now,
        )
    )  # fmt: skip


def add_mail(library: Library) -> None:
    now = library.clock.now()
    library.add(tables.MailJob(key="m", kind="x", customer_id=ACTOR, at=now, next_at=now))


def add_credit(library: Library) -> None:
    library.add(
        tables.LedgerEntry(
            customer_id=ACTOR, kind="credit", account="credit", booking_code="R000",
            amount_cents=-250, description="Tegoed", day=TODAY, at=library.clock.now(),
            branch_code="9401",
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("add", "sentence", "action"),
    [
        (lambda library: library.loan("Kruistocht"), "1 exemplaar in bezit", "customer.loans"),
        (add_hold, "1 reservering", "customer.holds"),
        (lambda library: library.charge(1250), "12,50 te betalen", "customer.settle"),
        (add_credit, "2,50 tegoed", "customer.financial"),
        (add_debit, "1 incasso onderweg", "customer.financial"),
        (lambda library: library.period(), "abonnement Compleet t/m 31-07-2026", "tab.3"),
        (
            lambda library: library.period(begin_on=date(2026, 8, 1), end_on=date(2027, 7, 31)),
            "abonnement Compleet t/m 31-07-2027",
            "tab.3",
        ),
        (add_account, "een inlogaccount", "customer.account"),
        (add_account_job, "een inlogaccount dat gemaakt wordt", "customer.account"),
        (add_print, "1 afdruktaak", "print.queue"),
        (add_mail, "1 mail onderweg", ""),
    ],
)
def test_what_is_not_finished_stands_in_the_way_and_says_where_to_go(
    ready: Library, add: Callable[[Library], object], sentence: str, action: str
) -> None:
    assert removing.obstacles(ready.desk(), ACTOR) == ()
    add(ready)
    before = rows_of(ready.store)
    (found,) = removing.obstacles(ready.desk(), ACTOR)
    assert (found.sentence, found.action) == (sentence, action)
    with pytest.raises(removing.NotFinished) as refused:
        remove(ready)
    assert refused.value.obstacles == (found,)
    assert sentence in refused.value.sentence
    assert rows_of(ready.store) == before


def test_nothing_personal_is_left_but_in_the_deeds_rows_and_the_old_log(ready: Library) -> None:
    remove(ready)
    shown = text_of_store(ready.store, without=("deed_row", "change_log"))
    other = shown.replace('"surname": "Ouder"', "").split('"customer_id": 413700')
    assert [word for word in SECRETS[2:] if any(word in part for part in other[1:])] == []
    with ready.store.write() as session:
        row = session.get_one(tables.Customer, ACTOR)
        assert (row.surname, row.born, row.email, row.iban) == ("", None, "", "")
        assert (row.sort_key, row.name_text, row.contact_text) == ("", "", "")
        assert (row.erased_on, row.registered_on) == (TODAY, date(2022, 7, 4))
        deed = session.exec(select(Deed)).one()
        assert (deed.kind, deed.customer_id, deed.until_on) == ("remove", ACTOR, TODAY)
        card = session.exec(select(tables.Card)).one()
        assert (card.number, card.status) == (SEED_CARD, "replaced")
        for name in PERSONAL - {"block", "card"}:
            table = tables.metadata.tables[name]
            theirs = table.select().where(table.c.customer_id == ACTOR)
            assert session.connection().execute(theirs).all() == []
        assert session.exec(select(tables.Block)).one().note == ""
        assert session.exec(select(tables.Letter)).all() == []
    assert ready.log()[-1] == ("remove", "", "", "")
    assert ready.log(PARENT) == [("edit", "relation.child", "413700", "")]


def test_figures_stay(ready: Library) -> None:
    remove(ready)
    rows = rows_of(ready.store)
    assert len(rows["membership_period"]) == 1
    assert len(rows["loan"]) == 1


def test_nobody_finds_a_removed_customer_and_their_number_says_why(ready: Library) -> None:
    remove(ready)
    desk = ready.desk()
    for form in (
        SearchForm(name="Testabo"),
        SearchForm(email="geheim@voorbeeld.nl"),
        SearchForm(number=SEED_CARD),
        SearchForm(number=str(ACTOR)),
    ):
        assert finding.search(desk, form).rows == ()
    for typed in (SEED_CARD, str(ACTOR)):
        with pytest.raises(Erased, match="verwijderd op 15-03-2026"):
            opening.open_text(desk, typed)
    with pytest.raises(NotFound):
        opening.open_text(desk, "Testabo")


def test_herstel_brings_every_row_back_and_the_customer_is_found_again(ready: Library) -> None:
    before = rows_of(ready.store, without=GROWING)
    deed_id = remove(ready)
    assert rows_of(ready.store, without=GROWING) != before
    assert removing.left_of(ready.desk(), deed_id) == ()
    assert "413700 is er weer" in removing.take_back(ready.desk(), deed_id)
    assert rows_of(ready.store, without=GROWING) == before
    opened = opening.open_text(ready.desk(), SEED_CARD)
    assert opened == opening.open_text(ready.desk(), SEED_CARD)
    assert [row.actor_id for row in finding.search(ready.desk(), SearchForm(name="Testabo")).rows]
    assert ready.log()[-1][0] == "remove.undo"
    assert ready.log(PARENT)[-1] == ("edit", "relation.child", "", "413700")
    assert check(ready.store) == ()


def test_an_address_comes_back_although_its_number_is_another_ones_now(ready: Library) -> None:
    with ready.store.write() as session:
        query = select(tables.Address).where(tables.Address.customer_id == ACTOR)
        before = session.exec(query).one().id
    deed_id = remove(ready)
    ready.add(tables.Address(id=before, customer_id=PARENT, street="Brink", house_number="9"))
    removing.take_back(ready.desk(), deed_id)
    with ready.store.write() as session:
        assert session.exec(query).one().street == "Kruisakkers"
        assert session.get_one(tables.Address, before).street == "Brink"


def test_whoever_was_merged_into_them_goes_and_comes_with_them(ready: Library) -> None:
    ready.customer(600, surname="Testabo-oud", merged_into_id=ACTOR)
    deed_id = remove(ready)
    with ready.store.write() as session:
        row = session.get_one(tables.Customer, 600)
        assert (row.surname, row.erased_on) == ("", TODAY)
    removing.take_back(ready.desk(), deed_id)
    with ready.store.write() as session:
        row = session.get_one(tables.Customer, 600)
        assert (row.surname, row.erased_on, row.name_text) == ("Testabo-oud", None, "")


def test_a_tie_that_was_made_anew_since_is_told_and_stays(ready: Library) -> None:
    deed_id = remove(ready)
    with ready.store.write() as session:
        old = session.exec(select(DeedRow).where(DeedRow.table_name == "message")).one()
        session.add(tables.Message(customer_id=ACTOR, line=1, text="Anders"))
        assert old.before
    assert removing.left_of(ready.desk(), deed_id) != ()
    removing.take_back(ready.desk(), deed_id)


def test_a_key_pressed_twice_removes_once(ready: Library) -> None:
    assert remove(ready) == remove(ready)
    assert [line[0] for line in ready.log()].count("remove") == 1


def test_a_second_removal_and_an_old_version_are_refused(ready: Library) -> None:
    editing.save(ready.desk(), ACTOR, 1, {"phone": "0592 111111"})
    with pytest.raises(Conflict):
        remove(ready, version=1)
    remove(ready, version=2)
    with pytest.raises(Erased):
        remove(ready, "een andere", version=3)
    with pytest.raises(Erased):
        editing.save(ready.desk(), ACTOR, 3, {"phone": "0592 222222"})


def test_herstel_is_once_and_on_the_day_itself(ready: Library) -> None:
    deed_id = remove(ready)
    with pytest.raises(DeskError, match="tot en met 15-03-2026"):
        removing.take_back(on_day(ready, TODAY + timedelta(days=1)), deed_id)
    removing.take_back(ready.desk(), deed_id)
    with pytest.raises(DeskError, match="al hersteld"):
        removing.take_back(ready.desk(), deed_id)
    with pytest.raises(NotFound):
        removing.take_back(ready.desk(), 99)


@pytest.mark.parametrize("role", ["BALIEBHR", "CATABASIS", "CATAPLUS"])
def test_who_may_not_remove_neither_looks_nor_takes_back(ready: Library, role: str) -> None:
    deed_id = remove(ready)
    desk = ready.desk(role)
    for refused in (
        lambda: removing.obstacles(desk, ACTOR),
        lambda: removing.remove(desk, ACTOR, 1, "k"),
        lambda: removing.left_of(desk, deed_id),
        lambda: removing.take_back(desk, deed_id),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_key_that_stands_for_something_else_is_a_mistake(ready: Library) -> None:
    remove(ready)
    with pytest.raises(ValueError, match="another deed"):
        removing.remove(ready.desk(), PARENT, 1, KEY)
    with pytest.raises(ValueError, match="needs a key"):
        removing.remove(ready.desk(), PARENT, 1, "")
