"""Where the providers and the queue have their moments from."""

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """The part of the desk's clock that is needed here; this room knows no services."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""

    def today(self) -> date:
        """The day at the desk."""
