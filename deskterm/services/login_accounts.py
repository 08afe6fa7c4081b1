"""Login accounts as far as this library knows them: those that are tied to its customers."""

from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.trouble import reading
from deskterm.store.reads import accounts
from deskterm.views.enrolment import KnownAccount


def find(desk: Desk, username: str) -> KnownAccount | None:
    """Look an account up by its user name, capitals and all (Hoofdlettergevoelig).

    Raises:
        NotAllowed: the employee may not enrol.
    """
    desk.require(Right.CUSTOMER_ENROL)
    wanted = username.strip()
    if not wanted:
        return None
    with reading(desk) as connection:
        return accounts.by_username(connection, wanted)
