"""Opening a customer: what the desk line takes, and what the block says."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskterm.services import opening
from deskterm.services.errors import NotFound, NotSignedIn
from deskterm.store import tables
from deskterm.views.customer import CustomerView, Opened
from deskterm.views.lists import FoundPage
from tests.services.library import SEED_CARD, TODAY, Library


def opened(library: Library, text: str) -> Opened:
    answer = opening.open_text(library.desk(), text)
    assert isinstance(answer, Opened)
    return answer


def view(library: Library) -> CustomerView:
    return opening.refresh(library.desk(), 413700)


def test_the_seed_customer_stands_as_document_1_shows_it(library: Library) -> None:
    library.customer(last_activity_on=date(2022, 7, 6))
    library.card()
    for begin, end, status, reason in (
        (date(2022, 7, 6), date(2023, 7, 31), 9, "AF"),
        (date(2022, 7, 4), date(2022, 7, 5), 2, ""),
    ):
        library.period(
            begin_on=begin, end_on=end, status=status, end_reason=reason, price_cents=6000
        )

    block = opened(library, SEED_CARD).customer.block

    assert (block.card_number, block.actor_id) == (SEED_CARD, 413700)
    assert (block.branch_code, block.branch_name) == ("9401", "Annen")
    assert (block.membership_name, block.status, block.end_reason) == ("Compleet", 9, "Afgevoerd")
    assert not block.valid
    assert block.display_name == "Dhr. T. Testabo"
    assert (block.street_line, block.place_line) == ("Kruisakkers 41", "9468 BG ANNEN")
    assert (block.born, block.age) == (date(1985, 1, 1), 41)
    assert (block.on_loan, block.active_cards) == (0, 1)
    assert (block.contribution_cents, block.registration_cents, block.credit_cents) == (0, 0, 0)
    periods = opened(library, SEED_CARD).customer.periods
    assert [(p.begin_on, p.status, p.price_cents) for p in periods] == [
        (date(2022, 7, 6), 9, 6000),
        (date(2022, 7, 4), 2, 6000),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SEED_CARD, ""),
        ("2940 1000 0758 68", ""),
        (f"A{SEED_CARD}B", ""),
        (f"  {SEED_CARD}\r\n", ""),
        ("7586", "volgnummer 7586"),
        ("00007586", "volgnummer"),
        ("413700", "actor-id 413700"),
        ("LEERLING-77", "extern nummer LEERLING-77"),
        ("29401000075876", "oude pas 29401000075876"),
        ("testabo", "enige klant"),
        ("testabo 9468 41", "enige klant"),
    ],
)
def test_each_way_to_name_a_customer_says_what_it_matched(
    sqlite_library: Library, text: str, said: str
) -> None:
    sqlite_library.customer(external_number="LEERLING-77")
    sqlite_library.card()
    sqlite_library.card("29401000075876", kind="extra", status="replaced")

    answer = opened(sqlite_library, text)

    assert answer.customer.actor_id == 413700
    assert said in answer.matched
    assert bool(said) == bool(answer.matched)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Typ of scan"),
        ("\x1b[2J", "Typ of scan"),
        ("29401000000015", "is onbekend"),
        ("29401000075869", "controlecijfer"),
        ("39401000000013", "is een exemplaar"),
        ("zzzqq", "Geen klant gevonden"),
        ("99999999", "Geen klant gevonden"),
        ("x" * 5000, "Typ of scan"),
        ("'; DROP TABLE customer; --", "Geen klant gevonden"),
        ("%_*", "Geen klant gevonden"),
    ],
)
def test_what_means_nobody_is_refused_with_what_to_do(
    sqlite_library: Library, text: str, said: str
) -> None:
    sqlite_library.customer()
    sqlite_library.card()
    with pytest.raises(NotFound) as refused:
        opening.open_text(sqlite_library.desk(), text)
    assert said in refused.value.sentence
    assert refused.value.hint


def test_a_serial_is_first_taken_for_a_card_of_this_branch(library: Library) -> None:
    library.customer(1001)
    library.customer(1002)
    library.card("25280000000017", 1001, branch_code="5280")
    assert opened(library, "1").customer.actor_id == 1001
    library.card("29401000000015", 1002)
    assert opened(library, "1").customer.actor_id == 1002


def test_a_serial_that_no_card_can_have_is_not_found(library: Library) -> None:
    library.customer()
    with pytest.raises(NotFound):
        opening.open_text(library.desk(), "987654321")


def test_a_number_that_means_two_customers_gives_a_list(library: Library) -> None:
    library.customer(7586, surname="Actor")
    library.customer(413700)
    library.card()
    page = opening.open_text(library.desk(), "7586")
    assert isinstance(page, FoundPage)
    assert [row.actor_id for row in page.rows] == [413700, 7586]
    assert [row.name for row in page.rows] == ["Testabo, T.", "Actor, T."]


def test_two_of_a_name_give_a_list(library: Library) -> None:
    library.customer(1)
    library.customer(2)
    page = opening.open_text(library.desk(), "testabo")
    assert isinstance(page, FoundPage)
    assert {row.actor_id for row in page.rows} == {1, 2}


@pytest.mark.parametrize("accepted", ["0", "1"])
def test_a_national_number_counts_only_when_the_library_says_so(
    sqlite_library: Library, accepted: str
) -> None:
    sqlite_library.customer(external_number="85073003328")
    sqlite_library.setting("card.national_number", accepted)
    if accepted == "1":
        assert opened(sqlite_library, "85073003328").customer.actor_id == 413700
    else:
        with pytest.raises(NotFound):
            opening.open_text(sqlite_library.desk(), "85073003328")


def test_the_one_who_has_an_item_is_opened_by_its_number(library: Library) -> None:
    library.customer()
    number = library.loan("Kikker")
    answer = opening.open_by_item(library.desk(), number)
    assert answer.customer.actor_id == 413700
    assert "Kikker" in answer.matched
    back = library.loan("Eend", returned_on=TODAY)
    with pytest.raises(NotFound, match="niet uitgeleend"):
        opening.open_by_item(library.desk(), back)
    with pytest.raises(NotFound, match="onbekend"):
        opening.open_by_item(library.desk(), "nonsens")


def test_money_in_the_block_is_what_is_open(library: Library) -> None:
    library.customer()
    library.period()
    fee = library.charge(5800, account="contribution")
    library.charge(1250)
    with library.store.write() as session:
        for kind, account, cents, charge in (
            ("payment", "contribution", -1800, fee),
            ("credit", "credit", -500, None),
            ("credit", "credit", 200, None),
        ):
            session.add(
                tables.LedgerEntry(
                    customer_id=413700,
                    kind=kind,
                    account=account,
                    booking_code="1000",
                    amount_cents=cents,
                    description="",
                    day=TODAY,
                    at=library.clock.now(),
                    charge_id=charge,
                    branch_code="9401",
                )
            )
    customer = view(library)
    block = customer.block
    assert (block.contribution_cents, block.registration_cents, block.credit_cents) == (
        4000,
        1250,
        300,
    )
    assert block.over_limit == {"registration_cents"}
    assert {(c.account, c.amount_cents, c.open_cents) for c in customer.charges} == {
        ("contribution", 5800, 4000),
        ("registration", 1250, 1250),
    }


def test_more_at_home_than_the_membership_allows_is_over_the_limit(library: Library) -> None:
    library.customer()
    library.period()
    library.loan("Een")
    library.loan("Twee")
    assert view(library).block.over_limit == frozenset()
    library.loan("Drie")
    assert view(library).block.over_limit == {"on_loan"}
    assert view(library).block.on_loan == 3


def test_a_period_bought_ahead_does_not_hide_the_one_that_runs(library: Library) -> None:
    library.customer()
    library.period()
    library.period(begin_on=date(2026, 8, 1), end_on=date(2027, 7, 31), status=2)
    block = view(library).block
    assert (block.status, block.valid, block.valid_until) == (5, True, date(2026, 7, 31))


def test_a_blacklisted_period_is_not_outdone_by_an_older_one(library: Library) -> None:
    library.customer()
    library.period(begin_on=date(2025, 6, 1))
    library.period(begin_on=date(2025, 7, 1), status=8)
    block = view(library).block
    assert (block.status, block.valid) == (8, False)
    library.period(begin_on=date(2026, 3, 1), end_on=date(2027, 3, 31))
    assert view(library).block.valid, "a newer membership is what the customer has now"


def test_letters_go_to_the_address_that_holds_today(library: Library) -> None:
    library.customer()
    with library.store.write() as session:
        first = session.get_one(tables.Address, 1)
        first.until_on = TODAY - timedelta(days=1)
        session.add(first)
        session.add(
            tables.Address(
                customer_id=413700,
                position=2,
                street="Musterweg",
                house_number="1",
                postcode="48155",
                place="Münster",
                country="DE",
            )
        )
    block = view(library).block
    assert (block.street_line, block.place_line) == ("Musterweg 1", "48155 MÜNSTER (DE)")


@pytest.mark.parametrize(
    "name",
    [
        "[bold red]Markup[/]",
        "'; DROP TABLE customer; --",
        "$(reboot) `id`",
        "<script>alert(1)</script>",
        "\x1b[31mRood\x1b[0m",
        "\u202eomgekeerd",
        "x" * 5000,
        "👩‍👩‍👧 familie",
        "",
        "Yılmaz-Łuczak ﬁ",
    ],
)
def test_hostile_names_are_shown_as_inert_text(sqlite_library: Library, name: str) -> None:
    sqlite_library.customer(surname=name, private_comment=name)
    sqlite_library.add(tables.Message(customer_id=413700, line=1, text=name))
    answer = opening.open_customer(sqlite_library.desk(), 413700)
    shown = [
        answer.customer.block.display_name,
        answer.customer.person.private_comment,
        *answer.customer.messages,
        *(line for pop_up in answer.pop_ups for line in pop_up.lines),
    ]
    for text in shown:
        assert "\x1b" not in text
        assert "\u202e" not in text
    if name.isprintable():
        assert name in answer.customer.block.display_name


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.from_regex(r"[0-9 .A-]{1,24}", fullmatch=True))
def test_whatever_stands_on_the_desk_line_gives_a_customer_a_list_or_a_sentence(
    library: Library, typed: str
) -> None:
    answer = answer_to(library, typed)
    if isinstance(answer, NotFound):
        assert answer.sentence
        assert answer.hint
        assert "\x1b" not in answer.sentence
    else:
        assert isinstance(answer, Opened | FoundPage)


def answer_to(library: Library, typed: str) -> Opened | FoundPage | NotFound:
    try:
        return opening.open_text(library.desk(), typed)
    except NotFound as refused:
        return refused


def test_who_is_not_signed_in_sees_nobody(library: Library) -> None:
    library.customer()
    desk = library.desk(role=None)
    for read in (
        lambda: opening.open_text(desk, "testabo"),
        lambda: opening.open_customer(desk, 413700),
        lambda: opening.refresh(desk, 413700),
        lambda: opening.open_by_item(desk, "1"),
    ):
        with pytest.raises(NotSignedIn, match="niemand aangemeld"):
            read()


def test_a_customer_who_is_gone_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match="5"):
        opening.open_customer(library.desk(), 5)
