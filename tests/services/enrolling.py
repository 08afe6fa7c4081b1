"""A price list, and forms the way the enrolment screens fill them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from deskterm.services import enrolment
from deskterm.store import tables
from deskterm.views.enrolment import Enrolled, EnrolmentForm
from tests.services.library import Library

NEW_PERSON = {
    "initials": "A.",
    "surname": "Nieuweling",
    "sex": "V",
    "born": "12-03-1990",
    "address.1.street": "Brink",
    "address.1.house_number": "7",
    "address.1.postcode": "9468 AA",
    "address.1.place": "Annen",
}


def add_prices(library: Library) -> None:
    """Types and tariffs as the practice library has them, and a few for the odd cases."""
    with library.store.write() as session:
        compleet = session.get(tables.MembershipType, "53")
        assert compleet is not None
        compleet.from_age = 19
        session.add(compleet)
    library.add(
        tables.MembershipType(code="50", name="Jeugd", to_age=18, next_code="51"),
        tables.MembershipType(code="51", name="Start", from_age=19, to_age=30, next_code="53"),
        tables.MembershipType(code="54", name="Online", from_age=19, max_items=0),
        tables.MembershipType(code="55", name="Maand", from_age=19, months=1),
        tables.MembershipType(code="56", name="Incasso", from_age=19, debit_only=True),
        tables.MembershipType(code="59", name="Oud", active=False),
        tables.Word(kind="customer_type", code="03", nl="Instelling", position=3),
    )
    library.add(
        tariff("50", "J", 0, to_age=18),
        tariff("51", "S", 0, from_age=19, to_age=30),
        tariff("53", "V", 6250, from_age=19),
        tariff("53", "V", 5800, from_age=19, branch_code="9401"),
        tariff("54", "O", 4200, from_age=19),
        tariff("55", "M", 1050, from_age=19),
        tariff("56", "I", 900, from_age=19),
        tariff("59", "X", 100),
    )


def tariff(code: str, tariff_code: str, cents: int, **columns: Any) -> tables.Tariff:
    values: dict[str, Any] = {"valid_from": date(2015, 1, 1)}
    return tables.Tariff(
        membership_code=code, tariff_code=tariff_code, price_cents=cents, **(values | columns)
    )


def form_for(library: Library, actor_id: int = 413700, **changes: Any) -> EnrolmentForm:
    """The form of a re-enrolment with every default taken."""
    start = enrolment.begin(library.desk(), actor_id, "00")
    form = EnrolmentForm(
        key="walk-1",
        customer_type="00",
        actor_id=actor_id,
        version=start.version,
        values=start.values,
        membership_code="53",
    )
    return replace(form, **changes)


def new_form(values: Mapping[str, str] | None = None, **changes: Any) -> EnrolmentForm:
    """The form of somebody new."""
    form = EnrolmentForm(
        key="walk-1",
        customer_type="00",
        values={**NEW_PERSON, **(values or {})},
        card="V",
        membership_code="53",
    )
    return replace(form, **changes)


def enrol(library: Library, form: EnrolmentForm) -> Enrolled:
    return enrolment.enrol(library.desk("BALIEBHR"), form)
