"""Somebody at a desk who scans, saves and settles, and writes down what the store told them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from deskterm.services import editing, opening, settling
from deskterm.services.desk import DayClock, Desk
from deskterm.services.errors import Conflict
from deskterm.store.light import text
from deskterm.views.customer import Opened
from deskterm.views.desk import BranchView, DeskView, StaffView
from deskterm.views.money import Paid

if TYPE_CHECKING:
    from datetime import date

    from deskterm.store.engine import Store

P = ParamSpec("P")
T = TypeVar("T")

MARK = "druk"
"""What the keys and texts of a load begin with, so that they can be told from the rest."""
BOOKING_CODE = "2101"
# A busy desk: most customers are looked at, some are changed, some pay.
TURNS = ("scan",) * 6 + ("save",) * 2 + ("settle",) * 2

_PEOPLE = text(
    """
    SELECT c.actor_id, card.number FROM customer c
    JOIN card ON card.customer_id = c.actor_id AND card.kind = 'main' AND card.status = 'active'
    WHERE length(card.number) = 14 AND c.surname NOT LIKE '*%'
    AND c.private_comment = '' AND c.version = 1
    AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.customer_id = c.actor_id)
    AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.other_id = c.actor_id)
    AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.customer_id = c.actor_id)
    ORDER BY c.actor_id LIMIT :most
    """
)
_PLACES = text("SELECT id, name FROM desk WHERE name LIKE :marked ORDER BY id")
_BRANCH = text("SELECT code, name, institution_code FROM branch ORDER BY code LIMIT 1")


@dataclass(frozen=True, slots=True)
class Person:
    """A customer of a load, who owes nothing when it begins."""

    actor_id: int
    card: str


@dataclass
class Told:
    """What a clerk was told to be done, and how long each act took, in seconds."""

    scans: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    """Changes of customers, charges and payments: each one transaction that writes."""
    comments: list[str] = field(default_factory=list)
    paid: dict[str, int] = field(default_factory=dict)
    """Cents by key."""
    charged: list[str] = field(default_factory=list)
    conflicts: int = 0
    """How often another desk had saved the same customer first."""


def people(store: Store, most: int) -> tuple[Person, ...]:
    """Customers with a card and without pop-ups about money, the same ones every time."""
    with store.look() as reader:
        return tuple(Person(*row) for row in reader.execute(_PEOPLE, {"most": most}).all())


def add_places(store: Store, count: int) -> None:
    """Give the library so many desks for a load."""
    from deskterm.store import tables

    branch = _branch(store)
    with store.write() as session:
        for number in range(count):
            session.add(tables.Desk(branch_code=branch.code, name=f"{MARK}{number}"))


def places(store: Store) -> tuple[DeskView, ...]:
    """The desks of a load."""
    branch = _branch(store)
    with store.look() as reader:
        found = reader.execute(_PLACES, {"marked": f"{MARK}%"}).all()
    return tuple(DeskView(row[0], row[1], branch) for row in found)


def _branch(store: Store) -> BranchView:
    with store.look() as reader:
        code, name, institution = reader.execute(_BRANCH).first()
    return BranchView(code, name, institution)


class Clerk:
    """Works through turns that a seed decides; another desk's save is looked at and tried again."""

    def __init__(
        self,
        store: Store,
        place: DeskView,
        staff: StaffView,
        customers: Sequence[Person],
        day: date,
        run: str = "",
    ) -> None:
        """`run` tells the keys of one run from those of the next."""
        self.desk = Desk(store, DayClock(day), place, staff)
        self.name = f"{MARK}:{run}:{place.name}"
        self.told = Told()
        self._customers = customers
        self._random = Random(self.name)
        self._number = 0

    def warm(self) -> None:
        """Load what the first acts of a program load; what it does counts, its time does not."""
        self._save(self._customers[0])
        self._settle(self._customers[0])
        self.told.scans, self.told.saves = [], []

    def turn(self) -> None:
        """Do the next thing."""
        self._number += 1
        person = self._random.choice(self._customers)
        match self._random.choice(TURNS):
            case "scan":
                began = time.perf_counter()
                self._scan(person)
                self.told.scans.append(time.perf_counter() - began)
            case "save":
                self._save(person)
            case _:
                self._settle(person)

    def turns(self, count: int) -> None:
        """Do so many things, one after the other."""
        for _ in range(count):
            self.turn()

    def paced(self, seconds: float, pace: float) -> Iterator[float]:
        """Do one thing every `pace` seconds for so long; gives how far each began too late."""
        began = time.perf_counter()
        due = began + self._random.random() * pace
        while due < began + seconds:
            time.sleep(max(0.0, due - time.perf_counter()))
            yield max(0.0, time.perf_counter() - due)
            self.turn()
            due += pace

    def surely(self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do an act once; who is patient presses its key again until the store is back."""
        return act(*args, **kwargs)

    def _scan(self, person: Person) -> Opened:
        opened = self.surely(opening.open_text, self.desk, person.card)
        if not isinstance(opened, Opened):
            raise LookupError(f"several customers for one card of {person.actor_id}")
        return opened

    def _save(self, person: Person) -> None:
        comment = f"{self.name}:{self._number}"
        version = self._scan(person).customer.version
        while True:
            began = time.perf_counter()
            try:
                self.surely(
                    editing.save,
                    self.desk, person.actor_id, version, {"private_comment": comment},
                )  # fmt: skip
            except Conflict:
                self.told.conflicts += 1
                version = self.surely(opening.refresh, self.desk, person.actor_id).version
                continue
            self.told.saves.append(time.perf_counter() - began)
            self.told.comments.append(comment)
            return

    def _settle(self, person: Person) -> Paid:
        key, cents = f"{self.name}:{self._number}", self._random.randint(1, 2_000)
        # What stands on receipts, where `1` is not to be taken for the beginning of `12`.
        label = f"{key};"
        began = time.perf_counter()
        charged = self.surely(
            settling.charge, self.desk, person.actor_id, f"{key}:c", BOOKING_CODE, cents, label
        )
        self.told.saves.append(time.perf_counter() - began)
        self.told.charged.append(f"{key}:c")
        own = next(line for line in charged.lines if line.description == label)
        began = time.perf_counter()
        paid = self.surely(
            settling.pay,
            self.desk, person.actor_id, f"{key}:p", [own.charge_id], "K000", own.open_cents,
        )  # fmt: skip
        self.told.saves.append(time.perf_counter() - began)
        self.told.paid[f"{key}:p"] = paid.received_cents
        return paid
