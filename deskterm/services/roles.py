"""Give a customer a role, and end it; the row stays with its last day."""

from deskterm.rules.rights import Right
from deskterm.services import opening
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotFound
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import writing
from deskterm.services.versions import mark_changed, require_version, the_customer
from deskterm.store.reads import library
from deskterm.text import _
from deskterm.views.customer import CustomerView


def start(desk: Desk, actor_id: int, version: int, code: str) -> CustomerView:
    """Let a role begin today.

    Raises:
        DeskError: the library has no such role, or the customer has it already.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    desk.require(Right.CUSTOMER_EDIT)
    with writing(desk) as session:
        from sqlmodel import col, select

        from deskterm.store.tables import CustomerRole

        customer = the_customer(session, actor_id)
        require_version(session, customer, version)
        if code not in library.codes(session.connection()).get("role", ()):
            raise DeskError(_("De bibliotheek kent rol {code} niet.").format(code=code))
        running = select(CustomerRole).where(
            col(CustomerRole.customer_id) == actor_id,
            col(CustomerRole.code) == code,
            col(CustomerRole.end_on).is_(None),
        )
        if session.exec(running).first() is not None:
            raise DeskError(_("De klant heeft deze rol al."))
        session.add(CustomerRole(customer_id=actor_id, code=code, begin_on=desk.today))
        logbook = Logbook(desk, session, actor_id)
        logbook.line("role.start", "role", "", code)
        mark_changed(desk, customer, logbook.at)
        session.add(customer)
    return opening.refresh(desk, actor_id)


def end(desk: Desk, actor_id: int, version: int, role_id: int) -> CustomerView:
    """Let a role end today; ending abonnementhouder does not end the membership.

    Raises:
        DeskError: the role has ended already.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    desk.require(Right.CUSTOMER_EDIT)
    with writing(desk) as session:
        from deskterm.store.tables import CustomerRole

        customer = the_customer(session, actor_id)
        require_version(session, customer, version)
        role = session.get(CustomerRole, role_id)
        if role is None or role.customer_id != actor_id:
            raise NotFound(_("Deze klant heeft die rol niet."))
        if role.end_on is not None:
            raise DeskError(_("Deze rol is al beëindigd."))
        role.end_on = max(desk.today, role.begin_on)
        session.add(role)
        logbook = Logbook(desk, session, actor_id)
        logbook.line("role.end", "role", role.code, "")
        mark_changed(desk, customer, logbook.at)
        session.add(customer)
    return opening.refresh(desk, actor_id)
