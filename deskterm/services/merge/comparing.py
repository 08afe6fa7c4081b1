"""Two records side by side, and what merging them would do."""

from deskterm.services.desk import Desk
from deskterm.views.merging import Comparison


def compare(desk: Desk, keeper_id: int, loser_id: int) -> Comparison:
    """Lay two records side by side; swapping them is asking the other way round.

    Raises:
        NotAllowed: the employee may not merge customers.
        NotFound: one of them is gone.
        DeskError: it is one and the same, one was merged or erased already, or an account is
            being made for one of them.
    """
    raise NotImplementedError
