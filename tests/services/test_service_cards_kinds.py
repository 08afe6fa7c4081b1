"""Hoofdpas and volgpas, and Herstel of a card that was handed out today."""

from datetime import timedelta

import pytest

from deskterm.rules.cards import from_serial
from deskterm.services import cards, ledger, opening, settling
from deskterm.services.errors import Conflict, DeskError, NotAllowed, NotFound
from deskterm.store import tables
from deskterm.views.cards import CardIssued
from deskterm.views.customer import CustomerView
from tests.services.library import SEED_CARD, TODAY, Library
from tests.services.money import CUSTOMER, Books
from tests.services.test_service_cards import NEW, OTHERS, ready, replaced


@pytest.fixture
def seed(books: Books) -> Library:
    """The customer of the seed with a card, in a library that asks 5,00 for a new one."""
    return ready(books)


def kinds(view: CustomerView) -> dict[str, str]:
    return {card.number: f"{card.kind} {card.status}" for card in view.cards}


def taken_back(library: Library, done: CardIssued, number: str = "") -> CustomerView:
    """Herstel on the row of a number, else on that of the new card."""
    wanted = number or done.number
    card = next(card for card in done.customer.cards if card.number == wanted)
    return cards.undo(library.desk("BALIEBHR"), CUSTOMER, done.customer.version, card.id)


def test_a_hoofdpas_becomes_a_volgpas_that_works_on(seed: Library) -> None:
    view = cards.to_extra(seed.desk("BALIEBHR"), CUSTOMER, 1, 1)
    assert kinds(view) == {SEED_CARD: "extra active"}
    assert (view.block.card_number, view.block.active_cards, view.version) == (None, 1, 2)
    with pytest.raises(DeskError, match="al een volgpas"):
        cards.to_extra(seed.desk(), CUSTOMER, 2, 1)
    assert seed.log() == [("card.kind", "card", f"{SEED_CARD} main", f"{SEED_CARD} extra")]


def test_a_volgpas_becomes_the_hoofdpas_and_the_other_a_volgpas(seed: Library) -> None:
    seed.card(NEW, kind="extra")
    view = cards.to_main(seed.desk("BALIEBHR"), CUSTOMER, 1, 2)
    assert kinds(view) == {NEW: "main active", SEED_CARD: "extra active"}
    assert (view.block.card_number, view.version) == (NEW, 2)
    with pytest.raises(DeskError, match="al de hoofdpas"):
        cards.to_main(seed.desk(), CUSTOMER, 2, 2)
    cards.to_extra(seed.desk(), CUSTOMER, 2, 2)
    assert kinds(cards.to_main(seed.desk(), CUSTOMER, 3, 1))[SEED_CARD] == "main active"


def test_a_card_that_does_not_work_becomes_no_hoofdpas(seed: Library) -> None:
    seed.card(NEW, kind="extra", status="blocked")
    seed.card(OTHERS, kind="extra", status="replaced")
    with pytest.raises(DeskError, match="is geblokkeerd") as refused:
        cards.to_main(seed.desk(), CUSTOMER, 1, 2)
    assert "Deblokkeer" in refused.value.hint
    for act in (cards.to_main, cards.to_extra):
        with pytest.raises(DeskError, match="blijft ongeldig"):
            act(seed.desk(), CUSTOMER, 1, 3)
    assert seed.log() == []


def test_a_change_of_kind_needs_the_right_the_card_and_the_version(seed: Library) -> None:
    seed.card(NEW, kind="extra")
    for act, card_id in ((cards.to_extra, 1), (cards.to_main, 2), (cards.undo, 1)):
        with pytest.raises(NotAllowed):
            act(seed.desk(None), CUSTOMER, 1, card_id)
        with pytest.raises(NotFound):
            act(seed.desk(), CUSTOMER, 1, 99)
        with pytest.raises(Conflict):
            act(seed.desk(), CUSTOMER, 0, card_id)


@pytest.mark.parametrize("row", [NEW, SEED_CARD])
def test_herstel_brings_the_old_card_back_and_takes_the_cost_away(seed: Library, row: str) -> None:
    before = opening.refresh(seed.desk(), CUSTOMER)
    view = taken_back(seed, replaced(seed), row)
    assert view.cards == before.cards
    assert view.block == before.block
    assert settling.open_lines(seed.desk(), CUSTOMER).lines == ()
    assert seed.log()[2:] == [
        ("undo", "registration", "5,00", "0,00"),
        ("card.undo", "card", NEW, SEED_CARD),
    ]
    assert view.version == 3
    assert ledger.check(seed.desk()) == ()


def test_a_scanned_number_is_free_again_and_a_made_one_never_comes_back(seed: Library) -> None:
    taken_back(seed, replaced(seed))
    view = taken_back(seed, replaced(seed, "V", version=3))
    made = from_serial("9401", 7587)
    assert kinds(view) == {SEED_CARD: "main active", made: "extra replaced"}
    assert replaced(seed, "V", version=5).number == from_serial("9401", 7588)
    seed.customer(500)
    assert cards.add(seed.desk(), 500, 1, "main", NEW, "k1").number == NEW


def test_a_blocked_card_comes_back_blocked(seed: Library) -> None:
    cards.block(seed.desk(), CUSTOMER, 1, 1)
    view = taken_back(seed, replaced(seed, version=2))
    assert kinds(view) == {SEED_CARD: "main blocked"}


def test_a_cost_that_was_waived_or_paid_is_taken_back_first(seed: Library) -> None:
    desk = seed.desk("BALIEBHR")
    done = replaced(seed)
    waived = settling.waive(desk, CUSTOMER, "w1", [done.charge_id or 0], "HER", "9005", "0501")
    assert waived.cents == 500
    version = opening.refresh(desk, CUSTOMER).version
    with pytest.raises(DeskError, match="al betaald of kwijtgescholden") as refused:
        cards.undo(desk, CUSTOMER, version, 2)
    assert "Financieel" in refused.value.hint
    assert kinds(opening.refresh(desk, CUSTOMER))[NEW] == "main active"
    settling.undo(desk, CUSTOMER, Books(seed).last_entry())
    version = opening.refresh(desk, CUSTOMER).version
    view = cards.undo(desk, CUSTOMER, version, 2)
    assert (kinds(view), view.block.registration_cents) == ({SEED_CARD: "main active"}, 0)
    assert ledger.check(desk) == ()


def test_a_cost_that_was_taken_back_already_is_not_taken_back_twice(seed: Library) -> None:
    done = replaced(seed)
    settling.undo(seed.desk(), CUSTOMER, done.charge_id or 0)
    version = opening.refresh(seed.desk(), CUSTOMER).version
    view = cards.undo(seed.desk(), CUSTOMER, version, 2)
    assert (view.block.card_number, view.block.registration_cents) == (SEED_CARD, 0)
    assert ledger.check(seed.desk()) == ()


def test_herstel_is_for_today_and_for_what_was_handed_out(seed: Library) -> None:
    with pytest.raises(DeskError, match="niet uitgegeven of vervangen"):
        cards.undo(seed.desk(), CUSTOMER, 1, 1)
    done = replaced(seed)
    with seed.store.write() as session:
        issue = session.get_one(tables.CardIssue, 1)
        issue.day = TODAY - timedelta(days=1)
        session.add(issue)
    with pytest.raises(DeskError, match="alleen op de dag zelf"):
        taken_back(seed, done)


def test_a_cost_of_another_desk_is_taken_back_there(seed: Library) -> None:
    done = replaced(seed)
    with pytest.raises(DeskError, match="andere balie"):
        cards.undo(Books(seed).other_desk(), CUSTOMER, done.customer.version, 2)
    assert kinds(opening.refresh(seed.desk(), CUSTOMER))[SEED_CARD] == "extra replaced"
    assert taken_back(seed, done).block.card_number == SEED_CARD


def test_of_two_replacements_the_last_goes_back_first(seed: Library) -> None:
    replaced(seed)
    done = replaced(seed, OTHERS, version=2, card_id=2)
    with pytest.raises(DeskError, match="sindsdien gewijzigd"):
        taken_back(seed, done, SEED_CARD)
    view = taken_back(seed, done)
    assert kinds(view) == {NEW: "main active", SEED_CARD: "extra replaced"}
    again = cards.undo(seed.desk(), CUSTOMER, view.version, 2)
    assert kinds(again) == {SEED_CARD: "main active"}


def test_a_card_whose_kind_was_changed_does_not_go_back(seed: Library) -> None:
    done = replaced(seed)
    view = cards.to_extra(seed.desk(), CUSTOMER, 2, 2)
    with pytest.raises(DeskError, match="sindsdien gewijzigd"):
        cards.undo(seed.desk(), CUSTOMER, view.version, 2)
    view = cards.to_main(seed.desk(), CUSTOMER, view.version, 2)
    assert cards.undo(seed.desk(), CUSTOMER, view.version, 2).block.card_number == SEED_CARD
    assert done.number == NEW


def test_a_volgpas_of_today_goes_back_too(seed: Library) -> None:
    done = cards.add(seed.desk(), CUSTOMER, 1, "extra", NEW, "k1")
    assert kinds(taken_back(seed, done)) == {SEED_CARD: "main active"}
    assert seed.log()[-1] == ("card.undo", "card", NEW, "")
