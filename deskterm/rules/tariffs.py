"""Tariffs (tarieven): what a membership costs whom, which discount counts, and holes in a list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from deskterm.rules.terms import Terms, is_of_age


@dataclass(frozen=True, slots=True)
class TariffLine:
    """The price of one type for one age band, in cents; an empty branch or zone means all."""

    membership_code: str
    tariff_code: str
    price_cents: int
    valid_from: date
    valid_until: date | None = None
    from_age: int = 0
    to_age: int = 999
    branch_code: str = ""
    fee_zone: str = ""

    def holds_on(self, day: date) -> bool:
        """Tell whether it is in force on a day, the first and the last included."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Discount:
    """Something off the price (korting): a percentage, or an amount in cents."""

    code: str
    name: str
    valid_from: date
    valid_until: date | None = None
    membership_code: str = ""
    branch_code: str = ""
    percent: int = 0
    cents: int = 0
    only_new: bool = False
    """Only for who never was a member."""
    selection_code: str = ""
    """Only for customers with this selection code, such as those of a campaign."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """What of a customer decides the price."""

    branch_code: str
    age: int | None
    fee_zone: str = ""
    selection_code: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Price:
    """What a membership costs: the tariff, what goes off, and what is left, in cents."""

    tariff_code: str
    price_cents: int
    discount_cents: int = 0
    discount_name: str = ""

    @property
    def balance_cents(self) -> int:
        """What is to be paid (saldo)."""
        return self.price_cents - self.discount_cents


@dataclass(frozen=True, slots=True)
class Hole:
    """Ages that have no price, or more than one, from a day on."""

    membership_code: str
    branch_code: str
    fee_zone: str
    from_age: int
    to_age: int
    since: date


def price_of(
    lines: Iterable[TariffLine], discounts: Iterable[Discount], code: str, buyer: Buyer, day: date
) -> Price | None:
    """Give the price of a type on a day; None when the list has no tariff for this buyer.

    A tariff of the own branch goes before one for all, then one of the own fee zone. Of the
    discounts the largest counts; they do not add up, and never make a price negative.
    """
    line = _tariff(lines, code, buyer, day)
    if line is None:
        return None
    best, name = 0, ""
    for discount in discounts:
        if _is_for(discount, code, buyer, day):
            off = min(line.price_cents, _amount(discount, line.price_cents))
            if off > best:
                best, name = off, discount.name
    return Price(line.tariff_code, line.price_cents, best, name)


def overlaps(lines: Sequence[TariffLine]) -> Iterator[Hole]:
    """Find ages that two lines of the same type, branch and zone price on the same day."""
    for number, one in enumerate(lines):
        for other in lines[number + 1 :]:
            if _place(one) != _place(other):
                continue
            from_age = max(one.from_age, other.from_age)
            to_age = min(one.to_age, other.to_age)
            since = max(one.valid_from, other.valid_from)
            if from_age <= to_age and one.holds_on(since) and other.holds_on(since):
                yield _hole(one, from_age, to_age, since)


def gaps(terms: Terms, lines: Sequence[TariffLine]) -> Iterator[Hole]:
    """Find ages of the type that nothing prices, from the first tariff on.

    Where no branch or zone has a line of its own, the line for all counts; so only a list without
    one for all must be whole by itself. That a list ends on its last day is no gap.
    """
    own = [line for line in lines if line.membership_code == terms.code]
    places = dict.fromkeys(_place(line) for line in own)
    general = (terms.code, "", "")
    for place in [general] if general in places else places:
        there = [line for line in own if _place(line) == place]
        ends = [line.valid_until for line in there]
        last = None if None in ends else max(end for end in ends if end is not None)
        for day in _turning_days(there):
            if last is not None and day > last:
                continue
            for from_age, to_age in _unpriced(terms, [x for x in there if x.holds_on(day)]):
                yield _hole(there[0], from_age, to_age, day)


def zone_of(postcode: str, zones: Iterable[tuple[str, int, int]]) -> str:
    """Give the fee zone that a postcode lies in; zones are (code, first, last) of its digits."""
    digits = postcode.strip()[:4]
    if not (digits.isascii() and digits.isdigit()):
        return ""
    return next((code for code, first, last in zones if first <= int(digits) <= last), "")


def _tariff(lines: Iterable[TariffLine], code: str, buyer: Buyer, day: date) -> TariffLine | None:
    fitting = [
        line
        for line in lines
        if line.membership_code == code
        and line.holds_on(day)
        and is_of_age(buyer.age, line.from_age, line.to_age)
        and line.branch_code in ("", buyer.branch_code)
        and line.fee_zone in ("", buyer.fee_zone)
    ]
    return max(
        fitting,
        key=lambda line: (bool(line.branch_code), bool(line.fee_zone), line.valid_from),
        default=None,
    )


def _is_for(discount: Discount, code: str, buyer: Buyer, day: date) -> bool:
    return (
        discount.valid_from <= day
        and (discount.valid_until is None or day <= discount.valid_until)
        and discount.membership_code in ("", code)
        and discount.branch_code in ("", buyer.branch_code)
        and discount.selection_code in ("", buyer.selection_code)
        and (buyer.is_new or not discount.only_new)
    )


def _amount(discount: Discount, price_cents: int) -> int:
    # Half a cent goes to the library: a discount of 15% on 0,90 is 0,13.
    return discount.cents or price_cents * discount.percent // 100


def _place(line: TariffLine) -> tuple[str, str, str]:
    return line.membership_code, line.branch_code, line.fee_zone


def _turning_days(lines: Iterable[TariffLine]) -> list[date]:
    days = set()
    for line in lines:
        days.add(line.valid_from)
        if line.valid_until is not None and line.valid_until < date.max:
            days.add(line.valid_until + timedelta(days=1))
    return sorted(days)


def _unpriced(terms: Terms, lines: Iterable[TariffLine]) -> Iterator[tuple[int, int]]:
    age = terms.from_age
    for line in sorted(lines, key=lambda line: line.from_age):
        if line.from_age > age:
            yield age, min(line.from_age - 1, terms.to_age)
        age = max(age, line.to_age + 1)
        if age > terms.to_age:
            return
    yield age, terms.to_age


def _hole(line: TariffLine, from_age: int, to_age: int, since: date) -> Hole:
    return Hole(line.membership_code, line.branch_code, line.fee_zone, from_age, to_age, since)
