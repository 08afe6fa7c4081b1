"""The library's pick lists, read once per run and again when another employee signs in."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.services.desk import Desk
from deskterm.views.desk import WordView

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

KINDS = (
    "end_reason", "customer_type", "sex", "title", "id_kind", "country", "role", "message_kind",
    "predefined_message", "badge", "label", "newsletter", "language", "selection",
    "organization_type", "classification", "statistical_category", "delivery", "address_kind",
    "relation", "profile_type", "target_group",
)  # fmt: skip


async def load(app: "DesktermApp") -> None:
    """Fill `app.words` when that was not done yet."""
    if not app.words:
        app.words = await app.work.call(lambda: _all(app.desk))


def _all(desk: Desk) -> dict[str, tuple[WordView, ...]]:
    words = {kind: services.libraries.words(desk, kind) for kind in KINDS}
    branches = services.libraries.branches(desk)
    words["branch"] = tuple(WordView(branch.code, branch.name) for branch in branches)
    return words
