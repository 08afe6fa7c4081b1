"""Inzage geven: everything about the customer on the screen, in files for them."""

from pathlib import Path
from typing import TYPE_CHECKING

from deskterm import paths, services
from deskterm.screens.asks import Confirm, Notice
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.text import _, reason_text

if TYPE_CHECKING:
    from deskterm.app import DesktermApp


async def give(app: "DesktermApp", actor_id: int) -> None:
    """Write everything about a customer to the export folder, after a clear yes."""
    said = [
        _("Alles wat van deze klant bewaard is, gaat naar twee bestanden op deze computer."),
        _("Geef ze alleen aan de klant zelf. Het komt in het logboek."),
    ]
    if await app.ask(Confirm(_("Inzage geven?"), said, _("Ja, schrijf"))) != "yes":
        return
    files = await app.work.call(lambda: _write(app.desk, actor_id))
    await app.ask(Notice(_("Inzage"), [_("De gegevens staan in:"), *map(str, files)]))


def _write(desk: Desk, actor_id: int) -> tuple[Path, ...]:
    folder = paths.data_folder() / "export"
    try:
        paths.private_folder(folder)
    except OSError as trouble:
        raise DeskError(
            _("{file} kan niet geschreven worden: {reason}.").format(
                file=folder, reason=reason_text(trouble)
            )
        ) from trouble
    name = f"inzage-{actor_id}-{desk.today.isoformat()}"
    files = tuple(folder / f"{name}{ending}" for ending in (".html", ".json"))
    services.insight.write(desk, actor_id, files)
    return files
