"""Klanten, Seriemutatie van een selectie: whom, what, how many, and then all at once."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens import words
from deskterm.screens.asks import Confirm, TypeIn
from deskterm.screens.series import choosing, saving
from deskterm.screens.series.filling import Fill, in_words
from deskterm.text import _, ngettext
from deskterm.views.series import Outlook, Selection, Wanted

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

MOST_NAMED = 10


async def start(app: "DesktermApp") -> None:
    """Choose customers, say what they get, confirm the number, save; Esc changes nothing."""
    await words.load(app)
    selection = await choosing.choose(app)
    if selection is None or not await _is_meant(app, selection):
        return
    filled: dict[str, dict[str, str]] = {}
    while await app.ask(Fill(len(selection.people), filled)):
        wanted = _wanted(selection, filled)
        outlook = await saving.look(app, wanted)
        if outlook is None:
            continue
        if not outlook.people:
            app.say(_("Er verandert niets: alles staat al zo."), bad=True)
            continue
        counted = await _confirm(app, outlook, len(wanted), filled)
        if counted == len(wanted):
            await saving.save(app, wanted, counted)
            return
        if counted is not None:
            app.bell()
            told = _("Niets opgeslagen: er zijn {count} klanten gekozen, niet {counted}.")
            app.say(told.format(count=len(wanted), counted=counted), bad=True)
    app.say(_("Er is niets gewijzigd."))


async def _is_meant(app: "DesktermApp", selection: Selection) -> bool:
    """Show whom was found and which numbers are nobody's; False when there is nobody or Nee."""
    count = len(selection.people)
    if not count and not selection.unknown:
        app.say(_("Er is niemand gevonden."), bad=True)
        return False
    lines = []
    if selection.unknown:
        said = ngettext(
            "{count} nummer is onbekend: {numbers}",
            "{count} nummers zijn onbekend: {numbers}",
            len(selection.unknown),
        )
        lines.append(said.format(count=len(selection.unknown), numbers=_some(selection.unknown)))
    if not count:
        await app.ask(saving.Told(_("Niemand gevonden"), lines))
        return False
    names = _some(tuple(one.name for one in selection.people))
    said = ngettext("{count} klant: {names}", "{count} klanten: {names}", count)
    lines.insert(0, said.format(count=count, names=names))
    question = Confirm(_("Seriemutatie: gekozen klanten"), lines, _("Ja, deze klanten"))
    question.help_page = "series"
    return await app.ask(question) == "yes"


def _some(texts: tuple[str, ...]) -> str:
    more = " …" if len(texts) > MOST_NAMED else ""
    return ", ".join(texts[:MOST_NAMED]) + more


def _wanted(selection: Selection, filled: dict[str, dict[str, str]]) -> list[Wanted]:
    changes: dict[str, str] = {}
    for texts in filled.values():
        changes |= texts
    return [Wanted(one.actor_id, one.version, changes) for one in selection.people]


async def _confirm(
    app: "DesktermApp", outlook: Outlook, count: int, filled: dict[str, dict[str, str]]
) -> int | None:
    """Have the change confirmed, a large one by typing how many; None for no."""
    lines = []
    counts = dict(outlook.counts)
    for one in services.series.OF_SELECTION:
        if one.code in filled:
            changing = max((counts.get(name, 0) for name in one.names), default=0)
            words = ngettext(
                "{field}: {value} (verandert bij {count} klant)",
                "{field}: {value} (verandert bij {count} klanten)",
                changing,
            )
            name = services.series.field_label(one)
            value = in_words(app, one, filled[one.code])
            lines.append(words.format(field=name, value=value, count=changing))
    heading = _("Seriemutatie opslaan")
    if not outlook.asks_count:
        said = await app.ask(Confirm(heading, lines, _("Ja, opslaan")))
        return count if said == "yes" else None
    lines.append(
        _("Er zijn {count} klanten gekozen. Typ dat aantal om op te slaan.").format(count=count)
    )
    typed = await app.ask(TypeIn(heading, lines, (("count", _("Aantal klanten"), False),)))
    if typed is None:
        return None
    number = typed["count"].replace(".", "").strip()
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
