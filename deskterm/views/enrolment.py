"""Enrolling and memberships: the form that screens send, and what the services answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from deskterm.views.accounts import NO_ACCOUNT, AccountView, FoundAccount
from deskterm.views.customer import CustomerView


@dataclass(frozen=True, slots=True)
class EnrolmentForm:
    """Everything that is collected on the way to Opslaan; each step needs what came before it."""

    key: str
    """Made once when the walk begins: the same key never enrols twice."""
    customer_type: str
    actor_id: int | None = None
    """None for somebody who is not in the library yet."""
    version: int = 0
    """The customer's version as `begin` gave it."""
    values: Mapping[str, str] = field(default_factory=dict)
    """The data step, by the names of `services.editing.save`."""
    card: str = ""
    """A scanned number, `V` to have one made, `P` for later; empty keeps the card there is."""
    use_account: bool = False
    account: str = ""
    """`new`, `existing`, or empty while it was not chosen, which keeps the account there is."""
    found: FoundAccount | None = None
    """The account that `existing` means, as `services.login_accounts.find` gave it."""
    membership_code: str = ""
    fee_zone: str = ""
    """Empty takes the zone of the postcode."""
    relative_id: int | None = None
    """The parent or partner whose address was taken over (`begin(..., like=)`)."""


@dataclass(frozen=True, slots=True)
class EnrolmentStart:
    """What the data form is filled with."""

    actor_id: int | None
    version: int
    customer_type: str
    values: Mapping[str, str]
    required: frozenset[str]
    """Names of the fields that must be filled in of a person."""
    required_of_institution: frozenset[str]
    """The same of an institution, which has no birth date and no first name."""
    card_number: str
    """The hoofdpas there is; empty without one."""
    use_account: bool
    """Whether an account is suggested: there is a mail address and none is tied yet."""
    valid_until: date | None
    """The last day of the membership that still runs; None when none does."""
    suggested_membership: str
    """The type the customer had last, by age; empty for a new one."""
    account: AccountView = NO_ACCOUNT
    """The login account there is; one that lives stays, unless another is chosen."""

    def needed(self, sex: str) -> frozenset[str]:
        """Give the names of the fields that must be filled in; `I` is an institution."""
        return self.required_of_institution if sex == "I" else self.required


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the one that is being enrolled."""

    actor_id: int
    name: str
    born: date | None
    address: str
    place: str
    card_number: str
    email: str
    likeness: str
    """A value of `rules.duplicates.Likeness`: `same`, `twin` or `maybe`."""
    matches: frozenset[str]
    """Values of `rules.duplicates.Match`."""
    roles: tuple[str, ...]
    """Words of the roles that run."""
    membership_name: str
    status: int | None
    valid: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A membership that this customer may have."""

    membership_code: str
    membership_name: str
    price_cents: int
    """What is to be paid, discount taken off."""
    end_on: date
    max_items: int | None
    debit_only: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """What a membership costs and how long it runs (Opbouw abonnementskosten)."""

    name: str
    age: int | None
    membership_code: str
    membership_name: str
    tariff_code: str
    begin_on: date
    end_on: date
    """Rechten t/m."""
    expiry_month: int
    """Vervalmaand, 1 to 12."""
    price_cents: int
    discount_cents: int
    discount_name: str
    balance_cents: int
    """Saldo: what is to be paid."""
    branch_code: str
    is_new: bool
    """Whether the customer will be made (Klant wordt gegenereerd)."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What enrolling or changing a membership did."""

    customer: CustomerView
    period_id: int
    begin_on: date
    end_on: date
    status: int
    charge_id: int | None
    """What is to be settled; None when it is free."""
    balance_cents: int
    card_number: str
    """Empty while the card comes later."""
    account_job_id: int | None
    repeated: bool = False
    """Whether this was done before and only told again."""


@dataclass(frozen=True, slots=True)
class EndWarnings:
    """What stands open of a customer whose membership is about to be ended."""

    loans: int
    holds: int
    open_cents: int
    credit_cents: int
    refund_cents: int
    """What the library would give back when it ends today."""
    pays_for: tuple[str, ...]
    """Names of the customers whose costs this one pays."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A form that was not finished."""

    kind: str
    key: str
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TariffView:
    """A line of the price list; an empty branch or zone means all."""

    membership_code: str
    membership_name: str
    tariff_code: str
    branch_code: str
    fee_zone: str
    from_age: int
    to_age: int
    """999 is no upper age."""
    price_cents: int
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class CostView:
    """What the library asks for something beside the membership."""

    name: str
    booking_code: str
    price_cents: int


@dataclass(frozen=True, slots=True)
class MonthReport:
    """What a monthly run did, or would do: how many memberships took each step."""

    day: date
    renewed: int = 0
    """Got a next period; of those `billed` have to pay for it."""
    grown: int = 0
    """Of those, turned into another type by age."""
    billed: int = 0
    """Became Gefactureerd."""
    reminded: int = 0
    overdue: int = 0
    ended_unpaid: int = 0
    lapsed: int = 0
    holds_cancelled: int = 0
    letters: int = 0
    no_tariff: int = 0
    """Not renewed: the price list has no tariff for them. They will lapse."""


@dataclass(frozen=True, slots=True)
class LettersWritten:
    """What became of the letters that waited."""

    written: int
    no_address: int
    folder: Path
