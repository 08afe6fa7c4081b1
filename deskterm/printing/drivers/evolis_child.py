"""The process that holds the library of Evolis; see evolis.py, which reads what it prints.

Started as `python -m deskterm.printing.drivers.evolis_child PRINTER probe`, or with `print
PICTURE manual|feeder`. It says one JSON object a line: `state`, `ready`, `return` or `trouble`.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def say(**words: str) -> None:
    """One line to the parent."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Probe or print; everything that goes wrong is said, not raised."""
    name, verb, *rest = arguments
    try:
        import evolis
    except (ImportError, OSError):
        say(trouble="library")
        return 1
    if not name:
        found = evolis.Evolis.get_devices()
        name = found[0].name if found else ""
    # A connection that is not open must not be asked anything: the process would end.
    connection = evolis.Connection()
    if not name or not connection.open(name):
        say(trouble="printer")
        return 1
    tell_state(connection)
    if verb == "print":
        picture, feed = rest
        print_card(evolis, connection, picture, feed)
    connection.close()
    return 0


def tell_state(connection: Any) -> None:
    """Say how the printer is."""
    state = connection.get_state()
    say(state=f"{state.major.name} {state.minor.name}")


def print_card(evolis: Any, connection: Any, picture: str, feed: str) -> None:
    """Print one picture in the black panel, once the parent has said `go`."""
    if feed == "manual":
        connection.set_input_tray(evolis.InputTray.MANUAL)
    session = evolis.PrintSession(connection)
    session.init()
    if not session.set_black(evolis.CardFace.FRONT, picture):
        say(trouble="picture")
        return
    say(ready="yes")
    if sys.stdin.readline().strip() != "go":
        return
    if feed == "manual":
        # Until it returns, `print` is the only one that may use the connection.
        say(state="WARNING DEF_WAIT_CARD")
    say(**{"return": session.print().name})


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
