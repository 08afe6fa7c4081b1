"""`deskterm` alone: the screens, and the offer to set up a library where there is none."""

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from deskterm import bootstrap, process
from deskterm.cli.endings import Ending, say
from deskterm.cli.opening import options_of, require_store
from deskterm.cli.parser import Parser
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.worker.beside import Beside


def add(parser: Parser) -> None:
    """Make starting the screens what happens without a command."""
    parser.add_argument(
        "--desk", metavar=_("BALIE"), help=_("werk aan deze balie: naam of vestiging/naam")
    )
    parser.add_argument(
        "--login", metavar=_("NAAM"), help=_("wie de server binnenliet; alleen voor de starter")
    )
    parser.set_defaults(run=_start, desk=None, login=None)


def run_screens(built: bootstrap.Bootstrap) -> int:
    """Run the screens until staff leave them."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say(_("Het scherm heeft een terminal nodig; `deskterm --help` noemt wat ook zonder kan."))
        return Ending.FAILED
    # Importing makes many objects that all stay: looking for garbage among them is lost time.
    gc.disable()
    process.guard()
    # Textual reads this when it is imported: a key's answer is painted within 2 ms, not 16.
    os.environ["TEXTUAL_FPS"] = "500"
    from deskterm.app import DesktermApp
    from deskterm.logs import log_to_file
    from deskterm.terminal_keys import repair

    repair()
    log_to_file()
    app = DesktermApp(built)
    if os.name == "posix":
        from deskterm.terminal_driver import DeskDriver

        app.driver_class = DeskDriver
    app.start_worker = worker_starter(app)
    app.run(mouse=built.settings.mouse)
    return app.return_code or Ending.DONE


def worker_starter(app: "DesktermApp") -> Callable[[], None]:
    """What starts a worker for the store, the day and the desk that the screens work with."""

    def start() -> None:
        from deskterm.services.desk import DayClock
        from deskterm.worker.beside import BesideOptions

        built, place = app.bootstrap, app.desk.place
        day = built.clock.today() if isinstance(built.clock, DayClock) else None
        desk = f"{place.branch.code}/{place.name}"
        _beside().start(BesideOptions(built.store_place, built.options.config, day, desk))

    return start


@cache
def _beside() -> "Beside":
    """The one that remembers which worker this program started."""
    from deskterm.worker.beside import Beside

    return Beside()


def _start(given: Namespace) -> int:
    built = bootstrap.build(replace(options_of(given), desk=given.desk, login=given.login or ""))
    require_store(built)
    from deskterm.setup.state import is_new

    if is_new(built.store_place):
        return _offer_set_up(built)
    status = run_screens(built)
    # Of a server is only known once it is open that no library is in it.
    return _offer_set_up(built) if status == Ending.NO_LIBRARY else status


def _offer_set_up(built: bootstrap.Bootstrap) -> int:
    # Whoever a server let in works there: setting up is for who runs it.
    let_in = built.signs_in_by_login or built.options.login
    if let_in or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise bootstrap.EmptyLibrary(built.store_name)
    print(_("In {place} staat nog geen bibliotheek.").format(place=built.store_name))
    answer = input(_("Nu inrichten? [J/n] ")).strip().casefold()
    if answer.startswith("n"):
        print(_("Kijk rond in de oefenbibliotheek met `deskterm demo`."))
        return Ending.DONE
    from deskterm.cli.init import set_up_by_asking

    status = set_up_by_asking(built)
    return status if status != Ending.DONE else run_screens(built)
