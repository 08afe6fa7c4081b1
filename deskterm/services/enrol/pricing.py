"""What an applicant may have, what it costs and how long it runs."""

from datetime import date

from deskterm.rules.faults import RuleFault
from deskterm.rules.tariffs import Buyer, Price, price_of, zone_of
from deskterm.rules.terms import Period, Term, Terms, is_offered, next_period, turned_into
from deskterm.services.enrol.person import Applicant
from deskterm.services.errors import DeskError, FormFaults
from deskterm.store.reads.tariffs import PriceList
from deskterm.text import _
from deskterm.views.enrolment import Offer, Quote

_FULL_YEAR = 12


def offers(prices: PriceList, who: Applicant, customer_type: str, zone: str) -> list[Offer]:
    """Give the types that this customer may have and that have a price today.

    The type the customer had comes first; then those that lend before those that do not, whole
    years before shorter terms, cheap before dear.
    """
    usual = suggested(prices, who)
    found = []
    for terms in prices.types.values():
        price = _price(prices, who, terms.code, zone)
        if price is None or not _is_offered(terms, who, customer_type):
            continue
        try:
            period = next_period(terms, who.today, who.runs_until)
        except RuleFault:
            continue  # its fixed date has passed
        most = prices.limits[terms.code].max_items
        offer = Offer(
            terms.code, terms.name, price.balance_cents, period.end_on, most, terms.debit_only
        )
        is_short = terms.term is Term.DAYS or terms.months < _FULL_YEAR
        order = (terms.code != usual, most == 0, is_short, price.balance_cents, terms.code)
        found.append((order, offer))
    return [offer for _order, offer in sorted(found, key=lambda one: one[0])]


def quote(prices: PriceList, who: Applicant, customer_type: str, code: str, zone: str) -> Quote:
    """Give period and price of one type.

    Raises:
        FormFaults: the type is not offered to this customer, or not any more.
        DeskError: the library has no tariff for it today.
    """
    terms = prices.types.get(code)
    if terms is None or not _is_offered(terms, who, customer_type):
        sentence = _("Dit abonnement kan deze klant niet (meer) krijgen: {code}.")
        raise FormFaults((("membership_code", sentence.format(code=code)),))
    price, period = price_and_period(prices, who, terms, zone)
    return quote_of(
        terms, price, period,
        name=who.name, age=who.age, branch_code=who.texts["branch_code"], is_new=who.row is None,
    )  # fmt: skip


def quote_of(
    terms: Terms,
    price: Price,
    period: Period,
    *,
    name: str,
    age: int | None,
    branch_code: str,
    is_new: bool,
) -> Quote:
    """Put together what a type costs this person and how long it runs."""
    return Quote(
        name=name,
        age=age,
        membership_code=terms.code,
        membership_name=terms.name,
        tariff_code=price.tariff_code,
        begin_on=period.begin_on,
        end_on=period.end_on,
        expiry_month=period.expiry_month,
        price_cents=price.price_cents,
        discount_cents=price.discount_cents,
        discount_name=price.discount_name,
        balance_cents=price.balance_cents,
        branch_code=branch_code,
        is_new=is_new,
    )


def price_and_period(
    prices: PriceList, who: Applicant, terms: Terms, zone: str
) -> tuple[Price, Period]:
    """Give both, or raise a DeskError that says which of them there is not."""
    price = _price(prices, who, terms.code, zone)
    if price is None:
        raise DeskError(
            _("Er is vandaag geen tarief voor {code}-{name} bij vestiging {branch}.").format(
                code=terms.code, name=terms.name, branch=who.texts["branch_code"]
            ),
            _("Vraag de beheerder het tarief in te lezen met `deskterm tariffs load`."),
        )
    return price, period_of(terms, who.today, who.runs_until)


def period_of(terms: Terms, on: date, until: date | None) -> Period:
    """Give the period that is bought on a day by who has a membership up to `until`.

    Raises:
        DeskError: the fixed date of the type has passed.
    """
    try:
        return next_period(terms, on, until)
    except RuleFault as fault:
        raise DeskError(_(fault.msgid).format(**fault.params)) from fault


def suggested(prices: PriceList, who: Applicant) -> str:
    """Give the type the customer had last, or what it has become by age; empty for a new one."""
    if not who.periods:
        return ""
    return turned_into(who.periods[0].membership_code, dict(prices.types), who.age)


def _is_offered(terms: Terms, who: Applicant, customer_type: str) -> bool:
    return is_offered(terms, customer_type, who.age, pays_by_debit=who.pays_by_debit)


def _price(prices: PriceList, who: Applicant, code: str, zone: str) -> Price | None:
    buyer = Buyer(
        branch_code=who.texts["branch_code"],
        age=who.age,
        fee_zone=zone or zone_of(who.texts["address.1.postcode"], prices.zones),
        selection_code=who.texts["selection_code"],
        is_new=not who.periods,
    )
    return price_of(prices.tariffs, prices.discounts, code, buyer, who.today)
