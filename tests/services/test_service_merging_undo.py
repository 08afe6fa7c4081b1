"""A merge taken apart leaves every row as it was, but for what changed since, which it tells."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from deskterm.services import cards, editing, finding, merging, opening, settling
from deskterm.services.desk import DayClock
from deskterm.services.errors import DeskError, NotFound
from deskterm.services.merge.moving import NOT_MOVED, references
from deskterm.services.merge.writing import index
from deskterm.store import tables
from deskterm.store.ledger_check import disorders
from deskterm.views.forms import SearchForm
from tests.services.library import TODAY, Library
from tests.services.merging import (
    CHILD,
    KEEPER,
    LOSER,
    LOSER_CARD,
    add_rows,
    add_two,
    everything,
    merge_two,
)
from tests.services.merging_rows import KINDS_OF_ROWS, rows_of

FORMS = st.fixed_dictionaries(
    {},
    optional={
        "phone": st.sampled_from(["0592-111111", "0592-222222"]),
        "email": st.sampled_from(["a@example.org", "b@example.org"]),
        "iban": st.just("NL91ABNA0417164300"),
        "direct_debit": st.booleans(),
        "external_number": st.sampled_from(["EXT-00000001", "EXT-00000002"]),
        "private_comment": st.sampled_from(["een", "twee"]),
        "no_mail": st.booleans(),
        "loans_total": st.integers(0, 9),
        "registered_on": st.dates(TODAY - timedelta(days=900), TODAY),
        "last_activity_on": st.one_of(st.none(), st.just(TODAY)),
        "sex": st.sampled_from(["M", "V", "X"]),
    },
)
KINDS = st.sets(st.sampled_from(KINDS_OF_ROWS))
TIES = st.lists(st.tuples(*[st.integers(0, 2)] * 2, st.sampled_from(["parent", "partner"])))
_numbers = count(1)


@pytest.fixture
def two(library: Library) -> Library:
    """Two records of one person with something of every kind."""
    add_two(library)
    add_rows(library)
    return library


@given(
    forms=st.tuples(FORMS, FORMS),
    kinds=st.tuples(KINDS, KINDS),
    ties=TIES,
    chosen=st.sampled_from(["keeper", "loser", "suggested"]),
    stays=st.sampled_from(["keeper", "loser"]),
)
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_merging_and_taking_apart_leaves_every_row_as_it_was(
    sqlite_library: Library,
    forms: tuple[dict[str, object], dict[str, object]],
    kinds: tuple[set[str], set[str]],
    ties: list[tuple[int, int, str]],
    chosen: str,
    stays: str,
) -> None:
    people = [1000 + next(_numbers) for _ in range(3)]
    keeper, loser, _third = people
    for who, form in zip(people, (*forms, {}), strict=True):
        sqlite_library.customer(who, **form)
    for who, names in zip((keeper, loser), kinds, strict=True):
        for name in sorted(names):
            sqlite_library.add(*rows_of(name, who, next(_numbers)))
    sqlite_library.add(
        *(
            tables.Relation(customer_id=people[start], other_id=people[end], kind=kind)
            for start, end, kind in ties
            if start != end
        )
    )
    with sqlite_library.store.write() as session:
        for who in people:
            index(session, who)
    before = everything(sqlite_library.store)
    desk = sqlite_library.desk()
    shown = merging.compare(desk, keeper, loser)
    answers = {
        one.name: one.suggested if chosen == "suggested" else chosen
        for one in shown.fields
        if one.choosable
    }
    decisions = {one.name: stays for one in shown.decisions}
    merged = merging.merge(
        desk, keeper, loser, shown.versions, f"k{keeper}", answers, decisions, sure=True
    )
    assert everything(sqlite_library.store) != before
    with sqlite_library.store.read() as connection:
        assert list(disorders(connection)) == []
    assert merging.take_apart(desk, merged.deed_id).left == ()
    assert everything(sqlite_library.store) == before


def test_every_table_that_names_a_customer_is_tried() -> None:
    tried = {
        str(getattr(row, "__tablename__", ""))
        for kind in KINDS_OF_ROWS
        for row in rows_of(kind, 1, 1)
    }
    named = {table.name for table, column in references()}
    untried = {table for table, _column in NOT_MOVED} | {"customer", "relation"}
    assert named - untried <= tried


def test_every_kind_of_row_goes_back(two: Library) -> None:
    before = everything(two.store)
    merged = merge_two(two)
    assert merging.left_of(two.desk(), merged.deed_id) == ()
    apart = merging.take_apart(two.desk(), merged.deed_id)
    assert (apart.customer.actor_id, apart.loser_id, apart.left) == (KEEPER, LOSER, ())
    assert everything(two.store) == before
    assert opening.refresh(two.desk(), LOSER).actor_id == LOSER
    assert ("merge.undo", "actor_id", str(KEEPER), str(LOSER)) in two.log(LOSER)
    assert ("merge.undo", "actor_id", str(KEEPER), str(LOSER)) in two.log(KEEPER)


def test_what_changed_since_stays_and_is_asked_first(two: Library) -> None:
    merged = merge_two(two)
    desk = two.desk()
    editing.save(desk, KEEPER, merged.customer.version, {"phone": "0592-654321", "fax": ""})
    two.loan("Nieuw", KEEPER)
    told = ("Telefoon blijft 0592-654321, en wordt niet weer leeg.",)
    assert merging.left_of(desk, merged.deed_id) == told
    with pytest.raises(DeskError, match="0592-654321"):
        merging.take_apart(desk, merged.deed_id)
    assert opening.refresh(desk, LOSER).actor_id == KEEPER
    apart = merging.take_apart(desk, merged.deed_id, anyway=True)
    assert apart.left == told
    assert apart.customer.person.phone == "0592-654321"
    assert [loan.title for loan in apart.customer.loans] == ["Nieuw"]
    assert [loan.title for loan in opening.refresh(desk, LOSER).loans] == ["Thuis"]


def test_both_are_found_by_what_they_have_again(two: Library) -> None:
    merged = merge_two(two)
    desk = two.desk()
    editing.save(desk, KEEPER, merged.customer.version, {"mobile": "06-12345678"})
    merging.take_apart(desk, merged.deed_id)
    for phone, who in (("06-12345678", KEEPER), ("0592-123456", LOSER)):
        found = finding.search(desk, SearchForm(phone=phone)).rows
        assert [row.actor_id for row in found] == [who]


def test_a_counter_that_went_on_loses_what_was_the_loser_s(two: Library) -> None:
    with two.store.write() as session:
        session.get_one(tables.Customer, KEEPER).loans_total = 10
        session.get_one(tables.Customer, LOSER).loans_total = 5
    merged = merge_two(two)
    with two.store.write() as session:
        session.get_one(tables.Customer, KEEPER).loans_total += 2
    apart = merging.take_apart(two.desk(), merged.deed_id)
    assert apart.customer.person.loans_total == 12


def test_a_payment_since_goes_with_its_charge(two: Library) -> None:
    merged = merge_two(two)
    desk = two.desk()
    for charge in opening.refresh(desk, KEEPER).charges:
        settling.pay(desk, KEEPER, f"pay-{charge.id}", [charge.id], "K000", charge.open_cents)
    merging.take_apart(desk, merged.deed_id)
    with two.store.read() as connection:
        assert list(disorders(connection)) == []
    assert opening.refresh(desk, LOSER).block.registration_cents == 0
    assert opening.refresh(desk, KEEPER).block.registration_cents == 0


def test_credit_that_was_used_since_stays(two: Library) -> None:
    two.add(*rows_of("credit", LOSER, 1))
    merged = merge_two(two)
    desk = two.desk()
    own = next(one for one in opening.refresh(desk, KEEPER).charges if one.amount_cents == 500)
    settling.pay(desk, KEEPER, "pay", [own.id], "R000", 100)
    (told,) = merging.left_of(desk, merged.deed_id)
    assert "1,00" in told
    merging.take_apart(desk, merged.deed_id, anyway=True)
    with two.store.read() as connection:
        assert list(disorders(connection)) == []


def test_a_second_hoofdpas_does_not_come_back(two: Library) -> None:
    merged = merge_two(two, decisions={"main_card": "loser"})
    desk, version = two.desk(), merged.customer.version
    card = next(one for one in merged.customer.cards if one.number == LOSER_CARD)
    issued = cards.replace(desk, KEEPER, version, card.id, "V", "new")
    (told,) = merging.left_of(desk, merged.deed_id)
    assert issued.number in told
    apart = merging.take_apart(desk, merged.deed_id, anyway=True)
    assert apart.customer.block.card_number == issued.number
    assert opening.refresh(desk, LOSER).cards[0].status == "replaced"


@pytest.mark.parametrize("had_one", [True, False])
def test_an_account_that_came_since_stays(two: Library, had_one: bool) -> None:
    account: dict[str, Any] = {"customer_id": KEEPER, "provider": "local", "state": "active"}
    if had_one:
        two.add(tables.LoginAccount(**account, ref="ref-2", username="keeper"))
    answers = {"main_card": "keeper"} | ({"account": "loser"} if had_one else {})
    merged = merge_two(two, decisions=answers)
    with two.store.write() as session:
        session.delete(session.get_one(tables.LoginAccount, KEEPER))
        session.flush()
        session.add(tables.LoginAccount(**account, ref="ref-3", username="newer"))
    assert "inlogaccount" in merging.left_of(two.desk(), merged.deed_id)[0]
    apart = merging.take_apart(two.desk(), merged.deed_id, anyway=True)
    assert apart.customer.account.username == "newer"
    assert opening.refresh(two.desk(), LOSER).account.state == "none"


def test_what_the_account_server_told_since_goes_along(two: Library) -> None:
    merged = merge_two(two)
    with two.store.write() as session:
        session.get_one(tables.LoginAccount, KEEPER).state = "expired"
    assert merging.take_apart(two.desk(), merged.deed_id).left == ()
    assert opening.refresh(two.desk(), LOSER).account.state == "expired"


def test_it_goes_back_for_thirty_days(two: Library) -> None:
    merged = merge_two(two)
    assert merged.until_on == TODAY + timedelta(days=30)
    late = replace(two.desk(), clock=DayClock(TODAY + timedelta(days=31)))
    with pytest.raises(DeskError, match="14-04-2026"):
        merging.take_apart(late, merged.deed_id)
    last = replace(two.desk(), clock=DayClock(TODAY + timedelta(days=30)))
    assert merging.take_apart(last, merged.deed_id).loser_id == LOSER


def test_it_goes_back_once(two: Library) -> None:
    merged = merge_two(two)
    merging.take_apart(two.desk(), merged.deed_id)
    with pytest.raises(DeskError, match="al uit elkaar"):
        merging.take_apart(two.desk(), merged.deed_id)
    assert merge_two(two, key="again").customer.actor_id == KEEPER


def test_the_later_merge_goes_back_first(two: Library) -> None:
    before = everything(two.store)
    desk = two.desk()
    first = merge_two(two)
    shown = merging.compare(desk, CHILD, KEEPER)
    second = merging.merge(desk, CHILD, KEEPER, shown.versions, "second", {}, {}, sure=True)
    with pytest.raises(DeskError) as refused:
        merging.take_apart(desk, first.deed_id)
    assert str(CHILD) in refused.value.sentence
    merging.take_apart(desk, second.deed_id)
    merging.take_apart(desk, first.deed_id)
    assert everything(two.store) == before


def test_what_is_no_merge_is_not_taken_apart(sqlite_library: Library) -> None:
    with pytest.raises(NotFound):
        merging.take_apart(sqlite_library.desk(), 99)
