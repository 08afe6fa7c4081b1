"""A customer as the screens show it: the block on top and what the eleven tabs hold.

Dates are `date`, moments are aware UTC, money is integer cents. Nothing here is a sentence: the
screens put values into words, the command line into JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from deskterm.views.accounts import NO_ACCOUNT, AccountView
from deskterm.views.lists import ChargeLine, HoldLine, LoanLine


@dataclass(frozen=True, slots=True)
class Block:
    """The blue bar and the grey block that stand on top of every customer screen."""

    actor_id: int
    card_number: str | None
    """The hoofdpas; None says there is no card number."""
    branch_code: str
    branch_name: str
    membership_name: str
    """`Compleet`; empty without any membership."""
    status: int | None
    """Status 1-9 of the newest period; None without one."""
    end_reason: str
    """Words of the reason it ended, `Afgevoerd`; empty while it runs."""
    valid: bool
    valid_until: date | None
    title: str
    display_name: str
    """`Dhr. T. Testabo`, control characters removed."""
    street_line: str
    place_line: str
    """`9468 BG ANNEN`."""
    born: date | None
    age: int | None
    last_activity_on: date | None
    on_loan: int
    active_cards: int
    contribution_cents: int
    registration_cents: int
    punches: int
    credit_cents: int
    over_limit: frozenset[str]
    """Names of the fields above that are over a limit: `on_loan`, `registration_cents`."""
    has_messages: bool
    block_kinds: tuple[str, ...]
    """Blocks in force, `rules.blocks.BlockKind` values."""
    contact_person: str | None = None
    """Whom to ask for at an institution; None for a person."""


@dataclass(frozen=True, slots=True)
class AddressView:
    """One address of a customer."""

    id: int
    kind: str
    street: str
    house_number: str
    house_addition: str
    postcode: str
    place: str
    country: str
    from_on: date | None
    until_on: date | None
    returned_on: date | None = None
    """The day post came back from it."""


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A row of Producten/diensten."""

    id: int
    institution_code: str
    branch_code: str
    begin_on: date
    end_on: date
    membership_code: str
    membership_name: str
    status: int
    end_reason: str
    price_cents: int
    sector: str
    ending_reason: str = ""
    """Words of why it will end on its last day, as staff decided; empty when it may be renewed."""


@dataclass(frozen=True, slots=True)
class Grows:
    """What a membership turns into by age, at its next period: the monthly run does it."""

    membership_code: str
    membership_name: str
    begin_on: date


@dataclass(frozen=True, slots=True)
class CardView:
    """One card of a customer."""

    id: int
    number: str
    kind: str
    """`main` (hoofdpas) or `extra` (volgpas)."""
    status: str
    """`active`, `blocked` or `replaced`."""
    branch_code: str
    branch_name: str
    issued_on: date
    last_used_on: date | None


@dataclass(frozen=True, slots=True)
class BlockNote:
    """A block in force on the customer."""

    id: int
    kind: str
    note: str
    since: date


@dataclass(frozen=True, slots=True)
class LogLine:
    """One change that was made to the customer."""

    at: datetime
    staff: str
    """Name or actor-id of who did it; empty for a machine."""
    desk: str
    action: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role of the customer, running while it has no end."""

    id: int
    code: str
    name: str
    begin_on: date
    end_on: date | None


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One thing a library offers and whether the customer has it: a profile, badge, label."""

    kind: str
    code: str
    name: str
    chosen: bool
    since: date | None = None
    group: str = ""
    """Words of what it belongs to: the type of a profile."""


@dataclass(frozen=True, slots=True)
class PreferenceView:
    """How the customer wants one kind of message delivered."""

    message_kind: str
    name: str
    delivery: str
    allowed: str
    """Letters that may be chosen, `MFI`."""


@dataclass(frozen=True, slots=True)
class RelationView:
    """What another customer is to this one, as `views.family.Tie`."""

    kind: str
    actor_id: int
    display_name: str


@dataclass(frozen=True, slots=True)
class Person:
    """The columns of the customer that tabs show and edit, by their own names.

    Field by field as `store.tables.customer.Customer`, so a form's field name is a column name.
    """

    customer_type: str
    branch_code: str
    stop: str
    registered_on: date
    title: str
    initials: str
    first_name: str
    prefix: str
    surname: str
    suffix: str
    preferred_first_name: str
    preferred_surname: str
    tag: str
    sex: str
    organization_type: str
    born: date | None
    phone: str
    phone2: str
    phone3: str
    mobile: str
    fax: str
    email: str
    email_bcc1: str
    email_bcc2: str
    billing_email: str
    contact_person: str
    contact_phone: str
    id_kind: str
    id_number: str
    id_country: str
    iban: str
    bic: str
    direct_debit: bool
    switch_service: bool
    mandate_given_on: date | None
    mandate_revoked_on: date | None
    selection_code: str
    statistical_category: str
    bypassed_checkins: int
    punches: int
    login_failures: int
    notify_previous: bool
    show_history: bool
    erase_history: bool
    card_missing_on: date | None
    receipts: bool
    hold_messages: bool
    classification: str
    language: str
    external_number: str
    external_number2: str
    username: str
    private_comment: str
    target_group: str
    no_information: bool
    no_marketing: bool
    no_mail: bool
    no_email: bool
    no_phone: bool
    no_website: bool
    loans_this_year: int
    loans_last_year: int
    loans_total: int


@dataclass(frozen=True, slots=True)
class CustomerView:
    """Everything the customer screen shows, read in one transaction."""

    actor_id: int
    version: int
    block: Block
    person: Person
    names: Mapping[str, str]
    """Words of the codes in `person`, by column: `language` is *Nederlands*; and by list those of
    the countries of the addresses and of the codes in the log: `country.NL` is *Nederland*."""
    addresses: tuple[AddressView, ...]
    periods: tuple[PeriodView, ...]
    """Newest first."""
    cards: tuple[CardView, ...]
    messages: tuple[str, ...]
    """At most four public lines."""
    blocks: tuple[BlockNote, ...]
    log: tuple[LogLine, ...]
    """Newest first, at most 200."""
    roles: tuple[RoleView, ...]
    profiles: tuple[ChoiceView, ...]
    labels: tuple[ChoiceView, ...]
    newsletters: tuple[ChoiceView, ...]
    badges: tuple[ChoiceView, ...]
    preferences: tuple[PreferenceView, ...]
    relations: tuple[RelationView, ...]
    loans: tuple[LoanLine, ...]
    holds: tuple[HoldLine, ...]
    charges: tuple[ChargeLine, ...]
    """Open charges."""
    changed_at: datetime
    changed_by: int | None
    account: AccountView = NO_ACCOUNT
    """The login account."""
    grows: Grows | None = None
    """What the membership becomes by age; None when it stays what it is."""
    mandate: str = ""
    """The number of the mandate for direct debit; empty before it was given."""
    postal_id: int | None = None
    """Which of the addresses letters go to today; None without any."""


@dataclass(frozen=True, slots=True)
class PopUp:
    """One pop-up on opening a customer; `kind` says which, the rest is what it tells.

    Kinds in order: block, blacklist, card, not_valid, billed, contribution, registration, bill,
    message, private_comment, holds_ready, overdue.
    """

    kind: str
    title: str
    lines: tuple[str, ...]
    may_continue: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening a customer answers: the customer, its pop-ups, and what the text matched."""

    customer: CustomerView
    pop_ups: tuple[PopUp, ...]
    matched: str
    """How it was found when not by its hoofdpas: a sentence such as the old card's; else empty."""
