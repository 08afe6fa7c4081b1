"""Let go of what Herstel kept: after its days nothing personal stays behind for its sake.

Whoever was removed is erased for good, as the privacy run does. A record that was merged is only
the way to its keeper from then on. The rows that deeds noted go; that a deed was done stays.
"""

from typing import TYPE_CHECKING

from deskterm.services.desk import Desk
from deskterm.services.trouble import reading, writing
from deskterm.store.light import text
from deskterm.views.tidying import Tidied

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.light import Reader
    from deskterm.store.tables import Deed

_OVER = text(
    "SELECT id FROM deed WHERE emptied_at IS NULL"
    " AND (until_on < :today OR undone_at IS NOT NULL) ORDER BY id"
)
_ROWS = text("DELETE FROM deed_row WHERE deed_id = :deed_id")
# What series noted of the rows that a removal took away too.
_ROWS_OF_SERIES = text(
    """
    DELETE FROM deed_row
    WHERE deed_id IN (SELECT id FROM deed WHERE kind = 'series' AND emptied_at IS NULL)
    AND (table_name, row_key) IN (
        SELECT table_name, row_key FROM deed_row WHERE deed_id = :deed_id
    )
    """
)
# A merge of who is erased cannot be taken apart any more.
_ROWS_OF_MERGES = text(
    "DELETE FROM deed_row WHERE deed_id IN ("
    "SELECT id FROM deed WHERE kind = 'merge' AND customer_id IN :people)",
    many=("people",),
)


def tidy(desk: Desk) -> Tidied:
    """Let go of every deed whose days are over; at once when there is none.

    Each deed is a transaction, so that no desk waits for more than one, and it can be broken off.
    """
    with reading(desk) as connection:
        over = _over(connection, desk)
    done = Tidied()
    for deed_id in over:
        done = _let_go(desk, deed_id, done)
    return done


def _over(connection: "Reader", desk: Desk) -> list[int]:
    return list(connection.execute(_OVER, {"today": desk.today}).scalars())


def _let_go(desk: Desk, deed_id: int, done: Tidied) -> Tidied:
    from deskterm.store.tables import Deed

    # No employee did this: the log says that a program did.
    desk = desk.signed_in_as(None)
    removed = merged = 0
    with writing(desk) as session:
        deed = session.get(Deed, deed_id)
        if deed is None or deed.emptied_at is not None:
            return done  # another desk was first
        stands = deed.undone_at is None
        if stands and deed.kind == "remove":
            removed = _erase(desk, session, deed)
        elif stands and deed.kind == "merge":
            merged = _empty_loser(desk, session, deed)
        connection: Reader = session.connection()
        connection.execute(_ROWS, {"deed_id": deed_id})
        deed.emptied_at = desk.clock.now()
        session.add(deed)
    return Tidied(done.deeds + 1, done.removed + removed, done.merged + merged)


def _erase(desk: Desk, session: "Session", deed: "Deed") -> int:
    from deskterm.services.privacy import erasing

    connection, actor_id = session.connection(), deed.customer_id or 0
    everybody = erasing.with_merged(connection, (actor_id,))
    erasing.erase(connection, desk, everybody, deed.day)
    reader: Reader = connection
    reader.execute(_ROWS_OF_SERIES, {"deed_id": deed.id})
    reader.execute(_ROWS_OF_MERGES, {"people": everybody})
    return 1


def _empty_loser(desk: Desk, session: "Session", deed: "Deed") -> int:
    """Its log stays readable on the keeper's tab 4; it goes with the keeper."""
    from deskterm.services.privacy.erasing import emptied_person
    from deskterm.store.tables import Customer

    loser = session.get(Customer, deed.other_id)
    if loser is None or loser.merged_into_id is None or loser.erased_on is not None:
        return 0
    for name, value in emptied_person().items():
        setattr(loser, name, value)
    loser.erased_on = desk.today
    session.add(loser)
    return 1
