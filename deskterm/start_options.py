"""What the command line says of the library and the desk."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; None leaves a choice to the settings file."""

    store: str | None = None
    config: Path | None = None
    day: date | None = None
    desk: str | None = None
    """A desk's name, or `branch/desk` where several branches have a desk of that name."""
    practice: bool = False
    """The store is the practice library: it has its own day, and its employee is signed in."""
    sign_in: bool | None = None
    login: str = ""
    """Who the launcher says is at the desk; empty where it is whoever runs the program."""
