"""Who looked at whom: every customer that is opened on a screen is written down, for a time."""

from collections.abc import Sequence

from deskterm.rules.rights import Right
from deskterm.services.customer_rows import require_known
from deskterm.services.desk import Desk
from deskterm.services.trouble import reading, writing_plain
from deskterm.store.light import text
from deskterm.store.reads.rows import rows, text_of
from deskterm.store.values import as_moment, moment_text
from deskterm.views.privacy import Look, Viewer

MOST_VIEWERS = 500

# Plain SQL, as it runs after every customer that is opened.
_KEEP = text(
    """
    INSERT INTO viewing (customer_id, staff_id, desk_id, day, at)
    VALUES (:actor_id, :staff_id, :desk_id, :day, :at)
    """
)
# With those of everybody who was merged into this customer.
_VIEWERS = text(
    """
    WITH RECURSIVE person (id) AS (
        SELECT actor_id FROM customer WHERE actor_id = :actor_id
        UNION SELECT c.actor_id FROM customer c JOIN person p ON c.merged_into_id = p.id
    )
    SELECT v.at, s.name AS staff, d.name AS desk
    FROM viewing v JOIN person p ON p.id = v.customer_id
    JOIN staff s ON s.id = v.staff_id LEFT JOIN desk d ON d.id = v.desk_id
    ORDER BY v.at DESC, v.id DESC LIMIT :most
    """
)


def look_of(desk: Desk, actor_id: int) -> Look | None:
    """What is to be written down when a customer is opened now; a program looks at nobody."""
    staff = desk.require(Right.CUSTOMER_READ)
    if not staff.id:
        return None
    return Look(actor_id, staff.id, desk.place.id, desk.today, desk.clock.now())


def record(desk: Desk, looks: Sequence[Look]) -> None:
    """Write down that these customers were opened, all in one transaction."""
    desk.require(Right.CUSTOMER_READ)
    if not looks:
        return
    with writing_plain(desk) as connection:
        for look in looks:
            values = {
                "actor_id": look.actor_id,
                "staff_id": look.staff_id,
                "desk_id": look.desk_id,
                "day": look.day,
                "at": moment_text(look.at),
            }
            connection.execute(_KEEP, values)


def viewers(desk: Desk, actor_id: int) -> tuple[Viewer, ...]:
    """Who opened a customer, the latest first, at most MOST_VIEWERS.

    Raises:
        NotAllowed: below ADMIN, as it is about colleagues.
        NotFound: nobody has this actor-id.
    """
    desk.require(Right.STAFF_MANAGE)
    with reading(desk) as connection:
        require_known(connection, actor_id)
        asked = {"actor_id": actor_id, "most": MOST_VIEWERS}
        return tuple(
            Viewer(as_moment(row["at"]), text_of(row["staff"]), text_of(row["desk"]))
            for row in rows(connection, _VIEWERS, asked)
        )
