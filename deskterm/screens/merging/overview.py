"""Klanten, Overzichten, Dubbele klanten: find the pairs of this branch, and merge them in turn."""

from threading import Event
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.asks import Notice
from deskterm.screens.merging.flow import done, side_by_side, take_over
from deskterm.screens.merging.pairs import Listed, PairList
from deskterm.screens.merging.side_by_side import HELP
from deskterm.screens.waiting import GaveUp, outside
from deskterm.services.errors import DeskError
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.services.desk import Desk
    from deskterm.views.merging import FoundPair


class _Stopped(Exception):
    """Staff did not wait for the end of the search."""


class _Search:
    """Looks for the pairs in a thread, and tells how far it is."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.stopped = Event()
        self._done = self._total = 0

    def run(self) -> "tuple[FoundPair, ...]":
        """Find them all; ends soon after `stopped` is set."""
        return services.merging.pairs(self.desk, progress=self._tell)

    def _tell(self, done_so_far: int, total: int) -> None:
        if self.stopped.is_set():
            raise _Stopped
        self._done, self._total = done_so_far, total

    def words(self) -> str:
        """What is going on, and how far it is."""
        branch = self.desk.place.branch
        said = _("Dubbele klanten van {code} {name} worden gezocht.").format(
            code=branch.code, name=branch.name
        )
        if not self._total:
            return said
        far = _("{done} van {total} klanten bekeken.").format(done=self._done, total=self._total)
        return f"{said}\n{far}"


async def show(app: "DesktermApp") -> None:
    """Find the pairs, and show them until staff have had enough."""
    search = _Search(app.desk)
    try:
        found = await outside(app, _("Dubbele klanten"), search.words, search.run, help_page=HELP)
    except GaveUp:
        search.stopped.set()
        app.say(_("Het zoeken naar dubbele klanten is gestopt."))
        return
    listed = Listed(list(found))
    await listed.read(app)
    if not listed.pairs:
        said = _("Er zijn geen dubbele klanten gevonden in deze vestiging.")
        await app.ask(Notice(_("Dubbele klanten"), [said]))
        return
    said = ""
    while (pair := await app.ask(PairList(listed, said))) is not None:
        try:
            merged = await side_by_side(app, pair.one.actor_id, pair.other.actor_id)
        except DeskError as refused:
            app.bell()
            said = f"{refused.sentence} {refused.hint}".strip()
            continue
        said = ""
        if merged is not None:
            listed.drop(pair)
            take_over(app, merged)
            said = done(merged)
        await listed.read(app)
