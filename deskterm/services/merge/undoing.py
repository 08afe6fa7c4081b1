"""Take a merge apart again: Herstel, within its days."""

from deskterm.services.desk import Desk
from deskterm.views.merging import TakenApart


def left_of(desk: Desk, deed_id: int) -> tuple[str, ...]:
    """Tell what taking a merge apart would have to leave as it is now, in sentences.

    Raises as `take_apart`, except for what is left.
    """
    raise NotImplementedError


def take_apart(desk: Desk, deed_id: int, *, anyway: bool = False) -> TakenApart:
    """Take a merge apart: both records are what they were, but for what changed since.

    What was added to the keeper since stays with the keeper. When something cannot go back, it
    asks for `anyway`, after staff have seen `left_of`.

    Raises:
        DeskError: its days are over, it was taken apart already, the keeper was itself merged or
            erased since, or something cannot go back and it is not to be done `anyway`.
        NotAllowed: the employee may not merge customers.
        NotFound: there is no such merge.
    """
    raise NotImplementedError
