"""Seriemutatie: change many customers at once, those on one address or those of a selection.

All of them are saved in one transaction, or none; Herstel takes the whole series back.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.services.deeds.recording import known_deed, recorded
from deskterm.services.deeds.standing import standing_deed
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.services.many import household, restoring, selecting
from deskterm.services.many.fields import (
    FLAGS,
    OF_SELECTION,
    ON_ADDRESS,
    address_line,
    changes_to,
    field_label,
    shown_texts,
)
from deskterm.services.many.planning import Plan, Progress, SeriesRefused
from deskterm.services.many.writing import write_part
from deskterm.services.trouble import reading, reading_rows, writing
from deskterm.text import _
from deskterm.views.forms import SearchForm
from deskterm.views.series import Household, Outlook, Saved, Selection, Wanted

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Deed

__all__ = [
    "FLAGS", "MOST", "OF_SELECTION", "ON_ADDRESS", "SeriesRefused", "address_line", "changes_to",
    "field_label", "left_of", "look", "of_file", "of_numbers", "of_search", "of_tag",
    "on_address", "save", "shown_texts", "tags", "take_back",
]  # fmt: skip

DAYS = 30
"""How long Herstel can take a series back."""
COUNTED_ABOVE = 100
"""More customers than this change only when their number was typed."""
A_FEW = 10
"""So few can be everybody of a library without anybody meaning everybody."""
MOST = 20_000
"""Customers in one series: no other desk can save while it is written, so it has to be short."""


def on_address(desk: Desk, actor_id: int) -> Household:
    """Give who lives at the customer's address, and who stayed where the customer moved from.

    Raises:
        NotFound: the customer is gone.
        DeskError: nobody else lives or lived there.
    """
    desk.require(Right.CUSTOMER_EDIT)
    with reading_rows(desk) as session:
        return household.of(session, actor_id, desk.today)


def of_numbers(desk: Desk, typed: str) -> Selection:
    """Give whom a list of actor-ids and card numbers means; blanks, commas and lines part them."""
    desk.require(Right.CUSTOMER_EDIT)
    with reading(desk) as connection:
        return selecting.of_numbers(connection, typed)


def of_file(desk: Desk, path: Path) -> Selection:
    """Give whom the numbers in a file mean; raises DeskError when it cannot be read."""
    desk.require(Right.IMPORT)
    typed = selecting.text_of_file(path)
    return of_numbers(desk, typed)


def of_search(desk: Desk, form: SearchForm) -> Selection:
    """Give everybody whom a search finds; raises FormFaults for a date that is none."""
    desk.require(Right.CUSTOMER_EDIT)
    actor_ids = selecting.found_by(desk, form, MOST)
    with reading(desk) as connection:
        return selecting.of_ids(connection, actor_ids)


def of_tag(desk: Desk, tag: str) -> Selection:
    """Give everybody with this search word (customer tag): a class, a nursing home."""
    desk.require(Right.CUSTOMER_EDIT)
    with reading(desk) as connection:
        return selecting.of_ids(connection, selecting.with_tag(connection, tag))


def tags(desk: Desk) -> tuple[tuple[str, int], ...]:
    """Give the search words that customers have, with how many have each."""
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        return selecting.tags(connection)


def look(desk: Desk, people: Sequence[Wanted], progress: Progress | None = None) -> Outlook:
    """Tell what saving would do, and write nothing.

    Raises:
        NotAllowed: a block that the employee may not change, or everybody's data.
        SeriesRefused: who changed since, or for whom a value is wrong, by name.
        DeskError: nobody, or too many.
    """
    desk.require(Right.CUSTOMER_EDIT)
    _require_some(people)
    with reading_rows(desk) as session:
        is_everybody = _are_all(session, len(people))
        if is_everybody:
            desk.require(Right.IMPORT)
        plan = Plan(desk, session, desk.clock.now())
        for _drafts in plan.parts(people, progress):
            session.expunge_all()
        plan.require_right()
    asks_count = is_everybody or len(people) > COUNTED_ABOVE
    return Outlook(plan.people, tuple(plan.counts.items()), asks_count)


def save(
    desk: Desk,
    people: Sequence[Wanted],
    key: str,
    counted: int = 0,
    progress: Progress | None = None,
) -> Saved:
    """Change all of these customers, or none. The same `key` again changes nothing more.

    `counted` is how many customers staff typed that there are, where that is asked for.

    Raises:
        NotAllowed: a block that the employee may not change, or everybody's data.
        SeriesRefused: who changed since, or for whom a value is wrong, by name.
        DeskError: nobody, too many, another number than was typed, or nothing would change.
    """
    desk.require(Right.CUSTOMER_EDIT)
    _require_some(people)
    with writing(desk) as session:
        deed = known_deed(session, key)
        if deed is not None:
            return _saved(deed)
        _require_counted(desk, session, len(people), counted)
        until = desk.today + timedelta(days=DAYS)
        with recorded(desk, session, "series", key, until=until) as recording:
            plan = Plan(desk, session, desk.clock.now())
            for drafts in plan.parts(people, progress):
                write_part(desk, recording, drafts, plan.at)
            plan.require_right()
        if not plan.people:
            raise DeskError(_("Er verandert niets: alles staat al zo."))
        deed = _counted(session, recording.deed_id, plan)
        return _saved(deed)


def left_of(desk: Desk, deed_id: int) -> tuple[str, ...]:
    """Tell in sentences what Herstel would have to leave, as it was changed since."""
    desk.require(Right.CUSTOMER_EDIT)
    with writing(desk) as session:
        return restoring.left_of(desk, session, standing_deed(desk, session, deed_id, "series"))


def take_back(desk: Desk, deed_id: int) -> str:
    """Take a whole series back, but for what was changed since; the answer says what was done.

    Raises:
        NotFound: there is no such series.
        DeskError: it was taken back already, or its days are over.
    """
    desk.require(Right.CUSTOMER_EDIT)
    with writing(desk) as session:
        return restoring.take_back(desk, session, standing_deed(desk, session, deed_id, "series"))


def _require_some(people: Sequence[Wanted]) -> None:
    if not people:
        raise DeskError(_("Er is niemand gekozen."), _("Kies eerst klanten."))
    if len(people) > MOST:
        raise DeskError(
            _("{count} klanten is te veel voor een seriemutatie, hoogstens {most}.").format(
                count=len(people), most=MOST
            ),
            _("Kies kleinere groepen: zolang er een loopt, kan geen balie opslaan."),
        )


def _require_counted(desk: Desk, session: "Session", count: int, counted: int) -> None:
    is_everybody = _are_all(session, count)
    if is_everybody:
        desk.require(Right.IMPORT)
    if (is_everybody or count > COUNTED_ABOVE) and counted != count:
        raise DeskError(
            _("Niets opgeslagen: er zijn {count} klanten gekozen, niet {counted}.").format(
                count=count, counted=counted
            ),
            _("Typ het aantal over om te laten zien dat u ze allemaal bedoelt."),
        )


def _are_all(session: "Session", count: int) -> bool:
    return count > A_FEW and count >= selecting.count(session.connection())


def _counted(session: "Session", deed_id: int, plan: Plan) -> "Deed":
    from deskterm.store.tables import Deed

    deed = session.get_one(Deed, deed_id)
    # One moment ties the deed to its lines in the log.
    deed.people, deed.at = plan.people, plan.at
    session.add(deed)
    return deed


def _saved(deed: "Deed") -> Saved:
    until: date = deed.until_on
    return Saved(deed.id or 0, deed.people, until)
