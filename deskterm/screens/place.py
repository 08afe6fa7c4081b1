"""A place: what fills the middle of the main screen, such as the desk line or a customer.

A place draws its widgets, says what keys mean there, and has a method `act_<action>` for each
action of its own, `customer.loans` being `act_customer_loans`.
"""

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, cast

from textual.containers import Container

from deskterm.keys import Where
from deskterm.widgets.bars import Piece

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.pump import Footing

Perform = Callable[[], Awaitable[None]]


class Place(Container):
    """The middle of the main screen."""

    where: Where = Where.DESK
    help_page = "desk"

    @property
    def desk_app(self) -> "DesktermApp":
        return cast("DesktermApp", self.app)

    @property
    def heading(self) -> str:
        """The name of the place in the title line."""
        return ""

    @abstractmethod
    def footing(self) -> "Footing":
        """What keys mean here now."""

    def buttons(self) -> Sequence[Piece]:
        """The bar of buttons: pieces whose key is an action's id."""
        return ()

    def why_not(self, _action_id: str) -> str:
        """Why an action of this place cannot be used now; empty when it can."""
        return ""

    def performer(self, action_id: str) -> Perform | None:
        """The method that carries out an action, if this place has it."""
        found: Perform | None = getattr(self, "act_" + action_id.replace(".", "_"), None)
        return found

    async def enter(self) -> None:
        """The place is shown now."""

    async def take_key(self, key: str, character: str | None) -> None:
        """A key that is no action here."""
