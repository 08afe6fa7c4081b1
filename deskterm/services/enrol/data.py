"""The data step: what is typed, checked as an edit is, with the fields that must be there."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from deskterm.rules.faults import N_
from deskterm.services import editing
from deskterm.services.desk import Desk
from deskterm.services.edit import addresses, columns
from deskterm.services.edit.draft import Draft, as_text
from deskterm.services.enrol import account
from deskterm.services.enrol.required import required
from deskterm.services.errors import FormFaults
from deskterm.services.many.people import lives_at
from deskterm.services.versions import the_customer
from deskterm.store.reads import library
from deskterm.views.enrolment import EnrolmentForm

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Address, Customer

_DECEASED = "*"
_ADDRESS = "address.1."
"""The one address of the form; of the customer's it is where letters go, whichever that is."""


def checked(desk: Desk, session: "Session", form: EnrolmentForm, customer: "Customer") -> Draft:
    """Check the data of a form against the customer it is about, old or new.

    Raises:
        FormFaults: every field that is wrong or missing.
    """
    present = addresses.of(session, customer.actor_id) if customer.actor_id else []
    home = _home(present, desk.today)
    theirs = f"address.{present.index(home) + 1 if home else 1}."
    typed = addresses.as_moves(_renamed(form.values, _ADDRESS, theirs), present, desk.today)
    typed["customer_type"] = form.customer_type
    draft = editing.draft_of(desk, session, customer, present, typed)
    if customer.surname.startswith(_DECEASED):
        draft.fault("surname", N_("Deze klant staat als overleden in de bibliotheek."))
    editing.plan(draft, typed, present)
    _check_required(draft, form, _present(customer, home))
    if draft.faults:
        raise FormFaults(tuple(_renamed(draft.faults, theirs, _ADDRESS).items()))
    return draft


def subject(desk: Desk, session: "Session", form: EnrolmentForm) -> "Customer":
    """The customer that a form is about: the row there is, or a blank one not yet in the store.

    Raises:
        NotFound: the customer is gone.
    """
    if form.actor_id is not None:
        return the_customer(session, form.actor_id)
    from deskterm.store.tables import Customer

    staff = desk.staff
    return Customer(
        branch_code=desk.place.branch.code,
        registered_on=desk.today,
        changed_at=desk.clock.now(),
        changed_by=(staff.actor_id or None) if staff else None,
    )


def _home(present: "Sequence[Address]", today: date) -> "Address | None":
    """The first address that holds today, as the form shows it; else the first of all."""
    held = (address for address in present if lives_at(address, today))
    return next(held, present[0] if present else None)


def _renamed(texts: Mapping[str, str], before: str, after: str) -> dict[str, str]:
    """The same under other names: those of one address under those of another."""
    return {
        after + name.removeprefix(before) if name.startswith(before) else name: text
        for name, text in texts.items()
    }


def _present(customer: "Customer", home: "Address | None") -> dict[str, str]:
    """What stands there now of the fields that can be required."""
    texts = {name: as_text(getattr(customer, name)) for name in columns.COLUMNS}
    if home is not None:
        for part in ("street", "house_number", "postcode", "place"):
            texts[_ADDRESS + part] = getattr(home, part)
    return texts


def _check_required(draft: Draft, form: EnrolmentForm, present: dict[str, str]) -> None:
    texts = {**present, **form.values}
    branch = texts.get("branch_code") or draft.desk.place.branch.code
    branches = {one.code: one for one in library.branches(draft.session.connection())}
    known = branches.get(branch, draft.desk.place.branch)
    names = set(
        required(
            draft.facts.settings,
            known.institution_code,
            form.customer_type,
            is_institution=texts.get("sex") == "I",
        )
    )
    for name in sorted(names):
        if not texts.get(name, "").strip():
            draft.fault(name, N_("{label} moet ingevuld worden."))
    account.check(draft, form, texts.get("email", ""))
