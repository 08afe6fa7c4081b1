"""Keep who answered which pop-up, when, at which desk, and how."""

from deskterm.rules.rights import Right
from deskterm.services.customer_rows import require_known
from deskterm.services.desk import Desk
from deskterm.services.popups import is_kind
from deskterm.services.trouble import writing_plain
from deskterm.store.light import text
from deskterm.store.values import moment_text

ANSWERS = ("continue", "end")

# Plain SQL: the ORM, which is loaded for the first save, must not keep the first pop-up waiting.
_KEEP = text(
    """
    INSERT INTO acknowledgement (customer_id, staff_id, desk_id, at, kind, answer)
    VALUES (:actor_id, :staff_id, :desk_id, :at, :kind, :answer)
    """
)


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
    values = {
        "actor_id": actor_id,
        "staff_id": staff.id,
        "desk_id": desk.place.id,
        "at": moment_text(desk.clock.now()),
        "kind": kind,
        "answer": answer,
    }
    with writing_plain(desk) as connection:
        require_known(connection, actor_id)
        connection.execute(_KEEP, values)
