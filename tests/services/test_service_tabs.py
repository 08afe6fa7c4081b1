"""The forms of the tabs and the use case that saves them speak of the same fields."""

import pytest

from deskterm.screens.tabs import TABS, Tab
from deskterm.screens.words import KINDS
from deskterm.services import libraries, opening
from deskterm.store.tables import ChangeLogLine
from deskterm.views.desk import WordView
from tests.services.edits import save
from tests.services.library import Library, staff_of


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: str(tab.key))
def test_every_field_of_every_tab_can_be_saved_as_it_stands(
    sqlite_library: Library, tab: Tab
) -> None:
    sqlite_library.customer(email="t@example.org", iban="NL91ABNA0417164300")
    desk = sqlite_library.desk()
    words = {kind: libraries.words(desk, kind) for kind in KINDS}
    words["branch"] = tuple(
        WordView(branch.code, branch.name) for branch in libraries.branches(desk)
    )
    view = opening.refresh(desk, 413700)
    typed = {field.name: field.value for field in tab.form(view, words) if field.kind != "readonly"}
    assert save(sqlite_library, typed) == view


def test_the_country_of_an_address_is_a_word(library: Library) -> None:
    library.customer()
    names = opening.refresh(library.desk(), 413700).names
    assert names["country.NL"] == "Nederland"
    assert "country.BE" not in names, "nobody lives there"


def test_what_the_log_holds_as_a_code_has_a_word(library: Library) -> None:
    library.customer()
    at, day = library.clock.now(), library.clock.today()
    lines = (
        ("role.start", "role", "", "ABO"),
        ("membership.end", "membership", "53", "15-03-2026 AF"),
        ("edit", "branch_code", "9999", "9401"),
        ("waive", "waive_allowed_by", "", str(staff_of("ADMIN").actor_id)),
        ("edit", "phone", "", "BE"),
    )
    library.add(
        *(
            ChangeLogLine(
                customer_id=413700, at=at, day=day, action=action, field=field, old=old, new=new
            )
            for action, field, old, new in lines
        )
    )
    names = opening.refresh(library.desk(), 413700).names
    told = {"role.ABO", "end_reason.AF", "branch.9401", f"staff.{staff_of('ADMIN').actor_id}"}
    assert {names.get(one) for one in told} == {"Abonnementhouder", "Afgevoerd", "Annen", "Admin"}
    assert not {"branch.9999", "country.BE"} & set(names)
