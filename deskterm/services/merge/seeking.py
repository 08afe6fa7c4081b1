"""Who may be the same person as a customer: looked for along the indexes, judged by the names."""

from deskterm.services.desk import Desk
from deskterm.views.merging import Candidate


def candidates(desk: Desk, actor_id: int) -> tuple[Candidate, ...]:
    """Find who may be the same person as this customer, the likeliest first; 20 at most.

    Raises:
        NotAllowed: the employee may not merge customers.
        NotFound: the customer is gone, or was merged into another itself.
    """
    raise NotImplementedError
