"""Keep who answered which pop-up, when, at which desk, and how."""

from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.errors import NotFound
from deskterm.services.popups import is_kind
from deskterm.services.trouble import writing
from deskterm.text import _

ANSWERS = ("continue", "end")


def acknowledge(desk: Desk, actor_id: int, kind: str, answer: str) -> None:
    """Write down that the signed-in employee saw a pop-up and went on, or ended the session.

    `kind` is the pop-up's, `answer` is `continue` (Doorgaan) or `end` (Einde sessie).

    Raises:
        NotFound: the customer is gone.
        ValueError: no such pop-up or answer; a screen made a mistake.
    """
    staff = desk.require(Right.CUSTOMER_READ)
    if not is_kind(kind) or answer not in ANSWERS:
        raise ValueError(f"no pop-up {kind!r} answered by {answer!r}")
    with writing(desk) as session:
        from deskterm.store.tables import Acknowledgement, Customer

        if session.get(Customer, actor_id) is None:
            raise NotFound(_("Er is geen klant met actor-id {number}.").format(number=actor_id))
        session.add(
            Acknowledgement(
                customer_id=actor_id,
                staff_id=staff.id,
                desk_id=desk.place.id,
                at=desk.clock.now(),
                kind=kind,
                answer=answer,
            )
        )
