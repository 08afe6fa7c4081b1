"""The change log of a customer: tab 4."""

from deskterm.store.light import Reader, text
from deskterm.store.reads.merging import merged_into
from deskterm.store.reads.rows import Parameter, rows, text_of
from deskterm.store.values import as_moment
from deskterm.views.customer import LogLine

MOST_LINES = 200

_LINES = text(
    """
    SELECT l.at, l.staff_actor_id, s.name, l.desk, l.action, l.field, l.old, l.new
    FROM change_log l LEFT JOIN staff s ON s.actor_id = l.staff_actor_id
    WHERE l.customer_id IN :actor_ids AND (l.customer_id = :actor_id OR l.field <> 'actor_id')
    ORDER BY l.id DESC
    LIMIT :most
    """,
    many=("actor_ids",),
)


def lines(connection: Reader, actor_id: int) -> tuple[LogLine, ...]:
    """Read the latest lines, newest first, at most MOST_LINES; also of who was merged into it.

    That they were merged is a line of both, and read once.
    """
    whose = (actor_id, *merged_into(connection, actor_id))
    asked: dict[str, Parameter] = {"actor_ids": whose, "actor_id": actor_id, "most": MOST_LINES}
    return tuple(
        LogLine(
            at=as_moment(row["at"]),
            staff=text_of(row["name"] or row["staff_actor_id"]),
            desk=text_of(row["desk"]),
            action=text_of(row["action"]),
            field=text_of(row["field"]),
            old=text_of(row["old"]),
            new=text_of(row["new"]),
        )
        for row in rows(connection, _LINES, asked)
    )
