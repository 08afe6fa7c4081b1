"""Look at what many customers are to become, before any of them is written."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from deskterm.services import editing
from deskterm.services.desk import Desk
from deskterm.services.edit import addresses
from deskterm.services.edit.draft import Draft, Facts
from deskterm.services.errors import DeskError
from deskterm.services.many.fields import numbered, unnumbered
from deskterm.services.many.people import Person, in_parts, people_of
from deskterm.store.reads import library
from deskterm.text import _, ngettext
from deskterm.views.series import Wanted

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many customers are done, and of how many; what it raises ends the work undone."""
MOST_LINES = 50
"""Customers that are named when something is wrong with them: nobody reads more."""


class SeriesRefused(DeskError):
    """Nothing was written: customers of the series are not as they were, or cannot become so.

    `lines` has a sentence for each of them, with the name.
    """

    def __init__(self, sentence: str, lines: Sequence[str]) -> None:
        super().__init__(sentence)
        self.lines = tuple(lines[:MOST_LINES])
        self.left_out = max(0, len(lines) - MOST_LINES)


@dataclass(slots=True)
class Plan:
    """Goes through the customers of a series and notes what is wrong with any of them."""

    desk: Desk
    session: "Session"
    at: "datetime"
    changed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    people: int = 0

    def parts(
        self, wanted: Sequence[Wanted], progress: Progress | None
    ) -> Iterator[list[tuple[Person, Draft]]]:
        """Give the customers that change, some at a time, until one was found to be wrong.

        What is wrong with further ones is noted all the same.
        """
        facts, done = self._facts(), 0
        for part in in_parts(wanted):
            found = people_of(self.session, [one.actor_id for one in part], self.desk.today)
            drafts = [
                (found[one.actor_id], draft)
                for one in part
                if (draft := self._draft(one, found.get(one.actor_id), facts)) is not None
            ]
            if not (self.changed or self.wrong):
                yield drafts
            done += len(part)
            if progress is not None:
                progress(done, len(wanted))

    def require_right(self) -> None:
        """Raise SeriesRefused when anything was wrong."""
        if self.changed:
            words = ngettext(
                "Niets opgeslagen: {count} klant is intussen gewijzigd. Lees opnieuw.",
                "Niets opgeslagen: {count} klanten zijn intussen gewijzigd. Lees opnieuw.",
                len(self.changed),
            )
            raise SeriesRefused(words.format(count=len(self.changed)), self.changed)
        if self.wrong:
            words = ngettext(
                "Niets opgeslagen: bij {count} klant kan het niet.",
                "Niets opgeslagen: bij {count} klanten kan het niet.",
                len(self.wrong),
            )
            raise SeriesRefused(words.format(count=len(self.wrong)), self.wrong)

    def _facts(self) -> Facts:
        connection = self.session.connection()
        return Facts(
            today=self.desk.today,
            country="NL",
            branches=frozenset(branch.code for branch in library.branches(connection)),
            words=library.codes(connection),
            settings=library.settings(connection),
        )

    def _draft(self, wanted: Wanted, person: Person | None, facts: Facts) -> Draft | None:
        if person is None or person.is_gone:
            words = _("Actor-id {number} is er niet meer.")
            self.changed.append(words.format(number=wanted.actor_id))
            return None
        if person.customer.version != wanted.version:
            self.changed.append(f"{person.name} [{wanted.actor_id}]")
            return None
        country = person.addresses[0].country if person.addresses else "NL"
        facts = facts if country == facts.country else replace(facts, country=country)
        draft = Draft(self.desk, self.session, person.customer, facts, self.at)
        draft.blocks = person.blocks
        typed = {numbered(name, person.home_number): one for name, one in wanted.changes.items()}
        changes = addresses.as_moves(typed, person.addresses, self.desk.today)
        editing.plan(draft, changes, person.addresses)
        if draft.faults:
            faults = " ".join(draft.faults.values())
            self.wrong.append(f"{person.name} [{wanted.actor_id}]: {faults}")
            return None
        if not draft.changes:
            return None
        self.people += 1
        self.counts.update(unnumbered(change.name) for change in draft.changes)
        return draft
