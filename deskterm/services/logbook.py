"""The change log as use cases write it: who, when, at which desk, what, from what to what."""

from typing import TYPE_CHECKING

from deskterm.services.desk import Desk
from deskterm.store.chain import waiting_lines
from deskterm.store.values import moment_text

if TYPE_CHECKING:
    from sqlmodel import Session


class Logbook:
    """Writes the lines of one use case; all of them have the same moment, which ties them."""

    def __init__(self, desk: Desk, session: "Session", customer_id: int | None = None) -> None:
        self.at = desk.clock.now()
        self._desk = desk
        self._session = session
        self._customer_id = customer_id

    def line(self, action: str, field: str = "", old: str = "", new: str = "") -> None:
        """Add a line; `field` is a name of `services.labels`, the values are texts as typed."""
        staff, place = self._desk.staff, self._desk.place
        waiting_lines(self._session).append(
            {
                "customer_id": self._customer_id,
                "at": moment_text(self.at),
                "day": self._desk.today,
                # A script has no actor-id of its own.
                "staff_actor_id": (staff.actor_id or None) if staff else None,
                "desk": place.name,
                "branch_code": place.branch.code,
                "action": action,
                "field": field,
                "old": old,
                "new": new,
            }
        )
