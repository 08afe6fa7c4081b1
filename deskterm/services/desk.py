"""The Desk: who works where, on which day, with which store. Every use case takes one."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from deskterm.accounts.options import AccountOptions
from deskterm.services.errors import NotAllowed, NotSignedIn
from deskterm.views.desk import DeskView, StaffView

if TYPE_CHECKING:
    from deskterm.accounts.model import AccountProvider
    from deskterm.addresses.model import AddressRegister
    from deskterm.printing.options import PrintingOptions
    from deskterm.store.engine import Store

LOCAL = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Where days and moments come from; tests and the practice library set their own."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""

    def today(self) -> date:
        """The day at the desk."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, with the day as Amsterdam has it."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().astimezone(LOCAL).date()


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class DayClock:
    """A clock that began on a given day (practice library, `--day`) and runs on from there.

    It begins at the hour that it is, and past midnight it is the next day: time never goes back.
    """

    day: date
    """The day it began on."""
    began: datetime = field(default_factory=_now, compare=False, repr=False)
    """The moment that it began on the machine's clock."""

    def now(self) -> datetime:
        hour = self.began.astimezone(LOCAL).time()
        return datetime.combine(self.day, hour, LOCAL).astimezone(UTC) + (_now() - self.began)

    def today(self) -> date:
        return self.now().astimezone(LOCAL).date()


@dataclass(frozen=True, slots=True)
class Desk:
    """A workplace with the staff member who is signed in at it."""

    store: "Store"
    clock: Clock
    place: DeskView
    staff: StaffView | None = None
    accounts: "AccountProvider | None" = None
    """Where login accounts live; None for a library that has none."""
    account_options: AccountOptions = field(default_factory=AccountOptions)
    read_printing: "Callable[[], PrintingOptions | None] | None" = None
    """Reads what `printing` gives when it is first wanted; None where there are no printers."""

    addresses: "AddressRegister | None" = None
    """Who is asked for an address; None for a library that looks none up."""

    @property
    def today(self) -> date:
        return self.clock.today()

    @property
    def printing(self) -> "PrintingOptions | None":
        """The printers of the desks; None when the settings of printers are faulty."""
        if self.read_printing is not None:
            return self.read_printing()
        from deskterm.printing.options import PrintingOptions

        return PrintingOptions()

    def signed_in_as(self, staff: StaffView | None) -> "Desk":
        """The same desk with another employee, or none."""
        return replace(self, staff=staff)

    def require(self, right: str) -> StaffView:
        """The signed-in employee when they have the right.

        Raises:
            NotSignedIn: nobody is signed in.
            NotAllowed: their role lacks the right.
        """
        if self.staff is None:
            raise NotSignedIn(right)
        if right not in self.staff.rights:
            raise NotAllowed(right)
        return self.staff
