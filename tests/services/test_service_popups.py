"""The pop-ups on opening a customer: which, in which order, what they say, who may go on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from deskterm import text
from deskterm.services import acknowledge, opening
from deskterm.services.errors import NotAllowed, NotFound
from deskterm.store import tables
from deskterm.views.customer import PopUp
from tests.services.library import SEED_CARD, TODAY, Library


def pop_ups(library: Library, typed: str = "413700", role: str = "ADMIN") -> tuple[PopUp, ...]:
    answer = opening.open_text(library.desk(role), typed)
    assert hasattr(answer, "pop_ups")
    return answer.pop_ups


def kinds(library: Library, typed: str = "413700") -> list[str]:
    return [pop_up.kind for pop_up in pop_ups(library, typed)]


def add_message(library: Library) -> None:
    library.add(tables.Message(customer_id=413700, line=2, text="Paraplu vergeten"))


def add_block(library: Library) -> None:
    library.add(tables.Block(customer_id=413700, kind="general", since=TODAY, note="bellen"))


def add_hold(library: Library, status: str = "B") -> None:
    library.add(
        tables.Title(id=900, name="De ontdekking van de hemel"),
        tables.Hold(
            number="2026-03-01.00001",
            customer_id=413700,
            title_id=900,
            status=status,
            pickup_branch="9401",
            placed_on=TODAY - timedelta(days=14),
            ready_on=TODAY - timedelta(days=2),
            expires_on=TODAY + timedelta(days=5),
        ),
    )


def add_overdue(library: Library) -> None:
    library.loan("Kikker", due_on=TODAY - timedelta(days=1))


def add_bill(library: Library) -> None:
    library.loan("Eend", due_on=TODAY, reminders=3)


CASES: list[tuple[str, Callable[[Library], object], str]] = [
    ("block", add_block, "Algemene blokkade sinds 15-03-2026: bellen"),
    ("contribution", lambda li: li.charge(5800, account="contribution"), "58,00"),
    ("registration", lambda li: li.charge(1001), "10,01, het maximum is 10,00"),
    ("bill", add_bill, "Eend"),
    ("message", add_message, "Paraplu vergeten"),
    ("holds_ready", add_hold, "De ontdekking van de hemel (in 9401, t/m 20-03-2026)"),
    ("overdue", add_overdue, "Kikker (inleverdatum 14-03-2026)"),
    ("card", lambda li: li.card(status="blocked"), f"Pas {SEED_CARD} is geblokkeerd"),
]


@pytest.mark.parametrize(("kind", "cause", "said"), CASES, ids=[case[0] for case in CASES])
def test_each_cause_shows_its_own_pop_up_and_no_other(
    library: Library, kind: str, cause: Callable[[Library], object], said: str
) -> None:
    library.customer()
    library.period()
    assert pop_ups(library) == ()
    cause(library)
    (pop_up,) = pop_ups(library)
    assert pop_up.kind == kind
    assert any(said in line for line in pop_up.lines)
    assert pop_up.title
    assert pop_up.may_continue


PERIODS: list[tuple[dict[str, Any], str, str]] = [
    ({"status": 8, "end_reason": "AF"}, "blacklist", "Reden: Afgevoerd"),
    ({"status": 9, "end_reason": "AF"}, "not_valid", "opgezegd per 31-07-2026, reden Afgevoerd"),
    ({"status": 9}, "not_valid", "opgezegd per 31-07-2026."),
    ({"end_on": date(2026, 3, 14)}, "not_valid", "verlopen op 14-03-2026"),
    ({"begin_on": date(2026, 3, 16)}, "not_valid", "begint pas op 16-03-2026"),
    ({"status": 6}, "not_valid", "op de website"),
    ({"status": 7}, "not_valid", "op de website"),
    ({"status": 2}, "billed", "nog niet betaald"),
    ({"status": 3}, "billed", "na herinnering niet betaald"),
    ({"status": 4}, "billed", "reserveren kan niet"),
]


@pytest.mark.parametrize(("columns", "kind", "said"), PERIODS)
def test_each_state_of_the_membership_is_told(
    sqlite_library: Library, columns: dict[str, Any], kind: str, said: str
) -> None:
    sqlite_library.customer()
    sqlite_library.period(**columns)
    (pop_up,) = pop_ups(sqlite_library)
    assert pop_up.kind == kind
    assert said in " ".join(pop_up.lines)


@pytest.mark.parametrize("status", [1, 5])
def test_a_membership_in_order_is_not_spoken_of(sqlite_library: Library, status: int) -> None:
    sqlite_library.customer()
    sqlite_library.period(status=status, end_on=TODAY)
    assert kinds(sqlite_library) == []


def test_without_any_membership_the_customer_is_not_valid(library: Library) -> None:
    library.customer()
    (pop_up,) = pop_ups(library)
    assert (pop_up.kind, pop_up.lines) == ("not_valid", ("De klant heeft geen abonnement.",))


def test_what_is_owed_for_an_unpaid_membership_is_told_once(library: Library) -> None:
    library.customer()
    library.period(status=2)
    library.charge(5800, account="contribution")
    (pop_up,) = pop_ups(library)
    assert pop_up.kind == "billed"
    assert "58,00" in pop_up.lines[1]


def test_the_order_is_blocks_validity_money_messages_and_the_shelf(library: Library) -> None:
    library.customer(private_comment="Graag hard praten")
    library.period(end_on=date(2026, 1, 31))
    for _kind, cause, _said in reversed(CASES):
        cause(library)
    assert kinds(library) == [
        "block",
        "card",
        "not_valid",
        "contribution",
        "registration",
        "bill",
        "message",
        "private_comment",
        "holds_ready",
        "overdue",
    ]


def test_a_replaced_card_says_which_one_counts_now(library: Library) -> None:
    library.customer()
    library.period()
    library.card(kind="extra", status="replaced")
    (pop_up,) = pop_ups(library, SEED_CARD)
    assert pop_up.kind == "card"
    assert "geen geldige pas" in pop_up.lines[1]
    library.card("29401000075876")
    (pop_up,) = pop_ups(library, SEED_CARD)
    assert "29401000075876" in pop_up.lines[1]
    assert kinds(library, "29401000075876") == []


def test_a_card_reported_missing_on_the_web_is_a_block(library: Library) -> None:
    library.customer(card_missing_on=date(2026, 3, 10))
    library.period()
    (pop_up,) = pop_ups(library)
    assert pop_up.lines == ("Pas als vermist gemeld sinds 10-03-2026",)


@pytest.mark.parametrize("status", ["A", "T", "U", "R", "Z"])
def test_a_hold_that_is_not_on_the_shelf_is_no_news(sqlite_library: Library, status: str) -> None:
    sqlite_library.customer()
    sqlite_library.period()
    add_hold(sqlite_library, status)
    assert kinds(sqlite_library) == []


def test_of_many_overdue_items_the_first_are_named_and_the_rest_counted(library: Library) -> None:
    library.customer()
    library.period(membership_code="53")
    for number in range(9):
        library.loan(f"Deel {number}", due_on=TODAY - timedelta(days=1))
    lines = pop_ups(library)[-1].lines
    assert len(lines) == 7
    assert lines[-1] == "en nog 3"


@pytest.mark.parametrize(
    ("choice", "role", "may"),
    [
        ("1", "BALIEBHR", True),
        ("0", "ADMIN", False),
        ("CATAPLUS", "CATABASIS", False),
        ("CATAPLUS", "CATAPLUS", True),
        ("CATAPLUS", "ADMIN", True),
    ],
)
def test_the_library_decides_who_may_go_on(
    sqlite_library: Library, choice: str, role: str, may: bool
) -> None:
    sqlite_library.setting("popup.not_valid.continue", choice)
    sqlite_library.customer()
    (pop_up,) = pop_ups(sqlite_library, role=role)
    assert pop_up.may_continue is may


def test_pop_ups_speak_the_language_of_the_reader(library: Library) -> None:
    library.customer()
    library.period(status=9, end_reason="AF")
    text.use("en")
    (pop_up,) = pop_ups(library)
    assert "Written off" in pop_up.lines[0]


def test_an_answer_is_kept_with_who_when_and_where(library: Library) -> None:
    library.customer()
    desk = library.desk("BALIEBHR")
    acknowledge.acknowledge(desk, 413700, "message", "continue")
    with library.store.write() as session:
        kept = session.get_one(tables.Acknowledgement, 1)
    assert (kept.customer_id, kept.staff_id, kept.desk_id) == (413700, 1, 1)
    assert (kept.kind, kept.answer) == ("message", "continue")
    assert kept.at <= library.clock.now()


def test_only_true_answers_are_kept(library: Library) -> None:
    library.customer()
    with pytest.raises(ValueError, match="no pop-up"):
        acknowledge.acknowledge(library.desk(), 413700, "nonsense", "continue")
    with pytest.raises(ValueError, match="no pop-up"):
        acknowledge.acknowledge(library.desk(), 413700, "message", "maybe")
    with pytest.raises(NotFound):
        acknowledge.acknowledge(library.desk(), 1, "message", "end")
    with pytest.raises(NotAllowed):
        acknowledge.acknowledge(library.desk(role=None), 413700, "message", "end")
