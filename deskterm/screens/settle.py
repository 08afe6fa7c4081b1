"""Afrekenen: what a customer owes, settled in one of the ways a library knows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.app import DesktermApp


async def settle(
    app: "DesktermApp", actor_id: int, charge_ids: Sequence[int] | None = None
) -> None:
    """Open Afrekenen for a customer; only `charge_ids` are ticked, or every line without them."""
    settlement = await app.work.call(lambda: services.settling.open_lines(app.desk, actor_id))
    if not settlement.lines:
        app.say(_("Er staat niets open."))
