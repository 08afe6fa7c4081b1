"""One customer's records: turns what happened to somebody into rows of the writer's batch."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from deskterm.demo.shelf import Shelf
from deskterm.rules.cards import from_serial
from deskterm.rules.membership import period_end
from deskterm.store.bulk import BulkWriter, Row
from deskterm.store.search.keys import address_keys, keys_of

OPENING_HOUR: Final = time(10, 30, tzinfo=UTC)
EMPLOYEE: Final = 9001
"""Actor-id of who did most of it."""


class Records:
    """Writes customers and what belongs to them; the only place that knows both days and rows."""

    def __init__(self, writer: BulkWriter, day: date) -> None:
        self.writer = writer
        self.day = day
        self.shelf = Shelf(writer)
        self._holds_of_day: dict[date, int] = {}

    def customer(self, person: Row, addresses: Sequence[Row]) -> None:
        """A customer with addresses, findable at once."""
        changed = person.get("last_activity_on") or person["registered_on"]
        assert isinstance(changed, date)
        keys = keys_of(person, addresses)
        written = {"changed_at": at(changed), "changed_by": EMPLOYEE}
        self.writer.add("customer", **{**written, **person, **keys})
        for position, address in enumerate(addresses, start=1):
            values = {**address, **address_keys(address), "position": position}
            self.writer.add("address", customer_id=person["actor_id"], **values)

    def card(
        self, actor_id: int, branch: str, serial: int, issued_on: date, **values: object
    ) -> str:
        """A card; without more values the active hoofdpas. The answer is its number."""
        number = from_serial(branch, serial)
        self.writer.add(
            "card",
            number=number,
            customer_id=actor_id,
            branch_code=branch,
            issued_on=issued_on,
            **values,
        )
        return number

    def period(
        self,
        actor_id: int,
        branch: str,
        begin_on: date,
        end_on: date | None = None,
        months: int = 12,
        **values: object,
    ) -> int:
        """A membership period; without an end it runs its full term."""
        return self.writer.add(
            "membership_period",
            customer_id=actor_id,
            branch_code=branch,
            begin_on=begin_on,
            end_on=end_on or period_end(begin_on, months),
            **values,
        )

    def loan(
        self,
        actor_id: int,
        branch: str,
        random: Random,
        *,
        material: str = "",
        item_status: str = "U",
        **values: object,
    ) -> None:
        """A loan that is still at home."""
        item = self.shelf.lent_copy(branch, random, material=material, status=item_status)
        self.writer.add("loan", customer_id=actor_id, item_id=item, branch_code=branch, **values)

    def history(self, actor_id: int, branch: str, random: Random, count: int) -> None:
        """Loans of the last two years that came back."""
        for _ in range(count):
            lent_on = self.day - timedelta(days=random.randint(40, 700))
            self.writer.add(
                "loan",
                customer_id=actor_id,
                item_id=self.shelf.known_copy(random),
                branch_code=branch,
                lent_on=lent_on,
                due_on=lent_on + timedelta(days=21),
                returned_on=lent_on + timedelta(days=random.randint(2, 26)),
                renewals=random.choice((0, 0, 0, 1)),
            )

    def hold(
        self, actor_id: int, branch: str, random: Random, *, placed_on: date, **values: object
    ) -> None:
        """A reservation, numbered per day as Wise does."""
        count = self._holds_of_day.get(placed_on, 0) + 1
        self._holds_of_day[placed_on] = count
        self.writer.add(
            "hold",
            number=f"{placed_on:%Y-%m-%d}.{count:05}",
            customer_id=actor_id,
            title_id=random.choice(self.shelf.titles),
            pickup_branch=branch,
            placed_on=placed_on,
            **values,
        )

    def charge(self, actor_id: int, branch: str, *, day: date, **values: object) -> int:
        """What a customer has to pay; the answer is what payments of it refer to."""
        return self._entry(actor_id, branch, day, kind="charge", **values)

    def settlement(
        self,
        charge: Mapping[str, object],
        charge_id: int,
        *,
        day: date,
        cents: int,
        **values: object,
    ) -> None:
        """A payment or waiver of a charge, in positive cents."""
        self.writer.add(
            "ledger_entry",
            **{name: charge[name] for name in ("customer_id", "branch_code", "account")},
            booking_code=charge["booking_code"],
            description=charge["description"],
            charge_id=charge_id,
            amount_cents=-cents,
            day=day,
            at=at(day),
            staff_id=1,
            desk_id=1,
            **values,
        )

    def credit(
        self, actor_id: int, branch: str, *, day: date, cents: int, description: str
    ) -> None:
        """Money the library keeps for the customer (tegoed): negative, as the ledger has it."""
        self._entry(
            actor_id,
            branch,
            day,
            kind="credit",
            account="credit",
            booking_code="R000",
            journal="R000",
            amount_cents=-cents,
            description=description,
        )

    def log(
        self,
        actor_id: int,
        branch: str,
        *,
        day: date,
        staff: int = EMPLOYEE,
        **values: object,
    ) -> None:
        """A line of tab 4; staff 0 is the monthly run."""
        self.writer.add(
            "change_log",
            customer_id=actor_id,
            at=at(day),
            day=day,
            staff_actor_id=staff or None,
            desk="balie1" if staff else "",
            branch_code=branch,
            **values,
        )

    def _entry(self, actor_id: int, branch: str, day: date, **values: object) -> int:
        return self.writer.add(
            "ledger_entry", customer_id=actor_id, branch_code=branch, day=day, at=at(day), **values
        )


def at(day: date) -> datetime:
    """A moment on a day, in opening hours."""
    return datetime.combine(day, OPENING_HOUR)
