"""What a Seriemutatie shows: who would change, what of them, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from deskterm.views.forms import SearchForm


@dataclass(frozen=True, slots=True)
class SeriesField:
    """What is ticked as one: a field, or a few that make no sense apart."""

    code: str
    """A name of `services.labels`, or `address`."""
    names: tuple[str, ...]
    """Names of `services.editing.save`; those of an address without its number."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody who is to change: as of which version, and what (see `services.editing.save`).

    A part of an address without a number, such as `address.street`, is of the one that counts.
    """

    actor_id: int
    version: int
    changes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Housemate:
    """A customer at the address, with the texts of every field that can be copied."""

    actor_id: int
    version: int
    name: str
    born: date | None
    address_number: int
    """Which of the customer's addresses it is, as tab 2 counts them."""
    texts: Mapping[str, str]
    stayed: bool = False
    """Lives where the open customer lived before."""


@dataclass(frozen=True, slots=True)
class Household:
    """The open customer, and who else lives there now or did when the customer moved."""

    customer: Housemate
    others: tuple[Housemate, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody of a selection."""

    actor_id: int
    version: int
    name: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Customers by name, each once, and the numbers that nobody has."""

    people: tuple[Chosen, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What saving would do: how many customers change, and how many in each field."""

    people: int
    counts: tuple[tuple[str, int], ...]
    """By the name of the field, without the number of an address."""
    asks_count: bool
    """Whether the number of customers has to be typed."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A Seriemutatie that was done."""

    deed_id: int
    people: int
    until_on: date
    """The last day on which Herstel takes it back."""


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A search that staff kept under a name."""

    name: str
    form: SearchForm
