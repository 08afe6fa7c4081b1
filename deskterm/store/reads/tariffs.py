"""Membership types with their terms, tariffs, discounts and fee zones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from deskterm.rules.tariffs import Discount, TariffLine
from deskterm.rules.terms import Term, Terms
from deskterm.store.light import Reader, Record, text
from deskterm.store.reads.rows import as_day, rows, text_of
from deskterm.store.values import as_date

_TYPES = text("SELECT * FROM membership_type ORDER BY code")
_TARIFFS = text(
    """
    SELECT membership_code, tariff_code, branch_code, from_age, to_age, fee_zone, price_cents,
           valid_from, valid_until
    FROM tariff ORDER BY membership_code, COALESCE(branch_code, ''), from_age, valid_from, id
    """
)
_DISCOUNTS = text("SELECT * FROM discount ORDER BY code")
_ZONES = text("SELECT code, from_postcode, to_postcode FROM fee_zone ORDER BY from_postcode, id")
_COSTS = text("SELECT * FROM cost WHERE code = :code")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a type allows, and after how many months the monthly run takes each step."""

    sector: str
    max_items: int | None
    bill_before: int


@dataclass(frozen=True, slots=True)
class PriceList:
    """Everything a price and a period follow from."""

    types: Mapping[str, Terms]
    limits: Mapping[str, Limits]
    tariffs: tuple[TariffLine, ...]
    discounts: tuple[Discount, ...]
    zones: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class CostRow:
    """What the library asks for something beside the membership, in cents."""

    name: str
    booking_code: str
    price_cents: int


def price_list(connection: Reader) -> PriceList:
    """Read the whole list; it has tens of rows, whatever the number of customers."""
    types = list(rows(connection, _TYPES, {}))
    return PriceList(
        types={row["code"]: _terms(row) for row in types},
        limits={
            row["code"]: Limits(text_of(row["sector"]), row["max_items"], row["bill_before"])
            for row in types
        },
        tariffs=tuple(_line(row) for row in rows(connection, _TARIFFS, {})),
        discounts=tuple(_discount(row) for row in rows(connection, _DISCOUNTS, {})),
        zones=tuple(
            (text_of(row["code"]), row["from_postcode"], row["to_postcode"])
            for row in rows(connection, _ZONES, {})
        ),
    )


def cost(connection: Reader, code: str, branch: str, day: date) -> CostRow | None:
    """Read what something costs at a branch on a day; the branch's own goes before that for all.

    None when the library asks nothing for it.
    """
    best: Record | None = None
    for row in rows(connection, _COSTS, {"code": code}):
        until = as_date(row["valid_until"])
        if as_day(row["valid_from"]) > day or (until is not None and until < day):
            continue
        if row["branch_code"] not in (None, branch):
            continue
        if best is None or row["branch_code"]:
            best = row
    if best is None:
        return None
    return CostRow(text_of(best["name"]), text_of(best["booking_code"]), int(best["price_cents"]))


def _terms(row: Record) -> Terms:
    return Terms(
        code=row["code"],
        name=text_of(row["name"]),
        customer_types=frozenset(str(row["customer_types"]).split()),
        from_age=row["from_age"],
        to_age=row["to_age"],
        term=Term(row["term"]),
        months=row["months"],
        expiry_month=row["expiry_month"],
        expires_on=as_date(row["expires_on"]),
        days=row["days"],
        renews=bool(row["renews"]),
        debit_only=bool(row["debit_only"]),
        next_code=row["next_code"],
        active=bool(row["active"]),
    )


def _line(row: Record) -> TariffLine:
    return TariffLine(
        membership_code=row["membership_code"],
        tariff_code=text_of(row["tariff_code"]),
        price_cents=int(row["price_cents"]),
        valid_from=as_day(row["valid_from"]),
        valid_until=as_date(row["valid_until"]),
        from_age=row["from_age"],
        to_age=row["to_age"],
        branch_code=row["branch_code"] or "",
        fee_zone=row["fee_zone"],
    )


def _discount(row: Record) -> Discount:
    return Discount(
        code=row["code"],
        name=text_of(row["name"]),
        valid_from=as_day(row["valid_from"]),
        valid_until=as_date(row["valid_until"]),
        membership_code=row["membership_code"] or "",
        branch_code=row["branch_code"] or "",
        percent=row["percent"],
        cents=row["cents"],
        only_new=bool(row["only_new"]),
        selection_code=row["selection_code"],
    )
