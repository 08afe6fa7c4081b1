"""What is asked about an address, and what came of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Source = Literal["register", "kept", "customers", ""]


@dataclass(frozen=True, slots=True)
class AskedAddress:
    """The part of an address that has been typed."""

    postcode: str
    house_number: str
    house_addition: str = ""
    street: str = ""
    """Looked at where a postcode has many streets."""
    country: str = "NL"


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """An address that may be meant."""

    street: str
    """Empty where only the place is known."""
    place: str
    house_number: str = ""
    house_addition: str = ""


@dataclass(frozen=True, slots=True)
class AddressAnswer:
    """What is known of an address, and by whom."""

    found: tuple[FoundAddress, ...] = ()
    source: Source = ""
    """`register`: just now; `kept`: the register's answer of an earlier day; `customers`: as other
    customers have it, which nobody checked; empty when nothing was found."""
    register: str = ""
    """The name of the register that was to be asked; empty when none was."""
    told_on: date | None = None
    """When the register gave a kept answer."""
    trouble: str = ""
    """Why the register gave no answer: the code of a RegisterError; empty when it answered."""
    detail: str = ""
    """More about that for who looks after it, such as a status."""

    @property
    def checked(self) -> bool:
        """Whether a register vouches for it."""
        return self.source in ("register", "kept")
