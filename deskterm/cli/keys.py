"""`deskterm keys`: the table of keys, a check of somebody's own, and what a pressed key sends."""

from argparse import Namespace
from pathlib import Path

from deskterm.cli.endings import Ending, say
from deskterm.cli.opening import settings_of
from deskterm.cli.parser import Parser, Subjects
from deskterm.cli.raw_terminal import Stroke, raw_keyboard, spelled
from deskterm.keys import Keymap, Where, key_name, table_rows
from deskterm.services.errors import DeskError
from deskterm.text import N_, _

STOP = "ctrl+c"
PLACES = {
    Where.EVERYWHERE: N_("overal"),
    Where.DESK: N_("balieregel"),
    Where.SEARCH: N_("zoekscherm"),
    Where.LIST: N_("lijst"),
    Where.CUSTOMER: N_("klantscherm"),
    Where.EDIT: N_("wijzigen"),
    Where.QUESTION: N_("pop-up"),
}


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command."""
    parser = subjects.add_parser(
        "keys", parents=[common], help=_("toon de toetsen, of kijk wat een toets doet")
    )
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--check", metavar=_("BESTAND"), type=Path, help=_("kijk of eigen toetsen kloppen")
    )
    ways.add_argument(
        "--probe", action="store_true", help=_("druk op toetsen en zie wat er aankomt")
    )
    parser.set_defaults(run=_run)


def _run(given: Namespace) -> int:
    if given.check is not None:
        return _check(given.check)
    from deskterm import keys_file

    keymap = keys_file.read(settings_of(given).reading.source).keymap
    return _probe(keymap) if given.probe else _table(keymap)


def _table(keymap: Keymap) -> int:
    for row in table_rows(keymap):
        places = ", ".join(_(PLACES[where]) for where in row.where)
        keys = row.keys or _("geen")
        print(f"{row.id:22} {keys:16} {_(row.label)}: {_(row.help)} ({places})")
    return Ending.DONE


def _check(file: Path) -> int:
    try:
        source = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeskError(_("{file} is geen tekstbestand.").format(file=file)) from error
    faults = key_faults(source)
    for line, sentence in faults:
        say(_("{file}, regel {line}: {fault}").format(file=file, line=line, fault=sentence))
    if not faults:
        print(_("{file}: alle toetsen kloppen.").format(file=file))
    return Ending.FAILED if faults else Ending.DONE


def key_faults(source: str) -> list[tuple[int, str]]:
    """What is wrong with the keys in a settings file: lines and sentences."""
    from deskterm import keys_file

    return [
        (fault.line, _(fault.msgid).format(**fault.params))
        for fault in keys_file.read(source).faults
    ]


def _probe(keymap: Keymap) -> int:
    with raw_keyboard() as keyboard:
        print(_("Druk op toetsen; Ctrl+C stopt."), flush=True)
        while not keyboard.closed:
            for stroke in keyboard.wait(1.0):
                print(probe_line(stroke, keymap))
                if stroke.key == STOP:
                    return Ending.DONE
    return Ending.DONE


def probe_line(stroke: Stroke, keymap: Keymap) -> str:
    """What a key is called, what the terminal sent for it and what it does where."""
    meanings: dict[str, list[str]] = {}
    for where in Where:
        action = keymap.action_for(stroke.key, where)
        if action is not None:
            said = f"{_(action.label)} [{action.id}]"
            meanings.setdefault(said, []).append(_(PLACES[where]))
    said = "; ".join(f"{what} ({', '.join(where)})" for what, where in meanings.items())
    sent = spelled(stroke.sent)
    return f"{key_name(stroke.key):14} {sent:20} {said or _('geen actie')}"
