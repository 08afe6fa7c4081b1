"""What happens in a life: a customer dies, post comes back from an address or arrives again."""

from typing import TYPE_CHECKING

from deskterm.rules.blocks import BlockKind, right_to_change
from deskterm.rules.names import inert
from deskterm.rules.rights import Right
from deskterm.services import memberships, opening
from deskterm.services.desk import Desk
from deskterm.services.edit import addresses
from deskterm.services.enrol import ending
from deskterm.services.errors import DeskError, NotFound
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import writing
from deskterm.services.versions import mark_changed, require_version, the_customer
from deskterm.text import _, date_text
from deskterm.views.customer import CustomerView

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Address, Block, Customer

LONGEST_NOTE = 120
"""What the note of a block holds."""


def died(desk: Desk, actor_id: int, version: int, *, forget_email: bool) -> CustomerView:
    """Write down that a customer has died (customers.md 5.9), all of it at once.

    What runs is ended today with reason Overleden, holds go, `*` comes before the surname, and
    nothing is sent any more; the mail address goes when the family wants it. Loans and open costs
    stay: `memberships.end_warnings` tells them before. Relations stay as well. Herstel can take it
    back the same day (`services.deaths`).

    Raises:
        DeskError: the customer is marked as deceased already.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    desk.require(Right.CUSTOMER_ENROL)
    with writing(desk) as session:
        customer = the_customer(session, actor_id)
        require_version(session, customer, version)
        if customer.surname.startswith(ending.MARK):
            raise DeskError(
                _("Deze klant staat al als overleden in de bibliotheek."),
                _("Klopt dat niet, haal dan op tab 2 de * voor de achternaam weg."),
            )
        logbook = Logbook(desk, session, actor_id)
        with ending.recorded_death(desk, session, customer):
            memberships.end_at_once(desk, session, logbook, actor_id, ending.DECEASED)
            if forget_email and customer.email:
                logbook.line("edit", "email", customer.email, "")
                customer.email = ""
            ending.mark_deceased(session, logbook, customer)
        mark_changed(desk, customer, logbook.at)
        session.add(customer)
    return opening.refresh(desk, actor_id)


def post_returned(desk: Desk, actor_id: int, version: int, address_id: int) -> CustomerView:
    """Write down that post came back from an address: an address block, which names it.

    No letter is written while the block stands (`services.letters`).

    Raises:
        DeskError: it was written down already.
        NotAllowed, Conflict, NotFound: as `editing.save`, also for an address that is gone.
    """
    return _post(desk, actor_id, version, address_id, returned=True)


def post_arrives(desk: Desk, actor_id: int, version: int, address_id: int) -> CustomerView:
    """Take back that post came back; the block goes when no other address has it.

    Raises:
        DeskError: nothing had come back from it.
        NotAllowed, Conflict, NotFound: as `editing.save`, also for an address that is gone.
    """
    return _post(desk, actor_id, version, address_id, returned=False)


def _post(
    desk: Desk, actor_id: int, version: int, address_id: int, *, returned: bool
) -> CustomerView:
    desk.require(Right.CUSTOMER_EDIT)
    desk.require(right_to_change(BlockKind.ADDRESS))
    with writing(desk) as session:
        customer = the_customer(session, actor_id)
        require_version(session, customer, version)
        present = addresses.of(session, actor_id)
        address = next((one for one in present if one.id == address_id), None)
        if address is None:
            raise NotFound(_("Dit adres is er niet meer."))
        if returned is (address.returned_on is not None):
            if returned:
                raise DeskError(_("Van dit adres kwam al post retour."))
            raise DeskError(_("Van dit adres kwam geen post retour."))
        logbook = Logbook(desk, session, actor_id)
        name = f"address.{present.index(address) + 1}.returned_on"
        old = date_text(address.returned_on)
        address.returned_on = desk.today if returned else None
        logbook.line("edit", name, old, date_text(address.returned_on))
        session.add(address)
        if returned:
            _block(desk, session, logbook, customer, address)
        elif not any(one.returned_on and _holds(desk, one) for one in present):
            _lift(session, logbook, customer)
        mark_changed(desk, customer, logbook.at)
        session.add(customer)
    return opening.refresh(desk, actor_id)


def _holds(desk: Desk, address: "Address") -> bool:
    return address.until_on is None or address.until_on >= desk.today


def _block(
    desk: Desk, session: "Session", logbook: Logbook, customer: "Customer", address: "Address"
) -> None:
    from deskterm.store.tables import Block

    kind, actor_id = BlockKind.ADDRESS.value, customer.actor_id or 0
    block = _in_force(session, actor_id)
    if block is None:
        set_by = desk.staff.actor_id if desk.staff else None
        block = Block(customer_id=actor_id, kind=kind, since=desk.today, set_by=set_by)
        logbook.line("edit", f"block.{kind}", "", "1")
    parts = (address.street, address.house_number, address.house_addition, address.postcode)
    place = inert(" ".join(part for part in (*parts, address.place) if part))
    told = _("Post retour van {address}").format(address=place)
    old = block.note
    block.note = f"{old}; {told}"[:LONGEST_NOTE] if old else told[:LONGEST_NOTE]
    logbook.line("edit", f"block.{kind}.note", old, block.note)
    session.add(block)


def _lift(session: "Session", logbook: Logbook, customer: "Customer") -> None:
    block = _in_force(session, customer.actor_id or 0)
    if block is not None:
        block.lifted_at = logbook.at
        session.add(block)
        logbook.line("edit", f"block.{block.kind}", "1", "")


def _in_force(session: "Session", actor_id: int) -> "Block | None":
    from sqlmodel import col, select

    from deskterm.store.tables import Block

    query = select(Block).where(
        col(Block.customer_id) == actor_id,
        col(Block.kind) == BlockKind.ADDRESS.value,
        col(Block.lifted_at).is_(None),
    )
    return session.exec(query).first()
