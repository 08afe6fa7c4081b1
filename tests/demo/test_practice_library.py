"""The practice library: the seed's case to the letter, everything there is to see, every time."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from deskterm import demo
from deskterm.demo.days import resolve
from deskterm.demo.people import household
from deskterm.rules.blocks import BlockKind
from deskterm.rules.cards import has_valid_check
from deskterm.rules.membership import MembershipStatus
from deskterm.services import opening
from deskterm.services.desk import DayClock, Desk
from deskterm.services.pins import is_right
from deskterm.store import tables
from deskterm.store.engine import Store, open_store
from deskterm.views.customer import CustomerView, Opened
from deskterm.views.desk import BranchView, DeskView, StaffView

DAY = date(2026, 3, 15)
SEED_CARD = "29401000075868"


@pytest.fixture(scope="module")
def practice(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The practice library as it comes, which no test here changes."""
    file = tmp_path_factory.mktemp("practice") / "practice.db"
    file.write_bytes(sqlite_template.read_bytes())
    store = open_store(str(file))
    demo.build(store, DAY)
    yield store
    store.close()


def desk_of(store: Store, day: date = DAY) -> Desk:
    place = DeskView(1, "balie1", BranchView("9401", "Annen", "1001"))
    rights = frozenset({"customer.read"})
    staff = StaffView(1, 9001, "prins", "J. Prins", "ADMIN", "nl", "9401", False, rights)
    return Desk(store, DayClock(day), place, staff)


def column(store: Store, sql: str) -> list[object]:
    with store.read() as connection:
        return list(connection.scalars(text(sql)))


def seed_customer(store: Store, day: date = DAY) -> CustomerView:
    return opening.open_customer(desk_of(store, day), 413700).customer


def test_the_seeds_customer_has_the_block_that_is_printed(practice: Store) -> None:
    block = seed_customer(practice, date(2024, 5, 15)).block
    assert (block.card_number, block.actor_id) == (SEED_CARD, 413700)
    assert (block.branch_code, block.branch_name, block.membership_name) == (
        "9401", "Annen", "Compleet",
    )  # fmt: skip
    assert (block.status, block.end_reason, block.valid) == (9, "Afgevoerd", False)
    assert (block.display_name, block.street_line) == ("Dhr. T. Testabo", "Kruisakkers 41")
    assert block.place_line == "9468 BG ANNEN"
    assert (block.born, block.age) == (date(1985, 1, 1), 39)
    assert (block.last_activity_on, block.on_loan, block.active_cards) == (date(2022, 7, 6), 0, 1)
    assert (block.contribution_cents, block.registration_cents, block.credit_cents) == (0, 0, 0)


def test_the_seeds_customer_has_both_membership_rows(practice: Store) -> None:
    customer = seed_customer(practice)
    assert customer.person.registered_on == date(2022, 7, 4)
    rows = [
        (
            p.institution_code,
            p.branch_code,
            p.begin_on,
            p.end_on,
            p.membership_code,
            p.status,
            p.price_cents,
            p.sector,
        )
        for p in customer.periods
    ]
    assert rows == [
        ("1001", "9401", date(2022, 7, 6), date(2023, 7, 31), "53", 9, 6000, "BIEB"),
        ("1001", "9401", date(2022, 7, 4), date(2022, 7, 5), "53", 2, 6000, "BIEB"),
    ]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT DISTINCT status FROM membership_period", {int(s) for s in MembershipStatus}),
        ("SELECT DISTINCT kind FROM block WHERE lifted_at IS NULL", {str(k) for k in BlockKind}),
        ("SELECT DISTINCT kind || ' ' || status FROM card",
         {"main active", "main blocked", "extra replaced", "extra active"}),
        ("SELECT DISTINCT branch_code FROM customer", {"9401", "5280", "3550"}),
        ("SELECT DISTINCT role FROM staff",
         {"BALIEBHR", "CATABASIS", "CATAPLUS", "BESTELBHR", "ADMIN"}),
        ("SELECT DISTINCT sex FROM customer", {"M", "V", "I", "X"}),
        ("SELECT DISTINCT kind FROM ledger_entry", {"charge", "payment", "waiver", "credit"}),
        ("SELECT DISTINCT statistical_category FROM customer WHERE statistical_category <> ''",
         {"J06", "J12", "J18", "V30", "V64", "V99", "INS"}),
    ],
)  # fmt: skip
def test_it_shows_every_kind_there_is(practice: Store, sql: str, expected: set[object]) -> None:
    assert set(column(practice, sql)) >= expected


@pytest.mark.parametrize(
    ("what", "sql"),
    [
        ("a forgotten umbrella", "SELECT 1 FROM message WHERE text = 'Paraplu vergeten'"),
        ("a private comment", "SELECT 1 FROM customer WHERE private_comment <> ''"),
        ("an overdue loan",
         "SELECT 1 FROM loan WHERE returned_on IS NULL AND due_on < '2026-03-15'"),
        ("a loan in the bill procedure", "SELECT 1 FROM loan WHERE reminders >= 3"),
        ("a hold that is ready", "SELECT 1 FROM hold WHERE status = 'B'"),
        ("loans of the past", "SELECT 1 FROM loan WHERE returned_on IS NOT NULL"),
        ("a deceased customer", "SELECT 1 FROM customer WHERE surname LIKE '*%'"),
        ("a customer without a card",
         "SELECT 1 FROM customer WHERE actor_id NOT IN (SELECT customer_id FROM card)"),
        ("twins", "SELECT 1 FROM customer a, customer b WHERE a.born = b.born"
                  " AND a.surname = b.surname AND a.actor_id < b.actor_id"),
    ],
)  # fmt: skip
def test_it_has_somebody_with(practice: Store, what: str, sql: str) -> None:
    assert column(practice, sql), what


def test_pop_ups_of_the_umbrella_name_it(practice: Store) -> None:
    opened = opening.open_customer(desk_of(practice), 413705)
    told = [line for pop_up in opened.pop_ups for line in pop_up.lines]
    assert any("Paraplu vergeten" in line for line in told)


def test_about_three_hundred_customers_with_right_card_numbers(practice: Store) -> None:
    assert column(practice, "SELECT count(*) FROM customer") == [300]
    assert all(
        has_valid_check(str(number)) for number in column(practice, "SELECT number FROM card")
    )
    assert all(
        has_valid_check(str(number)) for number in column(practice, "SELECT number FROM item")
    )


def test_the_practice_employee_signs_in_with_the_pin_of_the_manual(practice: Store) -> None:
    hashes = column(practice, "SELECT pin_hash FROM staff WHERE actor_id = 9001")
    assert is_right("0101", str(hashes[0]))
    assert not is_right("0102", str(hashes[0]))


def test_every_code_in_use_stands_in_its_list(practice: Store) -> None:
    for name, kind in (
        ("customer_type", "customer_type"), ("title", "title"), ("language", "language"),
        ("selection_code", "selection"), ("organization_type", "organization_type"),
        ("statistical_category", "statistical_category"), ("target_group", "target_group"),
        ("classification", "classification"), ("id_kind", "id_kind"),
    ):  # fmt: skip
        sql = (
            f"SELECT DISTINCT {name} FROM customer WHERE {name} <> '' AND {name} NOT IN"
            f" (SELECT code FROM word WHERE kind = '{kind}')"
        )
        assert column(practice, sql) == [], name


def test_the_good_cards_to_try_open_who_they_say(practice: Store) -> None:
    tried = [example for example in demo.examples() if example.card_number]
    assert tried[0].card_number == SEED_CARD
    for example in tried:
        found = opening.open_text(desk_of(practice), example.card_number)
        assert isinstance(found, Opened)
        assert found.customer.actor_id == example.actor_id
        assert example.why


def test_it_comes_out_the_same_every_time(practice: Store, sqlite_store: Store) -> None:
    demo.build(sqlite_store, DAY)
    for table in tables.metadata.sorted_tables:
        order = ", ".join(column.name for column in table.primary_key)
        sql = text(f"SELECT * FROM {table.name} ORDER BY {order}")
        with practice.read() as one, sqlite_store.read() as other:
            assert one.execute(sql).all() == other.execute(sql).all(), table.name


def test_a_larger_library_begins_with_the_smaller_one(practice: Store, sqlite_store: Store) -> None:
    told: list[tuple[int, int]] = []
    demo.build(sqlite_store, DAY, 2500, lambda done, total: told.append((done, total)))
    sql = "SELECT actor_id || surname || name_text FROM customer ORDER BY actor_id"
    assert column(sqlite_store, sql)[:300] == column(practice, sql)
    assert told[-1] == (2500, 2500)
    assert [done for done, _total in told] == sorted(done for done, _total in told)


def test_it_is_built_on_either_engine_and_numbers_go_on(store: Store) -> None:
    demo.build(store, DAY, 60)
    assert demo.practice_day(store) == DAY
    with store.write() as session:
        session.add(tables.Block(customer_id=413700, kind="general", since=DAY))
    assert column(store, "SELECT kind FROM block WHERE customer_id = 413700") == ["general"]


def test_a_store_in_use_is_left_alone(practice: Store) -> None:
    with pytest.raises(ValueError, match="not empty"):
        demo.build(practice, DAY)


def test_another_store_is_no_practice_library(sqlite_store: Store) -> None:
    assert demo.practice_day(sqlite_store) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0d", date(2026, 3, 15)),
        ("-40d", date(2026, 2, 3)),
        ("+2m", date(2026, 5, 15)),
        ("-1y", date(2025, 3, 15)),
        (date(2022, 7, 4), date(2022, 7, 4)),
    ],
)
def test_days_are_counted_from_the_practice_day(written: str | date, meant: date) -> None:
    assert resolve(written, DAY) == meant


def test_a_month_later_stays_within_the_month() -> None:
    assert resolve("+1m", date(2026, 1, 31)) == date(2026, 2, 28)


def test_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="no day"):
        resolve("soon", DAY)


def test_a_household_is_made_from_its_number_alone() -> None:
    assert household(41, DAY).people == household(41, DAY).people
    assert household(41, DAY).address != household(42, DAY).address
