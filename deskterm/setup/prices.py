"""Load a price list into the store, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlmodel import select

from deskterm.rules.rights import Right
from deskterm.rules.tariffs import Hole, gaps, overlaps
from deskterm.services.errors import FormFaults
from deskterm.services.trouble import writing
from deskterm.setup.model import PriceFile
from deskterm.setup.price_file import parse_csv, parse_toml
from deskterm.setup.writing import Writer, Written
from deskterm.store import tables
from deskterm.store.reads import library
from deskterm.store.reads.tariffs import price_list
from deskterm.text import _, date_text

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.services.desk import Desk

Fault = tuple[str, str]


def load(desk: Desk, source: str, *, is_csv: bool = False) -> Written:
    """Take a price list over: what is new is added, what differs changed, the rest stays.

    Raises:
        NotAllowed: the employee may not set the library up.
        FormFaults: what is wrong with the file, or with the whole list as it would become: gaps
            and overlaps of ages or dates, codes that nothing has. Nothing was written.
    """
    desk.require(Right.LIBRARY_MANAGE)
    file = parse_csv(source) if is_csv else parse_toml(source)
    with writing(desk) as session:
        if faults := (*_unknown_codes(session, file),):
            raise FormFaults(faults)
        writer = Writer(session, desk.clock)
        for zone in file.fee_zones:
            writer.put_fee_zone(zone)
        for membership in file.memberships:
            writer.put_membership(membership)
        for code in dict.fromkeys(code for code, _tariff in file.tariffs):
            writer.put_tariffs(code, [one for named, one in file.tariffs if named == code])
        for discount in file.discounts:
            writer.put_discount(discount)
        for cost in file.costs:
            writer.put_cost(cost)
        session.flush()
        touched = {row.code for row in file.memberships} | {code for code, _row in file.tariffs}
        if faults := (*_holes(session, touched),):
            raise FormFaults(faults)
    return writer.written


def _unknown_codes(session: Session, file: PriceFile) -> Iterator[Fault]:
    branches = {None, *session.exec(select(tables.Branch.code))}
    types = {"", *(row.code for row in file.memberships)}
    types |= set(session.exec(select(tables.MembershipType.code)))
    words = library.codes(session.connection())
    for row in file.memberships:
        where = f"membership {row.code}"
        yield from _unless(where, row.next_code in types, row.next_code)
        for customer_type in row.customer_types.split():
            yield from _unless(where, customer_type in words["customer_type"], customer_type)
        for tariff in row.tariffs:
            yield from _unless(where, tariff.branch_code in branches, tariff.branch_code)
    for code, tariff in file.tariffs:
        yield from _unless(f"tariff {code}", code in types, code)
        yield from _unless(f"tariff {code}", tariff.branch_code in branches, tariff.branch_code)
    for discount in file.discounts:
        where = f"discount {discount.code}"
        yield from _unless(where, (discount.membership_code or "") in types, discount.code)
        yield from _unless(where, discount.branch_code in branches, discount.branch_code)
        known = {"", *words.get("selection", ())}
        yield from _unless(where, discount.selection_code in known, discount.selection_code)
    for cost in file.costs:
        yield from _unless(f"cost {cost.code}", cost.branch_code in branches, cost.branch_code)


def _unless(where: str, is_known: bool, code: str | None) -> Iterator[Fault]:
    if not is_known:
        yield where, _("de code {code} is onbekend").format(code=code)


def _holes(session: Session, touched: set[str]) -> Iterator[Fault]:
    prices = price_list(session.connection())
    lines = [line for line in prices.tariffs if line.membership_code in touched]
    for hole in overlaps(lines):
        yield _place(hole), _("{ages} heeft vanaf {day} twee tarieven").format(**_words(hole))
    for code in sorted(touched):
        for hole in gaps(prices.types[code], lines):
            yield _place(hole), _("{ages} heeft vanaf {day} geen tarief").format(**_words(hole))


def _place(hole: Hole) -> str:
    parts = ("membership", hole.membership_code, hole.branch_code, hole.fee_zone)
    return " ".join(part for part in parts if part)


def _words(hole: Hole) -> dict[str, str]:
    ages = _("leeftijd {first} t/m {last}").format(first=hole.from_age, last=hole.to_age)
    return {"ages": ages, "day": date_text(hole.since)}
