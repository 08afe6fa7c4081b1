"""What waits to be done beside the desk, and whether somebody is there to do it."""

from datetime import datetime
from typing import TYPE_CHECKING

from deskterm.accounts.refreshing import ASK_EVERY
from deskterm.services.desk import Desk, SystemClock
from deskterm.services.trouble import reading
from deskterm.store import workers
from deskterm.store.reads import errands

if TYPE_CHECKING:
    from deskterm.store.light import Reader


def worker_needed(desk: Desk) -> bool:
    """Tell whether something is due beside the desk and no worker lives; a light look.

    Printing waits for the worker of this very desk.
    """
    # Also at a desk that stands on another day workers beat and print by the machine's clock.
    now, place = SystemClock().now(), desk.place.id
    with reading(desk) as connection:
        # One that serves other printers, or none, does not help.
        printed = workers.somebody(connection, now, place)
        if not printed and errands.printing_due(connection, place, now):
            return True
        if not _anything_due(desk, connection, desk.clock.now()):
            return False
        return not workers.somebody(connection, now)


def _anything_due(desk: Desk, connection: "Reader", now: datetime) -> bool:
    queues: tuple[errands.Queue, ...] = ("account_job", "mail_job")
    if desk.accounts is None:
        queues = ("mail_job",)
    due = (errands.next_due(connection, queue, now) for queue in queues)
    if any(moment is not None and moment <= now for moment in due):
        return True
    # An account server has to be asked what became of an account; the store knows its own.
    asks = desk.accounts is not None and desk.accounts.name != "local"
    return asks and errands.unasked(connection, now - ASK_EVERY)
