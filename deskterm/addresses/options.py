"""Whether addresses are looked up, and where; the settings file fills it in."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class AddressOptions:
    """Which register of addresses is asked."""

    lookup: Literal["off", "pdok", "vlaanderen"] = "off"
    """`pdok`: that of the Netherlands; `vlaanderen`: that of Flanders; `off`: none is asked."""
    url: str = ""
    """Stands in for the register's own `https://` and host, such as a library's proxy."""
    budget_s: float = 2.0
    """How long an answer may take in all, in seconds, before staff type on without it."""
