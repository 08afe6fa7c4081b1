"""Employees whom the server knows: who is let in over SSH need not say who it is once more."""

from deskterm.services import staff
from deskterm.services.desk import Desk
from deskterm.services.trouble import reading, writing_plain
from deskterm.store import chain
from deskterm.store.reads import staff as reads
from deskterm.store.values import moment_text
from deskterm.views.desk import StaffView


def known(desk: Desk, login: str) -> StaffView | None:
    """The employee whom the server let in under this user name.

    None when nobody has it, or when theirs is still the PIN they were given: then they sign in at
    the screen. PINs that others guessed wrong do not matter here: no PIN is asked for.
    """
    with reading(desk) as connection:
        row = reads.by_username(connection, login) if login else None
    if row is None or row.pin_must_change:
        return None
    return staff.by_actor_id(desk, row.actor_id)


def sign_in(desk: Desk) -> None:
    """Write down that the employee at the desk was let in by the server."""
    line = {
        "customer_id": None,
        "at": moment_text(desk.clock.now()),
        "day": desk.today.isoformat(),
        "staff_actor_id": desk.staff.actor_id if desk.staff else None,
        "desk": desk.place.name,
        "branch_code": desk.place.branch.code,
        "action": "sign_in",
        "field": "",
        "old": "",
        "new": "ssh-user",
    }
    # Plain SQL: when a branch opens, its desks would load the ORM for this line at the same time.
    with writing_plain(desk) as connection:
        chain.append(connection, [line])
