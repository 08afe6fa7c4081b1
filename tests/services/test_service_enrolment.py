"""Enrolling and re-enrolling: every step's answer, and one transaction at the end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from deskterm.addresses.vlaanderen import Vlaanderen
from deskterm.services import editing, enrolment, finding, opening
from deskterm.services.errors import Conflict, DeskError, FormFaults, NotFound
from deskterm.store import tables
from deskterm.views.customer import Opened
from deskterm.views.enrolment import EnrolmentForm
from tests.services.enrolling import add_prices, enrol, form_for, new_form, tariff
from tests.services.library import SEED_CARD, TODAY, Library


@pytest.fixture(autouse=True)
def _prices(library: Library) -> None:
    add_prices(library)


@pytest.fixture
def lapsed(library: Library) -> Library:
    """The seed's customer: ended on 31-07-2023."""
    library.customer(email="t.testabo@example.org")
    library.card()
    library.period(begin_on=date(2022, 7, 6), end_on=date(2023, 7, 31), status=9, end_reason="AF")
    return library


def faults_of(library: Library, form: EnrolmentForm) -> dict[str, str]:
    with pytest.raises(FormFaults) as refused:
        enrolment.check(library.desk(), form)
    return dict(refused.value.faults)


def test_only_types_with_a_membership_are_offered_and_00_comes_first(library: Library) -> None:
    assert [word.code for word in enrolment.customer_types(library.desk())] == ["00"]
    library.add(tables.MembershipType(code="61", name="Instelling", customer_types="03 00"))
    assert [word.code for word in enrolment.customer_types(library.desk())] == ["00", "03"]


def test_the_form_is_filled_with_what_is_known(lapsed: Library) -> None:
    start = enrolment.begin(lapsed.desk(), 413700, "00")
    assert start.values["surname"] == "Testabo"
    assert start.values["born"] == "01-01-1985"
    assert start.values["address.1.postcode"] == "9468 BG"
    assert (start.card_number, start.use_account) == (SEED_CARD, True)
    assert (start.valid_until, start.suggested_membership) == (None, "53")
    assert "surname" in start.required


def test_required_fields_are_set_per_institution_and_type(library: Library) -> None:
    library.setting("enrol.required.1001.00", "surname email")
    start = enrolment.begin(library.desk(), None, "00")
    assert start.required == {"surname", "email"}
    assert "email" in faults_of(library, new_form())
    assert "born" in enrolment.begin(library.desk(), None, "03").required


def test_an_institution_needs_no_birth_date(library: Library) -> None:
    assert set(faults_of(library, new_form({"born": ""}))) == {"born"}
    enrolment.check(library.desk(), new_form({"born": "", "sex": "I"}))


def test_every_fault_of_the_data_step_is_told_at_once(library: Library) -> None:
    wrong = {"surname": " ", "born": "30-02-1985", "email": "x", "address.1.postcode": "94"}
    assert set(faults_of(library, new_form(wrong))) == set(wrong)


def test_an_account_needs_a_mail_address(library: Library) -> None:
    assert set(faults_of(library, new_form(use_account=True, account="new"))) == {"email"}


def test_the_dead_are_not_enrolled(library: Library) -> None:
    library.customer(surname="*Testabo")
    assert "surname" in faults_of(library, form_for(library))


def test_the_usual_membership_comes_first_then_what_lends_whole_years(lapsed: Library) -> None:
    found = enrolment.offers(lapsed.desk(), form_for(lapsed))
    assert [(offer.membership_code, offer.price_cents) for offer in found] == [
        ("53", 5800), ("55", 1050), ("54", 4200),
    ]  # fmt: skip


def test_only_what_fits_age_and_way_of_paying_is_offered(library: Library) -> None:
    child = new_form({"born": "01-05-2015"})
    assert [o.membership_code for o in enrolment.offers(library.desk(), child)] == ["50"]
    library.customer(direct_debit=True, iban="NL91ABNA0417164300")
    codes = [o.membership_code for o in enrolment.offers(library.desk(), form_for(library))]
    assert "56" in codes


def test_the_quote_has_what_the_cost_screen_shows(lapsed: Library) -> None:
    found = enrolment.quote(lapsed.desk(), form_for(lapsed))
    assert (found.name, found.age, found.tariff_code) == ("Dhr. T. Testabo", 41, "V")
    assert (found.begin_on, found.end_on) == (date(2026, 3, 15), date(2027, 3, 31))
    assert (found.expiry_month, found.price_cents, found.balance_cents) == (3, 5800, 5800)
    assert (found.branch_code, found.is_new) == ("9401", False)


def test_a_discount_goes_off_for_whom_it_is(library: Library) -> None:
    library.add(
        tables.Discount(
            code="N", name="Welkom", percent=25, only_new=True, valid_from=date(2026, 1, 1)
        )
    )
    found = enrolment.quote(library.desk(), new_form())
    assert (found.discount_cents, found.discount_name, found.balance_cents) == (
        1450,
        "Welkom",
        4350,
    )
    library.customer()
    library.period(status=9, end_on=date(2025, 12, 31))
    assert enrolment.quote(library.desk(), form_for(library)).discount_cents == 0


def test_a_missing_tariff_and_a_type_no_longer_offered_are_said(library: Library) -> None:
    library.add(tables.MembershipType(code="58", name="Nieuw"))
    with pytest.raises(DeskError, match="58-Nieuw"):
        enrolment.quote(library.desk(), new_form(membership_code="58"))
    for code in ("59", "50", "99"):
        with pytest.raises(FormFaults):
            enrol(library, new_form(membership_code=code))
    assert finding.find(library.desk(), "nieuweling").rows == ()


def test_re_enrolment_makes_the_customer_valid_with_an_open_charge(lapsed: Library) -> None:
    done = enrol(lapsed, form_for(lapsed))
    block = done.customer.block
    assert (block.valid, block.status, block.contribution_cents) == (True, 1, 5800)
    assert (done.end_on, done.balance_cents, done.card_number) == (
        date(2027, 3, 31), 5800, SEED_CARD,
    )  # fmt: skip
    assert [period.status for period in done.customer.periods] == [1, 9]
    assert [role.code for role in done.customer.roles] == ["ABO"]
    assert ("enrol", "membership", "", "53-Compleet") in lapsed.log()
    assert done.customer.version == 2


def test_another_address_at_the_desk_is_a_move(lapsed: Library) -> None:
    form = form_for(lapsed)
    values = {**form.values, "address.1.street": "Brink", "address.1.house_number": "7",
              "address.1.postcode": "9468 AA"}  # fmt: skip
    home, left = enrol(lapsed, replace(form, values=values)).customer.addresses
    assert (home.street, home.from_on, home.until_on) == ("Brink", TODAY, None)
    assert (left.street, left.until_on) == ("Kruisakkers", TODAY - timedelta(days=1))
    assert ("edit", "address.1.street", "Kruisakkers", "Brink") in lapsed.log()


def _moves_on(library: Library) -> None:
    """The home address of the seed's customer has ended; another one came behind it."""
    with library.store.write() as session:
        old = session.exec(select(tables.Address)).one()
        old.until_on = TODAY - timedelta(days=30)
        session.add(old)
    library.add(
        tables.Address(
            customer_id=413700,
            position=2,
            street="Brink",
            house_number="7",
            postcode="9468 AA",
            place="Annen",
        )
    )


def test_the_form_shows_and_changes_the_address_in_use(lapsed: Library) -> None:
    _moves_on(lapsed)
    values = enrolment.begin(lapsed.desk(), 413700, "00").values
    assert (values["address.1.street"], values["address.1.house_number"]) == ("Brink", "7")
    form = form_for(lapsed)
    faults = faults_of(lapsed, replace(form, values={**values, "address.1.postcode": "94"}))
    assert list(faults) == ["address.1.postcode"]
    better = {**values, "address.1.street": "De Brink"}
    old, home = enrol(lapsed, replace(form, values=better)).customer.addresses
    assert (old.street, home.street, home.until_on) == ("Kruisakkers", "De Brink", None)
    assert ("edit", "address.2.street", "Brink", "De Brink") in lapsed.log()


def test_a_relative_is_given_the_address_in_use(lapsed: Library) -> None:
    _moves_on(lapsed)
    values = enrolment.begin(lapsed.desk(), None, "00", like=413700).values
    assert values["address.1.street"] == "Brink"


def test_the_same_address_written_better_stays_one(lapsed: Library) -> None:
    form = form_for(lapsed)
    values = {**form.values, "address.1.street": "De Kruisakkers"}
    (home,) = enrol(lapsed, replace(form, values=values)).customer.addresses
    assert (home.street, home.from_on) == ("De Kruisakkers", None)


def test_a_new_customer_lives_in_the_country_of_the_register(library: Library) -> None:
    desk = library.desk()
    assert enrolment.begin(desk, None, "00").values["address.1.country"] == "NL"
    flemish = replace(desk, addresses=Vlaanderen())
    assert enrolment.begin(flemish, None, "00").values["address.1.country"] == "BE"


def test_what_is_free_is_valid_at_once(library: Library) -> None:
    done = enrol(library, new_form({"born": "01-05-2015"}, membership_code="50"))
    assert (done.charge_id, done.customer.block.status) == (None, 5)
    assert done.customer.charges == ()


def test_who_is_new_is_found_by_everything_and_has_a_card(library: Library) -> None:
    library.customer()
    library.card()
    done = enrol(library, new_form({"mobile": "06-12345678"}))
    assert done.card_number == "29401000075876"
    found = opening.open_text(library.desk(), done.card_number)
    assert isinstance(found, Opened)
    assert found.customer.actor_id == done.customer.actor_id
    assert [r.name for r in finding.find(library.desk(), "nieuweling 7").rows] == ["Nieuweling, A."]
    assert done.customer.version == 1


def test_renewing_before_the_end_adds_to_it(library: Library) -> None:
    library.customer()
    library.period(begin_on=date(2025, 7, 6), end_on=date(2026, 7, 31))
    done = enrol(library, form_for(library))
    assert (done.begin_on, done.end_on) == (date(2026, 8, 1), date(2027, 7, 31))


def test_the_same_key_enrols_once(lapsed: Library) -> None:
    form = form_for(lapsed)
    first, second = enrol(lapsed, form), enrol(lapsed, form)
    assert (first.repeated, second.repeated) == (False, True)
    assert (second.period_id, second.charge_id) == (first.period_id, first.charge_id)
    assert len(second.customer.periods) == 2


def test_who_was_enrolled_at_another_desk_meanwhile_is_not_enrolled_again(
    lapsed: Library,
) -> None:
    mine = form_for(lapsed)
    enrol(lapsed, form_for(lapsed, key="walk-2"))
    with pytest.raises(Conflict):
        enrol(lapsed, mine)
    with pytest.raises(Conflict):
        enrolment.check(lapsed.desk(), mine)
    assert len(opening.refresh(lapsed.desk(), 413700).periods) == 2


def test_a_fault_at_the_end_leaves_nothing(lapsed: Library) -> None:
    lapsed.card("29401000075876", lapsed.customer(2, surname="Tweede"))
    form = form_for(lapsed)
    with pytest.raises(FormFaults) as refused:
        enrol(
            lapsed,
            form_for(lapsed, values={**form.values, "surname": "Ander"}, card="29401000075876"),
        )
    assert dict(refused.value.faults) == {
        "card": "Pas 29401000075876 is van klant 2: schrijf die opnieuw in."
    }
    assert opening.refresh(lapsed.desk(), 413700).person.surname == "Testabo"
    assert lapsed.log() == []


def test_the_card_that_the_customer_has_is_kept(lapsed: Library) -> None:
    done = enrol(lapsed, form_for(lapsed, card=SEED_CARD))
    assert [(card.number, card.status) for card in done.customer.cards] == [(SEED_CARD, "active")]


@pytest.mark.parametrize("typed", ["123", "39401000075868", "29401000075869", "x"])
def test_only_a_card_of_this_library_is_taken(library: Library, typed: str) -> None:
    assert set(faults_of(library, new_form(card=typed))) == {"card"}


def test_the_card_may_come_later(library: Library) -> None:
    assert enrol(library, new_form(card="P")).card_number == ""


def test_a_new_card_replaces_the_old_one(lapsed: Library) -> None:
    done = enrol(lapsed, form_for(lapsed, card="v"))
    assert [(card.number, card.status) for card in done.customer.cards] == [
        (done.card_number, "active"), (SEED_CARD, "replaced"),
    ]  # fmt: skip


def test_the_next_child_gets_the_same_address(library: Library) -> None:
    library.customer()
    start = enrolment.begin(library.desk(), None, "00", like=413700)
    assert (start.values["surname"], start.values["first_name"]) == ("Testabo", "")
    assert start.values["address.1.house_number"] == "41"
    child = {**start.values, "first_name": "Jip", "born": "01-02-2018"}
    done = enrol(library, new_form(child, membership_code="50", relative_id=413700))
    assert [(tie.kind, tie.actor_id) for tie in done.customer.relations] == [("parent", 413700)]
    with pytest.raises(NotFound):
        enrolment.begin(library.desk(), None, "00", like=999999)


def test_a_changed_customer_is_told_what_changed(lapsed: Library) -> None:
    form = form_for(lapsed)
    editing.save(lapsed.desk(), 413700, 1, {"mobile": "06-12345678"})
    with pytest.raises(Conflict) as refused:
        enrol(lapsed, form)
    assert refused.value.differences[0][1] == "06-12345678"


def test_the_price_of_the_branch_and_the_zone_goes_first(library: Library) -> None:
    library.add(tables.FeeZone(code="BUITEN", from_postcode=9700, to_postcode=9799))
    library.add(tariff("54", "B", 5000, from_age=19, fee_zone="BUITEN"))
    near, far = new_form(membership_code="54"), {"address.1.postcode": "9711 AA"}
    assert enrolment.quote(library.desk(), near).price_cents == 4200
    assert enrolment.quote(library.desk(), new_form(far, membership_code="54")).price_cents == 5000


def test_an_enrolment_on_the_web_is_taken_over_at_the_desk(library: Library) -> None:
    library.customer()
    library.period(begin_on=date(2026, 3, 1), end_on=date(2027, 3, 31), status=6)
    with library.store.write() as session:
        period = session.exec(select(tables.MembershipPeriod)).one()
        session.add(
            tables.LedgerEntry(
                customer_id=413700, kind="charge", account="contribution", booking_code="1001",
                description="Contributie", day=date(2026, 3, 1), at=library.clock.now(),
                branch_code="9401", period_id=period.id, amount_cents=5800,
            )
        )  # fmt: skip
    done = enrol(library, form_for(library))
    assert [p.status for p in done.customer.periods] == [1, 9]
    assert done.customer.block.contribution_cents == 5800
    assert done.begin_on == date(2026, 3, 15)
