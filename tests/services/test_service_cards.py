"""Cards handed out: Vervangen with its cost, Nieuwe volgpas, and every number that is refused."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import count
from threading import Barrier

import pytest

from deskterm.rules.cards import from_serial
from deskterm.services import cards, ledger, opening, settling
from deskterm.services.desk import Desk
from deskterm.services.errors import Conflict, DeskError, FormFaults, NotAllowed, NotFound
from deskterm.store import tables
from deskterm.store.engine import open_store
from deskterm.views.cards import CardIssued
from deskterm.views.customer import Opened
from tests.services.library import SEED_CARD, Library
from tests.services.money import CUSTOMER, Books

NEW = from_serial("9401", 8000)
OTHERS = from_serial("9401", 8001)
STAFF_CARD = "29401999900001"
ITEM = "39401000000013"
Press = Callable[[Desk], CardIssued]
_keys = count(1)


@pytest.fixture
def seed(books: Books) -> Library:
    """The customer of the seed with a card, in a library that asks 5,00 for a new one."""
    return ready(books)


@pytest.fixture
def sqlite_seed(sqlite_books: Books) -> Library:
    """The same, for tables of cases that are no matter of the engine."""
    return ready(sqlite_books)


def ready(books: Books) -> Library:
    library = books.library
    library.card(last_used_on=date(2022, 7, 6))
    library.add(
        tables.Cost(
            code="card", name="Vervangende pas", booking_code="2803", price_cents=500,
            valid_from=date(2015, 1, 1),
        )
    )  # fmt: skip
    return library


def replaced(library: Library, typed: str = NEW, version: int = 1, card_id: int = 1) -> CardIssued:
    """Vervangen as the desk does it, with a key of its own."""
    key = f"replace-{next(_keys)}"
    return cards.replace(library.desk("BALIEBHR"), CUSTOMER, version, card_id, typed, key)


def shown(done: CardIssued) -> list[tuple[str, str, str]]:
    return [(card.number, card.kind, card.status) for card in done.customer.cards]


def test_the_old_card_is_dead_the_new_one_is_the_hoofdpas_and_costs_something(
    seed: Library,
) -> None:
    done = replaced(seed)
    assert shown(done) == [(NEW, "main", "active"), (SEED_CARD, "extra", "replaced")]
    assert (done.number, done.made, done.old_number, done.repeated) == (
        NEW, False, SEED_CARD, False,
    )  # fmt: skip
    block = done.customer.block
    assert (block.card_number, block.active_cards, block.registration_cents) == (NEW, 1, 500)
    (line,) = settling.open_lines(seed.desk(), CUSTOMER).lines
    assert (line.charge_id, line.description, line.booking_code, line.open_cents) == (
        done.charge_id, "Vervangende pas", "2803", 500,
    )  # fmt: skip
    assert ledger.check(seed.desk()) == ()


def test_one_save_is_one_version_and_every_change_is_logged(seed: Library) -> None:
    assert replaced(seed).customer.version == 2
    assert seed.log() == [
        ("charge", "registration", "", "Vervangende pas 5,00"),
        ("card.replace", "card", SEED_CARD, NEW),
    ]


def test_loans_holds_and_costs_stay_with_the_customer(seed: Library) -> None:
    seed.loan("Thuis")
    seed.charge(250)
    before = opening.refresh(seed.desk(), CUSTOMER)
    after = replaced(seed).customer
    assert (after.loans, after.holds) == (before.loans, before.holds)
    assert len(after.loans) == 1
    assert after.block.registration_cents == 250 + 500


@pytest.mark.parametrize("typed", [NEW, f" {NEW} ", f"a{NEW}B", f"{NEW[:5]} {NEW[5:]}"])
def test_a_number_is_taken_however_it_was_scanned(sqlite_seed: Library, typed: str) -> None:
    assert replaced(sqlite_seed, typed).number == NEW


@pytest.mark.parametrize("typed", ["v", "V", " v "])
def test_a_number_is_made_for_a_card_to_be_printed(sqlite_seed: Library, typed: str) -> None:
    done = replaced(sqlite_seed, typed)
    assert (done.number, done.made) == (from_serial("9401", 7587), True)


def test_a_made_number_is_none_that_a_customer_or_an_employee_has(seed: Library) -> None:
    seed.customer(2)
    seed.card(from_serial("9401", 99_989_999), 2)
    assert from_serial("9401", 99_990_000) == STAFF_CARD
    assert replaced(seed, "V").number == from_serial("9401", 99_990_001)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Scan de nieuwe pas, of typ V"),
        ("P", "P kan alleen bij het inschrijven"),
        ("p", "P kan alleen bij het inschrijven"),
        (SEED_CARD, "is de oude pas zelf"),
        (OTHERS, "in gebruik bij een andere klant, actor-id 500"),
        (STAFF_CARD, "is van een medewerker"),
        (ITEM, "is een exemplaar, geen pas"),
        (NEW[:-1] + "0", "controlecijfer van .* klopt niet"),
        (NEW[:-1], "is geen pasnummer van deze bibliotheek"),
        ("x", "is geen pasnummer van deze bibliotheek"),
        ("٢" * 14, "is geen pasnummer van deze bibliotheek"),
        (from_serial("1111", 1), "is geen pasnummer van deze bibliotheek"),
        (NEW + NEW, "is geen pasnummer van deze bibliotheek"),
    ],
)
def test_a_number_that_cannot_be_says_why_and_nothing_changes(
    sqlite_seed: Library, typed: str, said: str
) -> None:
    library = sqlite_seed
    library.customer(500)
    library.card(OTHERS, 500)
    before = opening.refresh(library.desk(), CUSTOMER)
    for ask in (
        lambda: replaced(library, typed),
        lambda: cards.offer(library.desk(), CUSTOMER, typed, 1),
    ):
        with pytest.raises(FormFaults) as refused:
            ask()
        ((field, sentence),) = refused.value.faults
        assert field == "card"
        assert re.search(said, sentence), sentence
    assert opening.refresh(library.desk(), CUSTOMER) == before
    assert library.log() == []


def test_a_card_of_the_customer_that_is_dead_or_in_use_is_no_new_card(seed: Library) -> None:
    seed.card(OTHERS, kind="extra", status="replaced")
    seed.card(NEW, kind="extra")
    for typed, said in ((OTHERS, "blijft ongeldig"), (NEW, "al een pas van deze klant")):
        with pytest.raises(FormFaults) as refused:
            replaced(seed, typed)
        assert said in refused.value.faults[0][1]


def test_an_offer_says_the_number_and_the_cost_and_writes_nothing(seed: Library) -> None:
    offer = cards.offer(seed.desk(), CUSTOMER, NEW, 1)
    assert (offer.number, offer.cost_name, offer.cost_cents) == (NEW, "Vervangende pas", 500)
    assert cards.offer(seed.desk(), CUSTOMER, "V", 1).number == ""
    assert cards.offer(seed.desk(), CUSTOMER, NEW).cost_cents == 0, "it replaces none"
    assert seed.log() == []


@pytest.mark.parametrize("price", [None, 0])
def test_where_a_new_card_is_free_nothing_is_booked(books: Books, price: int | None) -> None:
    library = books.library
    library.card()
    if price is not None:
        library.add(
            tables.Cost(
                code="card", name="Pas", booking_code="2803", price_cents=price,
                valid_from=date(2015, 1, 1),
            )
        )  # fmt: skip
    done = replaced(library)
    assert (done.charge_id, done.customer.block.registration_cents) == (None, 0)
    assert cards.undo(library.desk(), CUSTOMER, 2, 2).block.card_number == SEED_CARD


def test_a_blocked_card_and_a_volgpas_are_replaced_by_what_they_were(seed: Library) -> None:
    cards.block(seed.desk(), CUSTOMER, 1, 1)
    seed.card(OTHERS, kind="extra")
    assert shown(replaced(seed, version=2))[0] == (NEW, "main", "active")
    done = replaced(seed, "V", version=3, card_id=2)
    assert (done.number, "extra", "active") in shown(done)
    assert (OTHERS, "extra", "replaced") in shown(done)
    assert done.customer.block.card_number == NEW


def test_a_replaced_card_is_not_replaced_again(seed: Library) -> None:
    replaced(seed)
    for ask in (
        lambda: replaced(seed, OTHERS, version=2),
        lambda: cards.offer(seed.desk(), CUSTOMER, OTHERS, 1),
    ):
        with pytest.raises(DeskError, match=f"{SEED_CARD} is vervangen en blijft ongeldig"):
            ask()


def test_a_press_that_is_repeated_replaces_once(seed: Library) -> None:
    desk = seed.desk()
    first = cards.replace(desk, CUSTOMER, 1, 1, "V", "k1")
    again = cards.replace(desk, CUSTOMER, 1, 1, "V", "k1")
    assert (again.number, again.charge_id, again.repeated) == (first.number, first.charge_id, True)
    assert again.customer == first.customer
    assert first.customer.block.registration_cents == 500
    seed.customer(500)
    with pytest.raises(ValueError, match="stands for"):
        cards.replace(desk, 500, 1, 1, "V", "k1")
    with pytest.raises(ValueError, match="needs a key"):
        cards.replace(desk, CUSTOMER, 2, 2, "V", "")


def test_the_second_of_two_desks_is_told_and_hands_out_nothing(seed: Library) -> None:
    replaced(seed)
    with pytest.raises(Conflict) as refused:
        replaced(seed, OTHERS)
    assert (SEED_CARD, NEW) in {(mine, now) for _field, now, mine in refused.value.differences}
    view = opening.refresh(seed.desk(), CUSTOMER)
    assert [card.number for card in view.cards] == [NEW, SEED_CARD]
    assert view.block.registration_cents == 500


def test_only_who_may_replaces_and_only_the_customers_own_card(seed: Library) -> None:
    seed.customer(500)
    seed.card(OTHERS, 500)
    with pytest.raises(NotAllowed):
        cards.replace(seed.desk(None), CUSTOMER, 1, 1, NEW, "k1")
    with pytest.raises(NotAllowed):
        cards.offer(seed.desk(None), CUSTOMER, NEW, 1)
    for card_id in (2, 99):
        with pytest.raises(NotFound):
            replaced(seed, card_id=card_id)
    with pytest.raises(NotFound):
        cards.replace(seed.desk(), 999, 1, 1, NEW, "k1")
    assert seed.log() == []


def test_the_replaced_card_still_finds_its_customer_and_says_so(seed: Library) -> None:
    replaced(seed)
    opened = opening.open_text(seed.desk(), SEED_CARD)
    assert isinstance(opened, Opened)
    assert opened.customer.actor_id == CUSTOMER
    (told,) = [one for one in opened.pop_ups if one.kind == "card"]
    assert told.lines == (
        f"Pas {SEED_CARD} is vervangen en blijft ongeldig.", f"De pas van nu is {NEW}.",
    )  # fmt: skip


def test_a_volgpas_is_handed_out_beside_the_hoofdpas_for_nothing(seed: Library) -> None:
    done = cards.add(seed.desk(), CUSTOMER, 1, "extra", NEW, "k1")
    assert shown(done) == [(SEED_CARD, "main", "active"), (NEW, "extra", "active")]
    assert done.customer.block.card_number == SEED_CARD
    assert done.customer.block.registration_cents == 0
    assert cards.add(seed.desk(), CUSTOMER, 1, "extra", NEW, "k1").repeated
    assert seed.log() == [("card.extra", "card", "", NEW)]
    assert done.customer.version == 2


def test_who_has_no_hoofdpas_gets_one_and_who_has_does_not(seed: Library) -> None:
    seed.customer(500)
    done = cards.add(seed.desk(), 500, 1, "main", "V", "k1")
    assert done.customer.block.card_number == done.number == from_serial("9401", 7587)
    assert seed.log(500) == [("card.new", "card", "", done.number)]
    with pytest.raises(DeskError, match="heeft al hoofdpas") as refused:
        cards.add(seed.desk(), CUSTOMER, 1, "main", "V", "k2")
    assert "Vervangen" in refused.value.hint
    with pytest.raises(Conflict):
        cards.add(seed.desk(), 500, 1, "extra", "V", "k3")
    with pytest.raises(NotAllowed):
        cards.add(seed.desk(None), 500, 2, "extra", "V", "k4")


def at_once(library: Library, first: Press, second: Press) -> list[CardIssued | DeskError]:
    """Let two desks with connections of their own press at the same moment."""
    ready_both = Barrier(2)

    def press(act: Press) -> CardIssued | DeskError:
        store = open_store(library.store.url)
        desk = Library(store, library.clock).desk("BALIEBHR")
        ready_both.wait()
        try:
            return act(desk)
        except DeskError as refused:
            return refused
        finally:
            store.close()

    with ThreadPoolExecutor(2) as desks:
        return list(desks.map(press, (first, second)))


def test_of_two_desks_that_press_at_once_one_replaces_the_card(seed: Library) -> None:
    answers = at_once(
        seed,
        lambda desk: cards.replace(desk, CUSTOMER, 1, 1, NEW, "k1"),
        lambda desk: cards.replace(desk, CUSTOMER, 1, 1, OTHERS, "k2"),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["CardIssued", "Conflict"]
    view = opening.refresh(seed.desk(), CUSTOMER)
    assert [card.status for card in view.cards] == ["active", "replaced"]
    assert (view.block.registration_cents, view.version) == (500, 2)
    assert ledger.check(seed.desk()) == ()


def test_two_desks_that_make_a_number_at_once_make_two(seed: Library) -> None:
    seed.customer(500)
    seed.card(from_serial("9401", 7590), 500)
    answers = at_once(
        seed,
        lambda desk: cards.replace(desk, CUSTOMER, 1, 1, "V", "k1"),
        lambda desk: cards.replace(desk, 500, 1, 2, "V", "k2"),
    )
    numbers = {answer.number for answer in answers if isinstance(answer, CardIssued)}
    assert numbers == {from_serial("9401", 7591), from_serial("9401", 7592)}


def test_a_replaced_card_says_so_when_it_was_looked_for_in_the_search(seed: Library) -> None:
    replaced(seed)
    seed.customer(500)
    told = []
    for actor_id, number in ((CUSTOMER, SEED_CARD), (CUSTOMER, NEW), (500, SEED_CARD)):
        opened = opening.open_customer(seed.desk(), actor_id, number=f" {number} ")
        told.append([pop_up.kind for pop_up in opened.pop_ups if pop_up.kind == "card"])
    assert told == [["card"], [], []]
