"""The price list as it stands on a day; `setup.prices` loads a new one."""

from datetime import date

from deskterm.rules.dates import age_on
from deskterm.rules.rights import Right
from deskterm.rules.tariffs import Buyer, price_of
from deskterm.rules.terms import Terms, is_of_age
from deskterm.services.desk import Desk
from deskterm.services.enrol.pricing import period_of, quote_of
from deskterm.services.errors import DeskError, NotFound
from deskterm.services.trouble import reading
from deskterm.store.reads import library
from deskterm.store.reads import tariffs as reads
from deskterm.store.reads.tariffs import PriceList
from deskterm.text import _
from deskterm.views.enrolment import CostView, Quote, TariffView


def show(desk: Desk, on: date) -> tuple[TariffView, ...]:
    """Give every tariff in force on a day, by type, branch and age."""
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        prices = reads.price_list(connection)
    return tuple(
        TariffView(
            membership_code=line.membership_code,
            membership_name=prices.types[line.membership_code].name,
            tariff_code=line.tariff_code,
            branch_code=line.branch_code,
            fee_zone=line.fee_zone,
            from_age=line.from_age,
            to_age=line.to_age,
            price_cents=line.price_cents,
            valid_from=line.valid_from,
            valid_until=line.valid_until,
        )
        for line in prices.tariffs
        if line.holds_on(on)
    )


def quote(
    desk: Desk, code: str, *, branch: str, on: date, born: date | None, until: date | None = None
) -> Quote:
    """Give period and price of a type for somebody of whom only the birth date is known.

    `until` is the last day of the membership that they have or had.

    Raises:
        NotFound: there is no such type or branch.
        DeskError: it is not for that age, has no tariff that day, or its fixed date has passed.
    """
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        prices = reads.price_list(connection)
        branches = {one.code for one in library.branches(connection)}
    if branch not in branches:
        raise NotFound(_("Vestiging {code} bestaat niet.").format(code=branch))
    age = age_on(born, on) if born is not None else None
    terms = _terms(prices, code, age)
    buyer = Buyer(branch, age, is_new=until is None)
    price = price_of(prices.tariffs, prices.discounts, code, buyer, on)
    if price is None:
        raise DeskError(
            _("Er is op die dag geen tarief voor {code}-{name} bij vestiging {branch}.").format(
                code=code, name=terms.name, branch=branch
            )
        )
    period = period_of(terms, on, until)
    return quote_of(
        terms, price, period, name="", age=age, branch_code=branch, is_new=until is None
    )


def _terms(prices: PriceList, code: str, age: int | None) -> Terms:
    terms = prices.types.get(code)
    if terms is None:
        raise NotFound(_("Abonnement {code} bestaat niet.").format(code=code))
    if age is not None and not is_of_age(age, terms.from_age, terms.to_age):
        raise DeskError(
            _("{code}-{name} is niet voor iemand van {age} jaar.").format(
                code=code, name=terms.name, age=age
            )
        )
    return terms


def cost(desk: Desk, code: str) -> CostView | None:
    """Give what something costs here today, such as `card`; None when the library asks nothing."""
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        row = reads.cost(connection, code, desk.place.branch.code, desk.today)
    return CostView(row.name, row.booking_code, row.price_cents) if row else None
