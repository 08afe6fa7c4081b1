"""What may be typed in each field: what is kept of it, or why it is refused."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskterm.rules.names import inert
from deskterm.services import opening
from deskterm.services.errors import FormFaults
from deskterm.views.customer import CustomerView
from tests.services.edits import faults, save
from tests.services.library import Library


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("surname", "  Testabo-de  Vries ", "Testabo-de Vries"),
        ("surname", "[red]O'Brien[/] <b>", "[red]O'Brien[/] <b>"),
        ("surname", "'); DROP TABLE customer; --", "'); DROP TABLE customer; --"),
        ("surname", "\x1b[31mRood\x1b[0m", "Rood"),
        ("surname", "\u202eomgekeerd\u200b", "omgekeerd"),
        ("surname", "*Testabo", "*Testabo"),
        ("first_name", "Łukasz 🎉", "Łukasz 🎉"),
        ("born", "31121985", date(1985, 12, 31)),
        ("born", "31-12-85", date(1985, 12, 31)),
        ("born", "31/12/1985", date(1985, 12, 31)),
        ("born", "", None),
        ("phone", "0592 12 34 56", "0592 12 34 56"),
        ("mobile", "+31 6 12345678", "+31 6 12345678"),
        ("email", "T.Testabo@Example.ORG", "T.Testabo@example.org"),
        ("email", "", ""),
        ("iban", "nl91 abna 0417 1643 00", "NL91ABNA0417164300"),
        ("iban", "BE68 5390 0754 7034", "BE68539007547034"),
        ("title", "Mevr.", "Mevr."),
        ("sex", "V", "V"),
        ("branch_code", "5280", "5280"),
        ("language", "fy_NL", "fy_NL"),
        ("show_history", "", False),
        ("no_email", "1", True),
        ("external_number", "LEERLING-77", "LEERLING-77"),
        ("username", "testabo", "testabo"),
        ("private_comment", "regel 1\nregel 2", "regel 1 regel 2"),
        ("bypassed_checkins", "0", 0),
    ],
)
def test_a_good_value_is_kept_tidied_and_logged(
    sqlite_library: Library, name: str, typed: str, kept: object
) -> None:
    sqlite_library.customer(bypassed_checkins=3, email="oud@example.org")
    view = save(sqlite_library, {name: typed})
    assert getattr(view.person, name) == kept
    assert view.version == 2
    (line,) = view.log
    assert (line.action, line.field, line.desk) == ("edit", name, "balie1")
    assert line.staff == "Admin"


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("surname", "", "moet ingevuld"),
        ("surname", "\u200b\x07", "moet ingevuld"),
        ("surname", "x" * 5000, "hoogstens 80 tekens, dit zijn er 5000"),
        ("private_comment", "x" * 2001, "hoogstens 2000"),
        ("born", "30-02-1985", "bestaat niet"),
        ("born", "16-03-2026", "toekomst"),
        ("born", "morgen", "Geen datum"),
        ("born", "1" * 5000, "hoogstens 40"),
        ("phone", "12", "telefoonnummer"),
        ("phone", "bel mij", "telefoonnummer"),
        ("email", "geen apenstaart", "geen @"),
        ("email", "a@b", "e-mailadres"),
        ("email", "a@example.invalid", "e-mailadres"),
        ("email", f"{'x' * 300}@example.org", "hoogstens 254"),
        ("iban", "NL91ABNA0417164301", "controlegetal"),
        ("iban", "<b>", "geen IBAN"),
        ("bic", "ABNANL2A", "hoort bij een IBAN"),
        ("bic", "X", "geen BIC"),
        ("direct_debit", "1", "IBAN nodig"),
        ("direct_debit", "ja", "ja of nee"),
        ("mandate_revoked_on", "01-01-2026", "geen machtiging"),
        ("organization_type", "SCH", "alleen bij een instelling"),
        ("title", "Ridder", "staat niet in de lijst"),
        ("sex", "Q", "staat niet in de lijst"),
        ("customer_type", "", "moet ingevuld"),
        ("branch_code", "0000", "bestaat niet"),
        ("bypassed_checkins", "9", "alleen op 0"),
        ("bypassed_checkins", "-1", "getal"),
        ("username", "abc", "4 tot 80"),
        ("username", "met spatie", "4 tot 80"),
        ("username", "bezet", "al in gebruik"),
        ("address.1.postcode", "9468", "geen postcode"),
        ("address.1.postcode", "0468 BG", "geen postcode"),
        ("address.1.postcode", "9468 SS", "komt niet voor"),
        ("address.1.house_number", "bis", "begint met een cijfer"),
        ("address.1.country", "XX", "staat niet in de lijst"),
        ("address.1.country", "BE", "Belgische postcode"),
        ("address.1.kind", "ruimtestation", "staat niet in de lijst"),
        ("address.1.street", "x" * 81, "hoogstens 80"),
        ("message.1", "x" * 61, "hoogstens 60 tekens, dit zijn er 61"),
        ("block.general.note", "x" * 121, "hoogstens 120"),
        ("preference.HR1", "S", "kies uit M, F"),
        ("preference.ATT", "MF", "kies uit M, F, I"),
        ("profile.interest.THR", "1", "e-mailadres"),
        ("badge.OPN", "misschien", "ja of nee"),
    ],
)
def test_a_bad_value_is_refused_at_its_field_and_nothing_is_written(
    sqlite_library: Library, name: str, typed: str, said: str
) -> None:
    sqlite_library.customer(bypassed_checkins=3)
    sqlite_library.customer(2, username="bezet")
    before = opening.refresh(sqlite_library.desk(), 413700)

    found = faults(sqlite_library, {"first_name": "Nieuw", name: typed})

    told = " ".join(found.values())
    assert said in told
    assert found.keys() <= {name, "iban", "address.1.postcode", "mandate_given_on", "bic"}
    assert opening.refresh(sqlite_library.desk(), 413700) == before


@pytest.mark.parametrize(
    ("iban", "bic", "fault"),
    [
        ("NL91ABNA0417164300", "", ""),
        ("NL91ABNA0417164300", "ABNANL2A", "buitenlandse"),
        ("BE68539007547034", "", ""),
        ("BE68539007547034", "BBRUBEBB", ""),
        ("TR330006100519786457841326", "", "BIC nodig"),
        ("TR330006100519786457841326", "TCZBTR2A", ""),
    ],
)
def test_a_bic_is_for_foreign_accounts_only(
    sqlite_library: Library, iban: str, bic: str, fault: str
) -> None:
    sqlite_library.customer()
    if fault:
        assert fault in faults(sqlite_library, {"iban": iban, "bic": bic})["bic"]
    else:
        assert save(sqlite_library, {"iban": iban, "bic": bic}).person.bic == bic


@pytest.fixture
def one_customer(sqlite_library: Library) -> Library:
    """A library that every example of a property finds with the same customer in it."""
    sqlite_library.customer()
    return sqlite_library


def outcome(library: Library, typed: dict[str, str]) -> CustomerView | FormFaults:
    try:
        return save(library, typed)
    except FormFaults as refused:
        return refused


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(surname=st.text(max_size=90), street=st.text(max_size=90), phone=st.text(max_size=45))
def test_any_text_is_either_kept_as_shown_or_refused_with_a_sentence(
    one_customer: Library, surname: str, street: str, phone: str
) -> None:
    typed = {"surname": surname, "address.1.street": street, "phone": phone}
    answer = outcome(one_customer, typed)
    if isinstance(answer, FormFaults):
        assert answer.faults
        assert all(name in typed and sentence for name, sentence in answer.faults)
    else:
        kept = answer.person.surname
        assert inert(kept) == kept
        assert save(one_customer, {"surname": kept}).version == answer.version
