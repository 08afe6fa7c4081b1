"""The till: the overview of a day, its export, and counting the cash drawer (Kastelling)."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from deskterm import paths, services
from deskterm.screens.asks import Confirm, Notice
from deskterm.screens.money.counting import Count, Counted
from deskterm.screens.money.day_table import EXPORT, NEXT, PREVIOUS, DayTable
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, FormFaults
from deskterm.text import _, cents_text, ngettext, reason_text
from deskterm.views.money import TillCounted

if TYPE_CHECKING:
    from deskterm.app import DesktermApp


async def show_day(app: "DesktermApp") -> None:
    """Dagoverzicht of this branch; the arrows go to other days, never past today."""
    day = app.desk.today
    while True:
        overview = await app.work.call(lambda day=day: services.till.overview(app.desk, day))  # type: ignore[misc]
        answer = await app.ask(DayTable(overview, is_today=day == app.desk.today))
        if answer == EXPORT:
            await _export(app, day)
            return
        if answer not in (PREVIOUS, NEXT):
            return
        day += timedelta(days=1 if answer == NEXT else -1)


async def export(app: "DesktermApp") -> None:
    """The overview of today as CSV, without looking at it first."""
    await _export(app, app.desk.today)


async def _export(app: "DesktermApp", day: date) -> None:
    name = f"dagoverzicht-{app.desk.place.branch.code}-{day.isoformat()}.csv"
    file = paths.data_folder() / "export" / name
    lines = await app.work.call(lambda: _write(app.desk, day, file))
    words = ngettext("{count} regel staat in:", "{count} regels staan in:", lines)
    await app.ask(Notice(_("Dagoverzicht naar CSV"), [words.format(count=lines), str(file)]))


def _write(desk: Desk, day: date, file: Path) -> int:
    try:
        paths.private_folder(file.parent)
        # The mark at the beginning tells a spreadsheet that names are in UTF-8.
        with open(file, "w", encoding="utf-8-sig", newline="", opener=paths.only_mine) as opened:
            return services.till.export(desk, day, opened)
    except OSError as trouble:
        raise DeskError(
            _("{file} kan niet geschreven worden: {reason}.").format(
                file=file, reason=reason_text(trouble)
            )
        ) from trouble


async def count(app: "DesktermApp") -> None:
    """Kastelling: count notes and coins, see the difference, book it after a clear yes."""
    state = await app.work.call(lambda: services.till.expected(app.desk))
    key = uuid4().hex
    typed: Mapping[str, str] = {}
    faults: Mapping[str, str] = {}
    while True:
        counted = await app.ask(Count(state, typed, faults))
        if counted is None:
            return
        typed, faults = counted.typed, {}
        difference = counted.total_cents - state.expected_cents
        if await app.ask(_confirm(counted, difference)) != "yes":
            continue
        try:
            booked = await app.work.call(
                lambda counted=counted: services.till.count(  # type: ignore[misc]
                    app.desk, key, counted.pieces, counted.deposit_cents, counted.other_cents
                )
            )
        except FormFaults as refused:
            faults = dict(refused.faults)
            continue
        await app.ask(Notice(_("Kastelling"), _booked(booked)))
        return


def _confirm(counted: Counted, difference: int) -> Confirm:
    said = [
        _("Geteld {total}, verschil {difference} (4990).").format(
            total=cents_text(counted.total_cents), difference=cents_text(difference)
        ),
        _("Afstorting {deposit} (5990).").format(deposit=cents_text(counted.deposit_cents)),
    ]
    return Confirm(_("Kastelling boeken?"), said, _("Ja, boek"))


def _booked(booked: TillCounted) -> list[str]:
    return [
        _("Kastelling {number} van {desk} is geboekt.").format(number=booked.id, desk=booked.desk),
        _("Geteld {amount}").format(amount=cents_text(booked.counted_cents)),
        _("Verschil {amount}").format(amount=cents_text(booked.difference_cents)),
        _("Afgestort {amount}").format(amount=cents_text(booked.deposit_cents)),
        _("Blijft in de lade {amount}").format(amount=cents_text(booked.left_cents)),
    ]
