"""Help while the data form is typed: who may be the same person, and what a mail address means."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.enrolment.data_fields import USE_ACCOUNT
from deskterm.services.errors import DeskError

if TYPE_CHECKING:
    from deskterm.screens.enrolment.place import EnrolPlace

_TELLING = frozenset(
    {"surname", "prefix", "initials", "first_name", "born", "email", "phone", "mobile"}
    | {"address.1.postcode", "address.1.house_number"}
)
"""Fields by which a person is recognised."""
_SHORTEST_DATE = 6


class Helper:
    """Looks things up beside the typing; an answer that came too late is not shown."""

    def __init__(self, place: "EnrolPlace") -> None:
        self.place = place
        self._asked = 0
        self._mail_was_empty = True

    def ask_again(self) -> None:
        """A form was loaded: start anew with what stands in it."""
        self._mail_was_empty = not self.place.form.values["email"].strip()
        self._look_for_the_same()

    def changed(self, name: str, value: str) -> None:
        """A field got other contents."""
        if name == "email":
            self._suggest_account(value)
        if name in _TELLING:
            self._look_for_the_same()

    def _suggest_account(self, mail: str) -> None:
        """The first mail address of a customer answers `gebruik inlogaccount` with Ja."""
        if self._mail_was_empty and mail.strip():
            self._mail_was_empty = False
            self.place.form.set_value(USE_ACCOUNT, "1")

    def _look_for_the_same(self) -> None:
        self._asked += 1
        walk = self.place.walk
        if walk is None or not walk.is_new:
            return
        values = self.place.form.values
        if values["surname"].strip() and len(values["born"].strip()) >= _SHORTEST_DATE:
            looking: Callable[[], object] = partial(self._find_the_same, self._asked)
            self.place.run_worker(looking, exit_on_error=False)

    async def _find_the_same(self, turn: int) -> None:
        app, form = self.place.desk_app, self.place.take().form()
        try:
            found = await app.work.look_up(lambda: services.enrolment.duplicates(app.desk, form))
        except DeskError:
            return  # half a date is no date yet; OK, Vervolg tells what is wrong
        if turn == self._asked and self.place.walk is not None:
            others = self.place.walk.others
            self.place.candidates = tuple(one for one in found if one.actor_id not in others)
            self.place.draw()
