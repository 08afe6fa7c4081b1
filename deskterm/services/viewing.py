"""Puts a customer together: every part read in one transaction, and the block on top."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from deskterm.rules.blocks import BlockKind
from deskterm.rules.dates import age_on
from deskterm.rules.debit import mandate_id
from deskterm.rules.membership import VALID_STATUSES, MembershipStatus, is_valid
from deskterm.rules.names import DECEASED_MARK, display_name, list_name
from deskterm.rules.terms import turned_into
from deskterm.services.accounts.showing import account_view
from deskterm.services.errors import Erased, NoCustomer
from deskterm.services.log_codes import codes_in
from deskterm.services.settings import allowed_deliveries
from deskterm.store.reads import (
    choices,
    circulation,
    ledger,
    library,
    log,
    memberships,
    names,
    parts,
)
from deskterm.store.reads.person import CustomerRow, customer_row
from deskterm.views.customer import (
    AddressView,
    Block,
    BlockNote,
    CardView,
    CustomerView,
    Grows,
    LogLine,
    Person,
    PreferenceView,
)
from deskterm.views.lists import ChargeLine, FoundCustomer, LoanLine

if TYPE_CHECKING:
    from deskterm.services.desk import Clock
    from deskterm.store.light import Reader

_STOPPED = (MembershipStatus.BLACKLISTED, MembershipStatus.ENDED)
_UNNAMED_COUNTRIES = ("", "NL", "BE")
"""Countries whose name is not written under an address."""


@dataclass(frozen=True, slots=True)
class Money:
    """What a customer owes by account, and the credit, in cents."""

    contribution: int
    registration: int
    credit: int
    limited: int
    """Of the registration, what counts for the limit: not what a payment arrangement holds."""


@dataclass(frozen=True, slots=True)
class Known:
    """A customer with what the pop-ups need besides the view."""

    view: CustomerView
    settings: dict[str, str]
    max_open_cents: int | None


def known(connection: "Reader", actor_id: int, clock: "Clock") -> Known:
    """Read a customer whole, as it is on the day and at the moment of a clock.

    The actor-id of one that was merged gives the keeper.

    Raises:
        NotFound: nobody has this actor-id; Erased when somebody had.
    """
    row = _living_row(connection, actor_id)
    actor_id, today = row.actor_id, clock.today()
    periods = memberships.periods(connection, actor_id)
    period, settings = current_period(periods, today), library.settings(connection)
    offered = choices.choices(connection, actor_id)
    addresses, cards = parts.addresses(connection, actor_id), parts.cards(connection, actor_id)
    messages, blocks = parts.messages(connection, actor_id), parts.blocks(connection, actor_id)
    changes, loans = log.lines(connection, actor_id), circulation.loans(connection, actor_id, today)
    charges = tuple(c for c in ledger.charges(connection, actor_id) if c.open_cents)
    money = _money(connection, actor_id, charges, today)
    view = CustomerView(
        actor_id=actor_id,
        version=row.version,
        block=_block(row, period, addresses, cards, messages, blocks, loans, money, today),
        person=row.person,
        names=_names(connection, row.person, addresses, changes),
        addresses=addresses,
        periods=tuple(period_row.view for period_row in periods),
        cards=cards,
        messages=messages,
        blocks=blocks,
        log=changes,
        roles=parts.roles(connection, actor_id),
        profiles=offered.profiles(),
        labels=offered.of("label"),
        newsletters=offered.of("newsletter"),
        badges=offered.of("badge"),
        preferences=_preferences(offered, settings),
        relations=parts.relations(connection, actor_id),
        loans=loans,
        holds=circulation.holds(connection, actor_id),
        charges=charges,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        account=account_view(row.account, clock.now()),
        grows=_grows(connection, row.person, periods, today),
        mandate=_mandate(row),
        postal_id=postal.id if (postal := postal_address(addresses, today)) else None,
    )
    return Known(view, settings, period.max_open_cents if period else None)


def _names(
    connection: "Reader",
    person: Person,
    addresses: Iterable[AddressView],
    changes: Iterable[LogLine],
) -> dict[str, str]:
    """The library's words for the codes in the person, the addresses and the log."""
    said = names.called(connection, codes_in(changes))
    return said | names.names(connection, person, {one.country for one in addresses})


def _mandate(row: CustomerRow) -> str:
    given = row.person.mandate_given_on
    return mandate_id(row.institution_code, row.actor_id, given) if given else ""


def _living_row(connection: "Reader", actor_id: int) -> CustomerRow:
    row = customer_row(connection, actor_id)
    if row is not None and row.merged_into is not None:
        row = customer_row(connection, row.merged_into)
    if row is None:
        raise NoCustomer(actor_id)
    if row.erased_on is not None:
        raise Erased(row.actor_id, row.erased_on)
    return row


def current_period(
    periods: Sequence[memberships.PeriodRow], today: date
) -> memberships.PeriodRow | None:
    """Choose the period the block is about: the one that counts today, else the newest.

    A period that was bought ahead does not hide the one that still runs; one that staff stopped
    (blacklist, ended) is not outdone by an older one that runs on beside it.
    """
    for row in periods:
        stopped = row.view.status in _STOPPED and row.view.begin_on <= today <= row.view.end_on
        if stopped or _valid(row, today):
            return row
    return periods[0] if periods else None


def postal_address(addresses: Sequence[AddressView], today: date) -> AddressView | None:
    """Choose where letters go: the first address that holds today, else the first of all."""
    for address in addresses:
        begun = address.from_on is None or address.from_on <= today
        if begun and (address.until_on is None or today <= address.until_on):
            return address
    return addresses[0] if addresses else None


def _valid(row: memberships.PeriodRow, today: date) -> bool:
    period = row.view
    return is_valid(MembershipStatus(period.status), period.begin_on, period.end_on, today)


def _block(
    row: CustomerRow,
    period: memberships.PeriodRow | None,
    addresses: Sequence[AddressView],
    cards: Sequence[CardView],
    messages: Sequence[str],
    blocks: Sequence[BlockNote],
    loans: Sequence[LoanLine],
    money: Money,
    today: date,
) -> Block:
    person, address = row.person, postal_address(addresses, today)
    return Block(
        actor_id=row.actor_id,
        card_number=_main_card(cards),
        branch_code=person.branch_code,
        branch_name=row.branch_name,
        membership_name=period.view.membership_name if period else "",
        status=period.view.status if period else None,
        end_reason=period.view.end_reason if period else "",
        valid=period is not None and _valid(period, today),
        valid_until=period.view.end_on if period else None,
        title=person.title,
        display_name=_name(person),
        street_line=_street_line(address) if address else "",
        place_line=_place_line(address) if address else "",
        born=person.born,
        age=age_on(person.born, today) if person.born else None,
        last_activity_on=row.last_activity_on,
        on_loan=len(loans),
        active_cards=sum(card.status == "active" for card in cards),
        contribution_cents=money.contribution,
        registration_cents=money.registration,
        punches=person.punches,
        credit_cents=money.credit,
        over_limit=_over_limit(period, len(loans), money),
        has_messages=any(messages) or bool(person.private_comment),
        block_kinds=_block_kinds(person, blocks),
        contact_person=person.contact_person if person.sex == "I" else None,
    )


def _grows(
    connection: "Reader", person: Person, periods: Sequence[memberships.PeriodRow], today: date
) -> Grows | None:
    """What the newest membership that runs turns into at its end, as the monthly run will do."""
    running = [
        one for one in periods if one.view.status in VALID_STATUSES and one.view.end_on >= today
    ]
    if not running or person.born is None:
        return None
    newest = max(running, key=lambda one: one.view.begin_on)
    period, age = newest.view, age_on(person.born, newest.view.end_on)
    stays = age <= newest.to_age or not newest.next_code or not newest.renews
    if stays or period.ending_reason or person.surname.startswith(DECEASED_MARK):
        return None
    from deskterm.store.reads import tariffs  # only who turns adult needs the price list

    types = tariffs.price_list(connection).types
    code = turned_into(period.membership_code, types, age)
    if code == period.membership_code:
        return None
    return Grows(code, types[code].name, period.end_on + timedelta(days=1))


def _name(person: Person) -> str:
    name = display_name(
        person.surname,
        prefix=person.prefix,
        initials=person.initials,
        first=person.first_name,
        title=person.title,
    )
    return f"{name} {person.suffix}".rstrip()


def _main_card(cards: Sequence[CardView]) -> str | None:
    living = (card for card in cards if card.kind == "main" and card.status != "replaced")
    return next((card.number for card in living), None)


def _street_line(address: AddressView) -> str:
    parts_of_it = (address.street, address.house_number, address.house_addition)
    return " ".join(part for part in parts_of_it if part)


def _place_line(address: AddressView) -> str:
    country = "" if address.country in _UNNAMED_COUNTRIES else f"({address.country})"
    return " ".join(part for part in (address.postcode, address.place.upper(), country) if part)


def _over_limit(period: memberships.PeriodRow | None, on_loan: int, money: Money) -> frozenset[str]:
    if period is None:
        return frozenset()
    limits = (
        ("on_loan", on_loan, period.max_items),
        ("registration_cents", money.limited, period.max_open_cents),
    )
    return frozenset(name for name, value, most in limits if most is not None and value > most)


def _block_kinds(person: Person, blocks: Sequence[BlockNote]) -> tuple[str, ...]:
    kinds = dict.fromkeys(block.kind for block in blocks)
    if person.card_missing_on is not None:
        # The website sets the date, the desk the block: either means the same to staff.
        kinds[BlockKind.MISSING.value] = None
    return tuple(kinds)


def _open(charges: Iterable[ChargeLine], account: str) -> int:
    return sum(charge.open_cents for charge in charges if charge.account == account)


def _money(
    connection: "Reader", actor_id: int, charges: Sequence[ChargeLine], today: date
) -> Money:
    limited = (
        charge
        for charge in charges
        if charge.arranged_until is None or charge.arranged_until < today
    )
    return Money(
        contribution=_open(charges, "contribution"),
        registration=_open(charges, "registration"),
        credit=ledger.credit(connection, actor_id),
        limited=_open(limited, "registration"),
    )


def _preferences(offered: choices.Choices, settings: dict[str, str]) -> tuple[PreferenceView, ...]:
    return tuple(
        PreferenceView(
            message_kind=kind.code,
            name=kind.name,
            delivery=offered.deliveries.get(kind.code, ""),
            allowed=allowed_deliveries(settings, kind.code),
        )
        for kind in offered.of("message_kind")
    )


def found_customer(view: CustomerView) -> FoundCustomer:
    """Give a customer as a row of the result list."""
    block, person = view.block, view.person
    return FoundCustomer(
        actor_id=view.actor_id,
        card_number=block.card_number or "",
        name=list_name(
            person.surname,
            prefix=person.prefix,
            initials=person.initials,
            first=person.first_name,
        ),
        born=person.born,
        address=block.street_line,
        postcode=view.addresses[0].postcode if view.addresses else "",
        place=view.addresses[0].place if view.addresses else "",
        branch_code=block.branch_code,
        membership_name=block.membership_name,
        status=block.status,
        valid=block.valid,
    )
