"""The customers worth looking up, from data/demo/customers.toml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from deskterm.demo.days import resolve
from deskterm.demo.library import read
from deskterm.demo.records import Records
from deskterm.rules.cards import from_serial
from deskterm.rules.names import display_name

_LISTS = (
    "try", "cards", "addresses", "periods", "roles", "loans", "history", "holds", "charges",
    "credit", "blocks", "messages", "profiles", "labels", "badges", "preferences", "relations",
    "log",
)  # fmt: skip
"""What a case says beside the columns of the customer."""


@dataclass(frozen=True, slots=True)
class Example:
    """A customer of the practice library that is good to try."""

    card_number: str
    """The hoofdpas; empty for who has none."""
    actor_id: int
    name: str
    why: str
    """What there is to see, a Dutch sentence."""


def examples() -> tuple[Example, ...]:
    """The good cards to try, in the order of the case file."""
    return tuple(
        Example(_main_card(case), case["actor_id"], _name(case), case["try"])
        for case in read_cases()
    )


def read_cases() -> Sequence[dict[str, Any]]:
    """Every case as the file has it."""
    cases: Sequence[dict[str, Any]] = read("demo", "customers.toml")["customer"]
    return cases


def write(records: Records, cases: Sequence[Mapping[str, Any]]) -> None:
    """Take all cases; those that are related to each other come in one batch."""
    newest = [_write_person(records, case) for case in cases]
    for case, period in zip(cases, newest, strict=True):
        _write_belongings(records, case, period)


def _write_person(records: Records, case: Mapping[str, Any]) -> int | None:
    """The customer with cards and periods; the answer is the newest period, if there is any."""
    person = {name: value for name, value in case.items() if name not in _LISTS}
    records.customer(
        _dated(person, records.day), [_dated(a, records.day) for a in case["addresses"]]
    )
    branch, actor_id = case["branch_code"], case["actor_id"]
    for card in case.get("cards", ()):
        values = {"issued_on": case["registered_on"], **card}
        records.card(actor_id, branch, **_dated(values, records.day))
    newest: tuple[date, int] | None = None
    for period in case.get("periods", ()):
        months = 1 if period["membership_code"] == "55" else 12
        values = _dated(period, records.day)
        number = records.period(actor_id, branch, months=months, **values)
        newest = max(newest or (date.min, 0), (values["begin_on"], number))
    return newest[1] if newest else None


def _write_belongings(records: Records, case: Mapping[str, Any], period: int | None) -> None:
    actor_id, branch = case["actor_id"], case["branch_code"]
    _write_choices(records, case)
    _write_circulation(records, case)
    for charge in case.get("charges", ()):
        # What is owed for a membership settles it: its period is paid with it.
        of = period if charge["account"] == "contribution" else None
        _write_charge(records, actor_id, branch, {**charge, "period_id": of})
    for credit in case.get("credit", ()):
        values = _dated(credit, records.day)
        records.credit(actor_id, branch, cents=values.pop("amount_cents"), **values)
    for line in case.get("log", ()):
        records.log(actor_id, branch, **_dated(line, records.day))


def _write_choices(records: Records, case: Mapping[str, Any]) -> None:
    add, actor_id, day = records.writer.add, case["actor_id"], records.day
    for role in case.get("roles", ()):
        add("customer_role", customer_id=actor_id, **_dated(role, day))
    for line, text in enumerate(case.get("messages", ()), start=1):
        add("message", customer_id=actor_id, line=line, text=text)
    for block in case.get("blocks", ()):
        add("block", customer_id=actor_id, **_dated(block, day))
    for profile in case.get("profiles", ()):
        add("customer_profile", customer_id=actor_id, **profile)
    for label in case.get("labels", ()):
        add("customer_label", customer_id=actor_id, **label)
    for badge in case.get("badges", ()):
        add("customer_badge", customer_id=actor_id, code=badge, given_on=day)
    for kind, delivery in case.get("preferences", {}).items():
        add("notification_preference", customer_id=actor_id, message_kind=kind, delivery=delivery)
    for relation in case.get("relations", ()):
        add("relation", customer_id=actor_id, **relation)


def _write_circulation(records: Records, case: Mapping[str, Any]) -> None:
    actor_id, branch = case["actor_id"], case["branch_code"]
    random = Random(actor_id)
    for loan in case.get("loans", ()):
        records.loan(actor_id, branch, random, **_dated(loan, records.day))
    for hold in case.get("holds", ()):
        records.hold(actor_id, branch, random, **_dated(hold, records.day))
    records.history(actor_id, branch, random, case.get("history", 0))


def _write_charge(records: Records, actor_id: int, branch: str, charge: Mapping[str, Any]) -> None:
    values = _dated(charge, records.day)
    payments, waivers = values.pop("payments", ()), values.pop("waivers", ())
    number = records.charge(actor_id, branch, **values)
    known = {**values, "customer_id": actor_id, "branch_code": branch}
    for kind, entries in (("payment", payments), ("waiver", waivers)):
        for entry in entries:
            settled = {"journal": "A100", **_dated(entry, records.day), "kind": kind}
            cents = settled.pop("amount_cents")
            records.settlement(known, number, cents=cents, **settled)


def _dated(values: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The same values with their dates made real: `born`, `day` and names that end in `_on`."""
    return {
        name: resolve(value, day)
        if name in ("born", "day", "since") or name.endswith("_on")
        else value
        for name, value in values.items()
    }


def _main_card(case: Mapping[str, Any]) -> str:
    for card in case.get("cards", ()):
        if card.get("kind", "main") == "main" and card.get("status") != "replaced":
            return from_serial(case["branch_code"], card["serial"])
    return ""


def _name(case: Mapping[str, Any]) -> str:
    return display_name(
        case["surname"],
        prefix=case.get("prefix", ""),
        initials=case.get("initials", ""),
        title=case.get("title", ""),
    )
