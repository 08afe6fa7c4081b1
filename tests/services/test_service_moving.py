"""Moving house: the old address stays as a row that ended."""

import pytest

from deskterm.rules.postcodes import normalise_postcode
from deskterm.screens.tabs import address
from deskterm.services import families, finding, opening
from deskterm.services.viewing import postal_address
from deskterm.store import tables
from deskterm.views.customer import CustomerView
from tests.services.edits import faults, save
from tests.services.library import TODAY, Library

NEW = {
    "address.1.street": "Brink", "address.1.house_number": "7", "address.1.postcode": "9468bk",
}  # fmt: skip


@pytest.fixture
def member(library: Library) -> Library:
    library.customer()
    return library


def move(library: Library, day: str = "15-03-2026", **others: str) -> CustomerView:
    return save(library, NEW | {"address.1.moved_on": day} | others)


def told(view: CustomerView) -> list[tuple[str, str, str]]:
    return [(one.street, str(one.from_on or ""), str(one.until_on or "")) for one in view.addresses]


def test_the_old_address_ends_the_day_before(member: Library) -> None:
    found = move(member)
    assert told(found) == [("Brink", "2026-03-15", ""), ("Kruisakkers", "", "2026-03-14")]
    assert found.addresses[0].postcode == normalise_postcode("9468bk")
    assert found.addresses[0].place == "Annen"
    assert found.block.street_line == "Brink 7"
    assert found.version == 2


def test_the_log_has_the_old_and_the_new(member: Library) -> None:
    move(member)
    lines = {field: (old, new) for _action, field, old, new in member.log()}
    assert lines["address.1.street"] == ("Kruisakkers", "Brink")
    assert lines["address.1.from_on"] == ("", "15-03-2026")
    assert lines["address.2.until_on"] == ("", "14-03-2026")


def test_post_goes_to_the_old_address_until_the_day_of_moving(member: Library) -> None:
    save(member, {"address.2.street": "Postbus", "address.2.house_number": "1",
                  "address.2.place": "Annen"})  # fmt: skip
    found = move(member, "01-04-2026")
    assert [one.street for one in found.addresses] == ["Brink", "Kruisakkers", "Postbus"]
    before = postal_address(found.addresses, TODAY)
    after = postal_address(found.addresses, TODAY.replace(month=4, day=1))
    assert before is not None
    assert after is not None
    assert (before.street, after.street) == ("Kruisakkers", "Brink")
    assert found.block.street_line == "Kruisakkers 41"
    assert any("Kruisakkers 41" in row.text for row in address.read(found, 80)[:3])
    rows = finding.find(member.desk(), "testabo").rows
    assert [one.address for one in rows] == ["Kruisakkers 41"]


def test_who_moved_is_found_at_the_new_door_and_the_family_stays_at_the_old(
    member: Library,
) -> None:
    member.customer(2, surname="Achterblijver")
    assert len(families.family(member.desk(), 413700).members) == 2
    move(member)
    assert len(families.family(member.desk(), 413700).members) == 1


@pytest.mark.parametrize(
    ("first", "changes", "field", "sentence"),
    [
        ({}, {"address.1.moved_on": "32-03-2026"}, "address.1.from_on", "bestaat niet"),
        (
            {"address.1.from_on": "15-03-2026"}, {"address.1.moved_on": "15-03-2026"},
            "address.1.from_on", "voor het begin",
        ),
        (
            {}, {"address.1.moved_on": "15-03-2026", "address.1.postcode": "94 AB"},
            "address.1.postcode", "geen postcode",
        ),
        (
            {},
            {"address.1.moved_on": "15-03-2026"}
            | {f"address.1.{part}": "" for part in ("street", "house_number", "postcode", "place")},
            "address.1.street", "nieuwe adres",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field(
    member: Library, first: dict[str, str], changes: dict[str, str], field: str, sentence: str
) -> None:
    save(member, first)
    before = told(opening.refresh(member.desk(), 413700))
    assert sentence in faults(member, changes)[field]
    assert told(opening.refresh(member.desk(), 413700)) == before


def test_what_ended_stays_however_much_it_is(member: Library) -> None:
    for number in range(5):
        save(member, {"address.1.street": f"Straat {number}",
                      "address.1.moved_on": f"0{number + 1}-03-2026"})  # fmt: skip
    found = move(member)
    assert [one.street for one in found.addresses] == [
        "Brink", "Straat 4", "Straat 3", "Straat 2", "Straat 1", "Straat 0", "Kruisakkers",
    ]  # fmt: skip
    fields = [field.name for field in address.form(found, {})]
    assert {"address.7.street", "address.8.street"} <= set(fields)
    found = save(member, {"address.7.until_on": "01-02-2026"})
    assert told(found)[6] == ("Kruisakkers", "", "2026-02-01")
    found = save(member, {"address.8.street": "Postbus 1", "address.8.place": "Annen"})
    assert found.addresses[7].street == "Postbus 1"


def test_five_addresses_in_use_leave_no_room_but_for_moving(member: Library) -> None:
    for position in range(2, 6):
        save(member, {f"address.{position}.street": "Post", f"address.{position}.place": "Annen"})
    six = {"address.6.street": "Brink", "address.6.place": "Annen"}
    assert "beëindig er eerst een" in faults(member, six)["address.6.street"]
    found = opening.refresh(member.desk(), 413700)
    assert not any(field.name == "address.6.street" for field in address.form(found, {}))
    assert {one.id: one.enabled for one in address.actions(found, None)}["address.add"] is False
    assert told(move(member))[1] == ("Kruisakkers", "", "2026-03-14")
    save(member, {"address.6.until_on": "14-03-2026"})
    new = {"address.7.street": "Gracht", "address.7.place": "Annen"}
    assert save(member, new).addresses[6].street == "Gracht"


def test_a_further_address_is_in_the_country_of_the_first_unless_another_is_chosen(
    member: Library,
) -> None:
    found = save(member, {"address.1.country": "BE", "address.1.postcode": "2630"})
    fields = {one.name: one.value for one in address.form(found, {})}
    assert fields["address.2.country"] == "BE"
    found = save(member, {"address.2.street": "Postbus 1", "address.2.place": "Aartselaar"})
    assert found.addresses[1].country == "BE"
    save(member, {"address.3.street": "Weg 1", "address.3.country": "NL"})
    assert opening.refresh(member.desk(), 413700).addresses[2].country == "NL"


def test_the_block_of_returned_post_goes_with_the_move(member: Library) -> None:
    with member.store.write() as session:
        home = session.get_one(tables.Address, 1)
        home.returned_on = TODAY
        session.add(home)
    save(member, {"block.address": "1"})
    found = move(member, **{"block.address": ""})
    assert found.blocks == ()
    assert [one.returned_on for one in found.addresses] == [None, TODAY]
