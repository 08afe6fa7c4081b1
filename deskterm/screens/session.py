"""The customers that are open at this desk, each with the state of its screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskterm.views.customer import CustomerView
    from deskterm.views.family import FamilyView
    from deskterm.views.lists import ChargeLine, FoundPage, LoanLine, LoanYear, PaymentLine

MOST_OPEN = 9
"""Customers kept open side by side; the one used longest ago makes room."""


@dataclass
class Session:
    """One open customer: what is shown of it, and a draft when it is being edited."""

    view: CustomerView
    tab: str = "2"
    overview: str = ""
    """Which list stands in place of the tab: `loans`, `holds`, `history`, `money`, `family`,
    `years`; else empty."""
    top: int = 0
    cursor_key: str | None = None
    editing: bool = False
    draft: dict[str, str] = field(default_factory=dict)
    moves: int = 0
    """The position of the address that F8 said the customer moves from; 0 when it said nothing."""
    outdated: int = 0
    """The version of the customer that another desk was found to have changed; 0 when none did."""
    history: tuple[LoanLine, ...] = ()
    charges: tuple[ChargeLine, ...] = ()
    payments: tuple[PaymentLine, ...] = ()
    family: FamilyView | None = None
    years: tuple[LoanYear, ...] = ()
    jumped_from: list[str] = field(default_factory=list)
    """Tabs that were left by a key which may turn out to be the beginning of a scan."""

    @property
    def actor_id(self) -> int:
        return self.view.actor_id


@dataclass(frozen=True, slots=True)
class LastList:
    """The result list from which a customer was opened last."""

    place: str
    """`desk` or `search`."""
    text: str
    page: FoundPage
    actor_id: int


class Sessions:
    """Open customers, the one used last in front."""

    def __init__(self) -> None:
        self._open: list[Session] = []
        self.previous_id: int | None = None
        """Actor-id of the customer that was left last: `V` and Enter."""

    def __iter__(self) -> Iterator[Session]:
        return iter(self._open)

    def __len__(self) -> int:
        return len(self._open)

    def enter(self, view: CustomerView) -> Session:
        """The session of this customer, made or brought to the front with fresh data."""
        session = self.of(view.actor_id)
        if session is None:
            session = Session(view)
        elif not session.editing:
            session.view = view
        self._to_front(session)
        return session

    def of(self, actor_id: int) -> Session | None:
        """The session of a customer, if open."""
        return next((one for one in self._open if one.actor_id == actor_id), None)

    def front(self, session: Session) -> None:
        """Bring a session to the front."""
        self._to_front(session)

    def end(self, session: Session) -> None:
        """Close a customer."""
        self._open.remove(session)
        self.previous_id = session.actor_id

    def replace(self, gone_id: int, view: CustomerView) -> None:
        """Let what was open of one customer be the other's, into whom they were merged."""
        gone, kept = self.of(gone_id), self.of(view.actor_id)
        if gone is not None and kept is not None:
            self._open.remove(gone)
        session = kept or gone
        if session is not None:
            session.view, session.overview, session.cursor_key = view, "", None
            session.editing, session.draft = False, {}
        if self.previous_id == gone_id:
            self.previous_id = view.actor_id

    def _to_front(self, session: Session) -> None:
        if self._open and self._open[0] is not session:
            self.previous_id = self._open[0].actor_id
        if session in self._open:
            self._open.remove(session)
        self._open.insert(0, session)
        kept = [one for one in self._open[MOST_OPEN:] if one.editing]
        self._open[MOST_OPEN:] = kept
