"""Who is being enrolled, as prices and duplicates see them: the record with the form over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from deskterm.rules.dates import age_on, parse_date
from deskterm.rules.faults import RuleFault
from deskterm.rules.membership import VALID_STATUSES
from deskterm.rules.names import display_name, inert
from deskterm.services.customer_rows import the_row
from deskterm.services.edit.draft import as_text
from deskterm.services.errors import FormFaults
from deskterm.services.viewing import postal_address
from deskterm.store.reads import memberships, parts
from deskterm.store.reads.person import CustomerRow
from deskterm.text import _
from deskterm.views.customer import PeriodView

if TYPE_CHECKING:
    from deskterm.services.desk import Desk
    from deskterm.store.light import Reader

ADDRESS_PARTS = ("street", "house_number", "house_addition", "postcode", "place", "country")
FIELDS = (
    "title", "initials", "first_name", "prefix", "surname", "suffix", "sex", "organization_type",
    "born", "phone", "mobile", "email", "contact_person", "id_kind", "id_number", "id_country",
    "branch_code", "language", "selection_code", "external_number",
)  # fmt: skip
"""Columns of the data form; the address comes beside them."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """One person or institution at the desk, with what is typed over what is known."""

    row: CustomerRow | None
    periods: tuple[PeriodView, ...]
    texts: Mapping[str, str]
    """Every field of the data form, as it would be saved."""
    born: date | None
    today: date

    @property
    def age(self) -> int | None:
        """The age today; None without a birth date."""
        return age_on(self.born, self.today) if self.born is not None else None

    @property
    def name(self) -> str:
        """The name as the customer block has it."""
        texts = self.texts
        return display_name(
            inert(texts["surname"]).strip(),
            prefix=inert(texts["prefix"]).strip(),
            initials=inert(texts["initials"]).strip(),
            first=inert(texts["first_name"]).strip(),
            title=inert(texts["title"]).strip(),
        )

    @property
    def runs_until(self) -> date | None:
        """The last day of what runs or was bought ahead; None when nothing is valid any more."""
        ends = [
            period.end_on
            for period in self.periods
            if period.status in VALID_STATUSES and period.end_on >= self.today
        ]
        return max(ends, default=None)

    @property
    def pays_by_debit(self) -> bool:
        """Whether there is a mandate that was not revoked."""
        person = self.row.person if self.row else None
        return person is not None and person.direct_debit and person.mandate_revoked_on is None


def applicant(
    connection: "Reader", desk: "Desk", actor_id: int | None, values: Mapping[str, str]
) -> Applicant:
    """Read who it is about, with the typed values over what the store has.

    Raises:
        NotFound: the customer is gone.
        FormFaults: the birth date is none.
    """
    row = None
    texts = blank(desk)
    periods: tuple[PeriodView, ...] = ()
    if actor_id is not None:
        row = the_row(connection, actor_id)
        texts |= known_texts(connection, row, desk.today)
        periods = tuple(one.view for one in memberships.periods(connection, actor_id))
    texts |= values
    return Applicant(row, periods, texts, _born(texts["born"], desk.today), desk.today)


def blank(desk: "Desk") -> dict[str, str]:
    """The data form of somebody new."""
    texts = dict.fromkeys((*FIELDS, *(f"address.1.{part}" for part in ADDRESS_PARTS)), "")
    texts |= {"sex": "X", "branch_code": desk.place.branch.code, "language": "nl_NL"}
    # Who asks a register has most customers in its country.
    country = desk.addresses.country if desk.addresses is not None else "NL"
    return texts | {"address.1.country": country}


def known_texts(connection: "Reader", row: CustomerRow, today: date) -> dict[str, str]:
    """The data form of a customer; its one address is where letters go today."""
    texts = {name: as_text(getattr(row.person, name)) for name in FIELDS}
    address = postal_address(parts.addresses(connection, row.actor_id), today)
    if address is not None:
        texts |= {f"address.1.{part}": getattr(address, part) for part in ADDRESS_PARTS}
    return texts


def _born(text: str, today: date) -> date | None:
    if not text.strip():
        return None
    try:
        return parse_date(inert(text), today, birth=True)
    except RuleFault as fault:
        raise FormFaults((("born", _(fault.msgid).format(**fault.params)),)) from fault
