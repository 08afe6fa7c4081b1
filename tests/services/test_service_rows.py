"""Acts on a row: blocking cards, starting and ending roles, and the overviews."""

from datetime import date, timedelta

import pytest

from deskterm.services import cards, opening, overviews, roles
from deskterm.services.errors import DeskError, NotAllowed, NotFound
from deskterm.store import tables
from tests.services.library import SEED_CARD, TODAY, Library


def test_a_card_is_blocked_and_unblocked(library: Library) -> None:
    library.customer()
    library.card()
    blocked = cards.block(library.desk("BALIEBHR"), 413700, 1, 1)
    assert (blocked.cards[0].status, blocked.block.active_cards, blocked.version) == (
        "blocked",
        0,
        2,
    )
    assert blocked.block.card_number == SEED_CARD, "a blocked hoofdpas stays the customer's card"
    assert cards.unblock(library.desk(), 413700, 2, 1).cards[0].status == "active"
    assert library.log() == [
        ("card.block", "card", f"{SEED_CARD} active", f"{SEED_CARD} blocked"),
        ("card.unblock", "card", f"{SEED_CARD} blocked", f"{SEED_CARD} active"),
    ]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("replaced", "blijft ongeldig"),
        ("blocked", "al geblokkeerd"),
        ("active", "niet geblokkeerd"),
    ],
)
def test_a_card_in_another_state_is_left_alone(
    sqlite_library: Library, status: str, said: str
) -> None:
    sqlite_library.customer()
    sqlite_library.card(status=status, kind="extra")
    act = cards.unblock if status == "active" else cards.block
    with pytest.raises(DeskError, match=said):
        act(sqlite_library.desk(), 413700, 1, 1)
    assert opening.refresh(sqlite_library.desk(), 413700).version == 1
    assert sqlite_library.log() == []


def test_nobody_elses_card_is_blocked(library: Library) -> None:
    library.customer()
    library.customer(2)
    library.card(actor_id=2)
    with pytest.raises(NotFound):
        cards.block(library.desk(), 413700, 1, 1)
    with pytest.raises(NotAllowed):
        cards.block(library.desk(role=None), 2, 1, 1)


def test_a_role_starts_and_ends_and_stays_as_a_row(library: Library) -> None:
    library.customer()
    view = roles.start(library.desk(), 413700, 1, "ABO")
    (role,) = view.roles
    assert (role.name, role.begin_on, role.end_on) == ("Abonnementhouder", TODAY, None)
    with pytest.raises(DeskError, match="al"):
        roles.start(library.desk(), 413700, 2, "ABO")
    with pytest.raises(DeskError, match="kent rol XXX niet"):
        roles.start(library.desk(), 413700, 2, "XXX")
    view = roles.end(library.desk(), 413700, 2, role.id)
    assert view.roles[0].end_on == TODAY
    with pytest.raises(DeskError, match="beëindigd"):
        roles.end(library.desk(), 413700, 3, role.id)
    assert [line[0] for line in library.log()] == ["role.start", "role.end"]
    assert roles.start(library.desk(), 413700, 3, "ABO").version == 4


def test_the_history_is_shown_only_when_the_customer_allows_it(library: Library) -> None:
    library.customer()
    library.loan("Thuis")
    library.loan("Terug", returned_on=TODAY - timedelta(days=2))
    library.loan("Later terug", returned_on=TODAY - timedelta(days=1))
    lines = overviews.history(library.desk(), 413700)
    assert [line.title for line in lines] == ["Later terug", "Terug"]
    assert not any(line.overdue for line in lines)
    library.customer(2, show_history=False)
    with pytest.raises(DeskError, match="leenhistorie"):
        overviews.history(library.desk(), 2)
    with pytest.raises(NotFound):
        overviews.history(library.desk(), 3)


def test_loans_are_counted_by_year_with_what_the_customer_counted(library: Library) -> None:
    library.customer(loans_this_year=4, loans_last_year=1)
    library.loan("Nu")
    for title in ("Een", "Twee"):
        library.loan(title, lent_on=date(2025, 5, 1), returned_on=date(2025, 5, 9))
    library.loan("Oud", lent_on=date(2022, 12, 31), returned_on=date(2023, 1, 2))
    found = overviews.loan_years(library.desk(), 413700)
    assert [(one.year, one.loans) for one in found] == [
        (2026, 4), (2025, 2), (2024, 0), (2023, 0), (2022, 1),
    ]  # fmt: skip


def test_of_a_hidden_history_only_the_counters_are_told(library: Library) -> None:
    library.customer(show_history=False, loans_last_year=3)
    library.loan("Oud", lent_on=date(2022, 12, 31), returned_on=date(2023, 1, 2))
    found = overviews.loan_years(library.desk(), 413700)
    assert [(one.year, one.loans) for one in found] == [(2026, 0), (2025, 3)]
    with pytest.raises(NotFound):
        overviews.loan_years(library.desk(), 9)


def test_charges_are_shown_open_and_closed_and_payments_by_whom(library: Library) -> None:
    library.customer()
    charge = library.charge(250)
    library.charge(100)
    library.add(
        tables.LedgerEntry(
            customer_id=413700,
            kind="payment",
            account="registration",
            booking_code="2101",
            journal="K000",
            amount_cents=-250,
            description="Betaald",
            day=TODAY,
            at=library.clock.now(),
            charge_id=charge,
            staff_id=1,
            branch_code="9401",
        )
    )
    lines = overviews.charges(library.desk(), 413700)
    assert sorted((line.amount_cents, line.open_cents) for line in lines) == [(100, 100), (250, 0)]
    (payment,) = overviews.payments(library.desk(), 413700)
    assert (payment.amount_cents, payment.journal, payment.staff) == (-250, "K000", "Baliebhr")
    assert opening.refresh(library.desk(), 413700).block.registration_cents == 100
