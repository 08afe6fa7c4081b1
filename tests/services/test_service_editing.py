"""Saving an edit: what changes, what is logged, who may, and that nothing is half done."""

import pytest

from deskterm.services import editing, finding, opening
from deskterm.services.edit import addresses
from deskterm.services.errors import NotAllowed, NotFound
from deskterm.store import tables
from deskterm.store.search import index_customer
from deskterm.store.search.keys import EMAIL_FIELDS, INDEXED_FIELDS, PHONE_FIELDS
from tests.services.edits import faults, save
from tests.services.library import TODAY, Library


def test_every_fault_is_told_at_once(library: Library) -> None:
    library.customer()
    found = faults(
        library,
        {
            "surname": "",
            "born": "30-02-1985",
            "email": "x",
            "address.1.postcode": "x",
            "message.4": "x" * 99,
            "preference.HR1": "T",
        },
    )
    assert list(found) == [
        "surname", "born", "email", "address.1.postcode", "message.4", "preference.HR1",
    ]  # fmt: skip
    assert library.log() == []


def test_a_save_without_changes_leaves_no_trace(library: Library) -> None:
    library.customer()
    view = save(
        library,
        {"surname": "Testabo", "born": "01-01-1985", "address.1.place": "Annen", "message.1": ""},
    )
    assert (view.version, view.log) == (1, ())


def test_a_value_that_was_refused_today_may_stay_when_another_field_changes(
    library: Library,
) -> None:
    library.customer(phone="zie boven", title="Jkvr.", iban="ONZIN", email="x@y")
    view = save(
        library,
        {"phone": "zie boven", "title": "Jkvr.", "iban": "ONZIN", "email": "x@y", "prefix": "van"},
    )
    assert (view.person.prefix, view.person.phone) == ("van", "zie boven")


def test_who_when_and_what_is_in_the_log(library: Library) -> None:
    library.customer()
    view = save(library, {"surname": "Nieuw", "no_mail": "1", "born": "02-01-1985"}, "BALIEBHR")
    assert sorted(library.log()) == [
        ("edit", "born", "01-01-1985", "02-01-1985"),
        ("edit", "no_mail", "", "1"),
        ("edit", "surname", "Testabo", "Nieuw"),
    ]
    assert view.changed_by == 9001
    assert {line.at for line in view.log} == {view.changed_at}


def test_the_customer_is_found_by_the_new_name_and_address(library: Library) -> None:
    library.customer()
    save(library, {"surname": "Wijziger", "address.1.house_number": "99", "phone": "0592999888"})
    desk = library.desk()
    assert finding.find(desk, "testabo").rows == ()
    assert [row.actor_id for row in finding.find(desk, "wijziger 99").rows] == [413700]


@pytest.mark.parametrize("name", sorted(INDEXED_FIELDS))
def test_the_search_columns_follow_each_field_that_they_are_made_of(
    library: Library, name: str
) -> None:
    library.customer()
    save(library, {"tag": "eerst"})
    before = searched(library)
    kinds = {"born": "02-03-1990", **dict.fromkeys(EMAIL_FIELDS, "nieuw@voorbeeld.nl")}
    kinds |= dict.fromkeys(PHONE_FIELDS, "0592999888")
    save(library, {name: kinds.get(name, "Nieuw")})
    assert searched(library) != before
    after = searched(library)
    with library.store.write() as session:
        row = session.get_one(tables.Customer, 413700)
        index_customer(row, addresses.of(session, 413700))
    assert searched(library) == after


def searched(library: Library) -> tuple[str, str]:
    """What the customer is found by."""
    with library.store.write() as session:
        row = session.get_one(tables.Customer, 413700)
        return row.name_text, row.contact_text


def test_postcodes_are_written_as_the_country_writes_them(library: Library) -> None:
    library.customer()
    view = save(library, {"address.1.postcode": "9468bh"})
    assert view.addresses[0].postcode == "9468 BH"
    view = save(library, {"address.1.country": "BE", "address.1.postcode": "b-3550"})
    assert (view.addresses[0].country, view.addresses[0].postcode) == ("BE", "3550")


def test_further_addresses_come_and_go(library: Library) -> None:
    library.customer()
    view = save(library, {"address.2.street": "Kamerlaan", "address.2.kind": "student"})
    assert [(a.street, a.kind) for a in view.addresses] == [
        ("Kruisakkers", "home"),
        ("Kamerlaan", "student"),
    ]
    assert save(library, {"address.3.street": ""}).version == view.version
    found = faults(library, {"address.2.from_on": "01-02-2026", "address.2.until_on": "31-01-2026"})
    assert "address.2.until_on" in found
    view = save(library, {"address.2.street": ""})
    assert len(view.addresses) == 1
    view = save(library, dict.fromkeys(
        ("address.1.street", "address.1.house_number", "address.1.postcode", "address.1.place"), ""
    ))  # fmt: skip
    assert len(view.addresses) == 1, "an empty address means that no letters are made"


def test_messages_keep_their_line(library: Library) -> None:
    library.customer()
    view = save(library, {"message.2": "Paraplu vergeten", "message.4": "Bellen"})
    assert view.messages == ("", "Paraplu vergeten", "", "Bellen")
    assert view.block.has_messages
    view = save(library, {"message.4": "", "message.2": "Paraplu opgehaald"})
    assert view.messages == ("", "Paraplu opgehaald")


def test_blocks_are_set_changed_and_lifted(library: Library) -> None:
    library.customer()
    view = save(library, {"block.general": "1", "block.general.note": "bellen"})
    assert [(b.kind, b.note, b.since) for b in view.blocks] == [("general", "bellen", TODAY)]
    view = save(library, {"block.general.note": "gebeld"})
    assert view.blocks[0].note == "gebeld"
    view = save(library, {"block.general": ""})
    assert (view.blocks, view.block.block_kinds) == ((), ())
    with library.store.write() as session:
        kept = session.get_one(tables.Block, 1)
    assert kept.set_by == 9005
    assert kept.lifted_at is not None
    assert ("edit", "block.general", "1", "") in library.log()


def test_lifting_a_missing_card_also_clears_what_the_website_set(library: Library) -> None:
    library.customer(card_missing_on=TODAY)
    view = save(library, {"block.missing": ""})
    assert view.person.card_missing_on is None
    assert view.block.block_kinds == ()


@pytest.mark.parametrize("role", ["BALIEBHR", "CATABASIS", "CATAPLUS", "BESTELBHR", "ADMIN"])
def test_only_an_administrator_touches_the_collections_block(library: Library, role: str) -> None:
    library.customer()
    assert save(library, {"block.internet": "1"}, role).block.block_kinds == ("internet",)
    assert save(library, {"block.internet": ""}, role).block.block_kinds == ()
    if role == "ADMIN":
        assert save(library, {"block.collections": "1"}, role).block.block_kinds == ("collections",)
    else:
        with pytest.raises(NotAllowed):
            save(library, {"block.collections": "1", "surname": "Half"}, role)
        assert opening.refresh(library.desk(), 413700).person.surname == "Testabo"


def test_a_form_that_shows_the_collections_block_can_be_saved_by_all(library: Library) -> None:
    library.customer()
    save(library, {"block.collections": "1"})
    view = save(library, {"block.collections": "1", "receipts": ""}, "BALIEBHR")
    assert not view.person.receipts


def test_choices_are_kept(library: Library) -> None:
    library.customer(email="t@example.org")
    view = save(
        library,
        {
            "preference.HR1": "F",
            "profile.interest.THR": "1",
            "badge.OPN": "1",
            "label.VRI": "1",
            "newsletter.MND": "1",
        },
    )
    assert [(p.message_kind, p.delivery, p.allowed) for p in view.preferences] == [
        ("ATT", "", "MFI"),
        ("HR1", "F", "MF"),
    ]
    assert [(p.kind, p.code, p.chosen) for p in view.profiles] == [("interest", "THR", True)]
    assert [(b.code, b.chosen, b.since) for b in view.badges] == [("OPN", True, TODAY)]
    assert view.labels[0].chosen
    assert view.newsletters[0].chosen
    view = save(
        library,
        {
            "preference.HR1": "M",
            "profile.interest.THR": "",
            "badge.OPN": "",
            "label.VRI": "",
            "newsletter.MND": "",
        },
    )
    assert view.preferences[1].delivery == "M"
    assert not any(c.chosen for c in (*view.profiles, *view.badges, *view.labels))
    assert save(library, {"preference.HR1": ""}).preferences[1].delivery == ""


def test_a_profile_may_start_together_with_the_mail_address_it_needs(library: Library) -> None:
    library.customer()
    view = save(library, {"profile.interest.THR": "1", "email": "t@example.org"})
    assert view.profiles[0].chosen


def test_direct_debit_needs_an_account_and_a_mandate(library: Library) -> None:
    library.customer()
    assert set(faults(library, {"direct_debit": "1"})) == {"iban", "mandate_given_on"}
    view = save(
        library,
        {"direct_debit": "1", "iban": "NL91ABNA0417164300", "mandate_given_on": "15-03-2026"},
    )
    assert view.person.direct_debit
    assert "iban" in faults(library, {"iban": ""})
    assert "voor de afgifte" in faults(library, {"mandate_revoked_on": "14-03-2026"}).popitem()[1]


@pytest.mark.parametrize(
    "name",
    ["nonsense", "actor_id", "version", "sort_key", "address.1.nonsense", "address.0.street",
     "message.5", "block.nonsense", "badge.NONE", "profile.x.y", "preference.ZZZ"],
)  # fmt: skip
def test_a_field_that_no_form_has_is_a_mistake_of_the_program(
    sqlite_library: Library, name: str
) -> None:
    sqlite_library.customer()
    with pytest.raises(ValueError, match=r"no such field|is not a valid"):
        save(sqlite_library, {name: "1"})


def test_who_may_not_edit_changes_nothing(library: Library) -> None:
    library.customer()
    with pytest.raises(NotAllowed):
        editing.save(library.desk(role=None), 413700, 1, {"surname": "X"})
    with pytest.raises(NotFound):
        editing.save(library.desk(), 1, 1, {"surname": "X"})


def test_a_save_that_fails_halfway_leaves_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.customer()
    before = opening.refresh(library.desk(), 413700)

    def fail(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(editing, "index_customer", fail)
    with pytest.raises(ZeroDivisionError):
        save(library, {"surname": "Half", "message.1": "half", "block.general": "1"})
    assert opening.refresh(library.desk(), 413700) == before
