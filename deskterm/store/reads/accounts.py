"""Login accounts of customers."""

from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import rows, text_of
from deskterm.views.enrolment import KnownAccount

_BY_USERNAME = text("SELECT actor_id, username, email FROM customer WHERE username = :username")


def by_username(connection: Reader, username: str) -> KnownAccount | None:
    """Read the account with exactly this user name; the comparison does not rest on a collation."""
    for row in rows(connection, _BY_USERNAME, {"username": username}):
        if row["username"] == username:
            return KnownAccount(username, text_of(row["email"]), row["actor_id"])
    return None
