"""What asking a server of somebody else takes, loaded before anybody waits for its first answer.

The library that speaks HTTP takes 0.1 to 1.5 s to load: too long for a start, which needs none of
it, and for the two seconds that a register of addresses has.
"""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskterm.services.desk import Desk


def is_wanted(desk: "Desk") -> bool:
    """Tell whether this desk asks any server, and nothing was loaded for that yet."""
    asks = desk.addresses is not None or _has_account_server(desk)
    return asks and "httpx" not in sys.modules


def load(desk: "Desk") -> None:
    """Import it; for a thread beside the keys. Nothing is connected to."""
    if desk.addresses is not None:
        from deskterm.addresses import wire  # noqa: F401
    if _has_account_server(desk):
        from deskterm.accounts import scim_wire  # noqa: F401


def _has_account_server(desk: "Desk") -> bool:
    return desk.accounts is not None and desk.accounts.name == "scim"
