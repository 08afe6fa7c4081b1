"""What a set-up can hold: institutions, branches, memberships, staff, words and settings.

The tables and keys are those of the files in data/defaults and of data/init-example.toml.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from deskterm.rules.cards import CardScheme
from deskterm.rules.names import inert
from deskterm.rules.rights import Role
from deskterm.rules.terms import Term
from deskterm.text import _


def _name(value: object) -> object:
    """A name without what a terminal would obey; a number where a text belongs is that text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return inert(value).strip() if isinstance(value, str) else value


def _branch_code(value: object) -> object:
    code = _name(value)
    if isinstance(code, str) and not re.fullmatch(r"\d{4}", code, re.ASCII):
        raise ValueError(_("een vestigingsnummer heeft vier cijfers"))
    return code


def _booking_code(value: object) -> object:
    code = _name(value)
    if isinstance(code, str) and not re.fullmatch(r"\d{4}", code, re.ASCII):
        raise ValueError(_("een boekingscode heeft vier cijfers"))
    return code


def _role(value: object) -> object:
    if isinstance(value, str) and value in Role.__members__:
        return value
    raise ValueError(_("kies uit {choices}").format(choices=", ".join(Role.__members__)))


Name = Annotated[str, BeforeValidator(_name), Field(min_length=1, max_length=100)]
Text = Annotated[str, BeforeValidator(_name), Field(max_length=100)]
BranchCode = Annotated[str, BeforeValidator(_branch_code)]
Age = Annotated[int, Field(ge=0, le=999)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Months = Annotated[int, Field(ge=0, le=24)]


class Row(BaseModel):
    """One table of the file. Unknown keys are faults: a slip would else go unnoticed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class InstitutionRow(Row):
    """A library organisation (instantie)."""

    code: Name
    name: Name


class BranchRow(Row):
    """A place with desks (vestiging)."""

    code: BranchCode
    institution_code: Text = ""
    """May stay away when there is one institution."""
    name: Name
    place: Text = ""
    card_scheme: CardScheme = CardScheme.STANDARD_14
    desks: Annotated[tuple[Name, ...], Field(min_length=1)]


class TariffRow(Row):
    """The price of a membership for an age band, in cents, from a day on."""

    tariff_code: Name
    from_age: Age = 0
    to_age: Age = 999
    fee_zone: Text = ""
    price_cents: Count
    valid_from: date
    valid_until: date | None = None
    branch_code: BranchCode | None = None


class MembershipRow(Row):
    """A membership type (abonnement) with its limits; amounts in cents, ages inclusive."""

    code: Name
    name: Name
    customer_types: Text = "00"
    from_age: Age = 0
    to_age: Age = 999
    months: Annotated[int, Field(ge=1, le=120)] = 12
    sector: Name = "BIEB"
    max_items: Count | None = None
    max_open_cents: Count | None = None
    max_holds: Count | None = None
    active: bool = True
    term: Term = Term.MONTHS
    """How its end is found; see `rules.terms`."""
    expiry_month: Annotated[int, Field(ge=1, le=12)] | None = None
    expires_on: date | None = None
    days: Annotated[int, Field(ge=1, le=3650)] | None = None
    renews: bool = True
    debit_only: bool = False
    next_code: Text = ""
    bill_before: Months = 1
    remind_after: Months = 1
    overdue_after: Months = 1
    end_after: Months = 1
    tariffs: tuple[TariffRow, ...] = ()

    @model_validator(mode="after")
    def _ages_in_order(self) -> "MembershipRow":
        if self.to_age < self.from_age:
            raise ValueError(_("to_age is lager dan from_age"))
        return self

    @model_validator(mode="after")
    def _term_is_whole(self) -> "MembershipRow":
        needed = {
            Term.FIXED_MONTH: "expiry_month", Term.FIXED_DATE: "expires_on", Term.DAYS: "days",
        }.get(self.term)  # fmt: skip
        if needed is not None and getattr(self, needed) is None:
            sentence = _("bij term {term} hoort {field}")
            raise ValueError(sentence.format(term=self.term.value, field=needed))
        return self


class DiscountRow(Row):
    """Something off the price; see `rules.tariffs.Discount`."""

    code: Name
    name: Name
    membership_code: Name | None = None
    branch_code: BranchCode | None = None
    percent: Annotated[int, Field(ge=0, le=100)] = 0
    cents: Count = 0
    only_new: bool = False
    selection_code: Text = ""
    valid_from: date
    valid_until: date | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "DiscountRow":
        if bool(self.percent) == bool(self.cents):
            raise ValueError(_("geef percent of cents, een van de twee"))
        return self


class CostRow(Row):
    """What the library asks beside the membership, in cents."""

    code: Name
    name: Name
    booking_code: Annotated[str, BeforeValidator(_booking_code)]
    branch_code: BranchCode | None = None
    price_cents: Count
    valid_from: date
    valid_until: date | None = None


class FeeZoneRow(Row):
    """Postcodes that pay a tariff of their own, by their four digits."""

    code: Name
    from_postcode: Annotated[int, Field(ge=1000, le=9999)]
    to_postcode: Annotated[int, Field(ge=1000, le=9999)]

    @model_validator(mode="after")
    def _in_order(self) -> "FeeZoneRow":
        if self.to_postcode < self.from_postcode:
            raise ValueError(_("to_postcode is lager dan from_postcode"))
        return self


class StaffRow(Row):
    """Somebody who signs in at a desk."""

    actor_id: Annotated[int, Field(ge=1, le=2_147_483_647)]
    username: Name
    name: Name
    born: date
    """The first PIN is its day and month."""
    role: Annotated[str, BeforeValidator(_role)] = Role.BALIEBHR.name
    branch_code: BranchCode
    card_number: Name | None = None
    language: Literal["", "nl", "en"] = ""


class WordRow(Row):
    """An entry of a pick list as staff read it."""

    nl: Name
    en: Text = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class PriceFile:
    """What `deskterm tariffs load` reads: types with their tariffs, and what goes with them."""

    memberships: tuple[MembershipRow, ...] = ()
    tariffs: tuple[tuple[str, TariffRow], ...] = ()
    """Tariffs of types that the library has, by the code of the type (a CSV file)."""
    discounts: tuple[DiscountRow, ...] = ()
    costs: tuple[CostRow, ...] = ()
    fee_zones: tuple[FeeZoneRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SetUp:
    """Everything one set-up adds or changes; what it does not name stays as it is."""

    institutions: tuple[InstitutionRow, ...] = ()
    branches: tuple[BranchRow, ...] = ()
    memberships: tuple[MembershipRow, ...] = ()
    staff: tuple[StaffRow, ...] = ()
    words: tuple[tuple[str, str, WordRow], ...] = ()
    """Pick list, code and texts; the order is the order on the screen."""
    settings: tuple[tuple[str, str], ...] = ()
