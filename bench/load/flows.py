"""A desk with everything to lose: it enrols with a login account, settles, prints, and saves."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bench.load.clerk import MARK, Clerk, Person, Told
from deskterm.accounts.local import LocalProvider
from deskterm.accounts.options import AccountOptions
from deskterm.printing.options import DeskOptions, PrinterOptions, PrinterType, PrintingOptions
from deskterm.services import enrolment, printing
from deskterm.services.errors import StoreTrouble
from deskterm.views.enrolment import EnrolmentForm

if TYPE_CHECKING:
    from datetime import date

    from deskterm.store.engine import Store
    from deskterm.views.desk import DeskView, StaffView

P = ParamSpec("P")
T = TypeVar("T")

PRINTER = "bon"
SURNAME = "Drukte"
"""Of everybody who is enrolled in a load."""
_AGAIN_AFTER = 0.02


@dataclass
class AllTold(Told):
    """What else a desk was told to be done."""

    enrolled: list[str] = field(default_factory=list)
    """Keys of forms that were carried out."""
    asked: list[str] = field(default_factory=list)
    """Keys of receipts that are to be printed."""


def printing_options(place: str, port: int) -> PrintingOptions:
    """One receipt printer, on a port of this machine, for a desk."""
    printer = PrinterOptions(
        PRINTER, PrinterType.ESCPOS_NETWORK, host="127.0.0.1", port=port, confirm="process-id"
    )
    return PrintingOptions(printers={PRINTER: printer}, desks={place: DeskOptions(place, PRINTER)})


class Flow(Clerk):
    """Works until it is killed. Half of its keys it presses twice, as people do."""

    def __init__(
        self,
        store: Store,
        place: DeskView,
        staff: StaffView,
        customers: Sequence[Person],
        day: date,
        run: str,
        printer_port: int,
    ) -> None:
        super().__init__(store, place, staff, customers, day, run)
        options = printing_options(place.name, printer_port)
        self.desk = replace(
            self.desk,
            accounts=LocalProvider(store, self.desk.clock, AccountOptions()),
            read_printing=lambda: options,
        )
        self.told: AllTold = AllTold()
        self._acts: tuple[Callable[[Person], object], ...] = (
            self._enrol, self._enrol, self._settle_and_print, self._settle_and_print, self._save,
        )  # fmt: skip

    def turn(self) -> None:
        self._number += 1
        self._random.choice(self._acts)(self._random.choice(self._customers))

    def surely(self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        while True:
            try:
                return act(*args, **kwargs)
            except StoreTrouble:
                time.sleep(_AGAIN_AFTER)

    def _presses(self) -> range:
        return range(self._random.choice((1, 2)))

    def _enrol(self, _person: Person) -> None:
        key = f"{self.name}:{self._number}:e"
        values = {
            "initials": "D.",
            "surname": SURNAME,
            "sex": "V",
            "born": f"12-03-19{self._random.randint(50, 99)}",
            "address.1.street": "Brink",
            "address.1.house_number": str(self._random.randint(1, 300)),
            "address.1.postcode": "9468 AA",
            "address.1.place": "Annen",
            "email": f"{key.replace(':', '.')}@example.org",
        }
        form = EnrolmentForm(
            key=key, customer_type="00", values=values, card="V", use_account=True,
            account="new", membership_code="53",
        )  # fmt: skip
        for _press in self._presses():
            self.surely(enrolment.enrol, self.desk, form)
        self.told.enrolled.append(key)

    def _settle_and_print(self, person: Person) -> None:
        paid = self._settle(person)
        key = f"{MARK}:bon:{paid.act_id}"
        for _press in self._presses():
            self.surely(
                printing.print_receipt,
                self.desk, "payment", person.actor_id, key, act_id=paid.act_id,
            )  # fmt: skip
        self.told.asked.append(key)
