"""Choose what goes back, see what cannot, say yes, and show how it is then."""

from typing import TYPE_CHECKING

from rich.cells import cell_len

from deskterm import services
from deskterm.screens import flows, overviews
from deskterm.screens.asks import Choice, Choose, Confirm
from deskterm.screens.wording import moment_text
from deskterm.services.errors import DeskError
from deskterm.text import _, date_text
from deskterm.views.undoing import Undoable
from deskterm.widgets.sheet import cut

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

HELP = "undo"
ROOM = 72
"""Columns that a pop-up has at most."""


async def undo(app: "DesktermApp", actor_id: int | None) -> None:
    """Herstel for a customer, or without one for this branch and desk."""
    found = await app.work.call(lambda: services.undoing.undoable(app.desk, actor_id))
    if not found:
        app.say(_nothing(actor_id))
        return
    room = min(ROOM, app.size.width - 8)
    choices = [_choice(str(at), one, room) for at, one in enumerate(found)]
    question = Choose(_("Herstel"), (_("Wat gaat terug?"),), choices)
    question.help_page = HELP
    chosen = await app.ask(question)
    if chosen is None:
        return
    done = found[int(chosen)]
    left = await app.work.call(lambda: services.undoing.left_of(app.desk, done))
    confirm = Confirm(_("Herstel"), _said(done, left), _("Ja, herstel"))
    confirm.help_page = HELP
    if await app.ask(confirm) == "yes":
        said_then = await app.work.call(lambda: services.undoing.take_back(app.desk, done))
        await _show(app, done, said_then)


def _choice(code: str, done: Undoable, room: int) -> Choice:
    """What was done, as much of it as leaves room for when, or for why it cannot go back."""
    behind = done.why_not or moment_text(done.at)
    return Choice(
        code, cut(done.what, room - cell_len(behind) - 4), why_not=done.why_not, note=behind
    )


def _nothing(actor_id: int | None) -> str:
    if actor_id is None:
        return _("Er is hier nu niets te herstellen.")
    return _("Voor deze klant is er nu niets te herstellen.")


def _said(done: Undoable, left: tuple[str, ...]) -> list[str]:
    """What it was, by whom, until when it can go back, and what of it cannot."""
    lines = [
        done.what,
        _("Gedaan door {who}, {when}. Herstel kan tot en met {until}.").format(
            who=done.staff or _("een programma"),
            when=moment_text(done.at),
            until=date_text(done.until_on),
        ),
    ]
    if done.kind == "booking":
        lines.append(_("Alles wat in één keer is geboekt, gaat samen terug."))
    lines += [_("Niet terug: {what}").format(what=sentence) for sentence in left]
    return lines


async def _show(app: "DesktermApp", done: Undoable, said: str) -> None:
    """Show every open customer anew, and open who came back."""
    for session in tuple(app.sessions):
        try:
            await overviews.refresh(app, session.actor_id)
        except DeskError:
            # Somebody at another desk removed them or merged them meanwhile; opening says so.
            continue
    if done.kind in ("remove", "merge") and done.actor_id is not None:
        await flows.open_customer(app, done.actor_id)
    app.say(said)
