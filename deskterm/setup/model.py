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


def _role(value: object) -> object:
    if isinstance(value, str) and value in Role.__members__:
        return value
    raise ValueError(_("kies uit {choices}").format(choices=", ".join(Role.__members__)))


Name = Annotated[str, BeforeValidator(_name), Field(min_length=1, max_length=100)]
Text = Annotated[str, BeforeValidator(_name), Field(max_length=100)]
BranchCode = Annotated[str, BeforeValidator(_branch_code)]
Age = Annotated[int, Field(ge=0, le=999)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


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
    tariffs: tuple[TariffRow, ...] = ()

    @model_validator(mode="after")
    def _ages_in_order(self) -> "MembershipRow":
        if self.to_age < self.from_age:
            raise ValueError(_("to_age is lager dan from_age"))
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
class SetUp:
    """Everything one set-up adds or changes; what it does not name stays as it is."""

    institutions: tuple[InstitutionRow, ...] = ()
    branches: tuple[BranchRow, ...] = ()
    memberships: tuple[MembershipRow, ...] = ()
    staff: tuple[StaffRow, ...] = ()
    words: tuple[tuple[str, str, WordRow], ...] = ()
    """Pick list, code and texts; the order is the order on the screen."""
    settings: tuple[tuple[str, str], ...] = ()
