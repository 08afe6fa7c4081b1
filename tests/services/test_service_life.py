"""Who has died, and post that came back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from deskterm.services import finding, letters, life, opening
from deskterm.services.errors import Conflict, DeskError, NotAllowed, NotFound
from deskterm.store import tables
from deskterm.views.customer import CustomerView
from tests.services.edits import save
from tests.services.library import ANNEN, TODAY, Library


@pytest.fixture
def member(library: Library) -> Library:
    """A customer with a membership, a mail address, a newsletter and a profile."""
    library.add(tables.Word(kind="end_reason", code="OV", nl="Overleden"))
    library.customer(email="t@example.org", email_bcc1="kind@example.org")
    library.period()
    library.add(
        tables.CustomerLabel(customer_id=413700, kind="newsletter", code="MND"),
        tables.CustomerLabel(customer_id=413700, kind="label", code="VRI"),
        tables.CustomerProfile(customer_id=413700, kind="interest", code="THR"),
        tables.Hold(
            number="R1", customer_id=413700, title_id=title(library), kind="B", status="A",
            pickup_branch=ANNEN.code, placed_on=TODAY,
        ),
    )  # fmt: skip
    return library


def title(library: Library) -> int:
    library.loan("Kikker")
    with library.store.write() as session:
        return session.exec(select(tables.Title.id)).first() or 0


def died(library: Library, version: int = 1, *, forget_email: bool = False) -> CustomerView:
    return life.died(library.desk(), 413700, version, forget_email=forget_email)


def test_all_that_goes_with_a_death_is_done_at_once(member: Library) -> None:
    found = died(member)
    assert (found.person.surname, found.block.status, found.block.valid) == ("*Testabo", 9, False)
    assert found.block.end_reason == "Overleden"
    assert (found.person.no_mail, found.person.no_email, found.person.hold_messages) == (
        True, True, False,
    )  # fmt: skip
    assert [one.chosen for one in (*found.newsletters, *found.labels)] == [False, True]
    assert not any(one.chosen for one in found.profiles)
    assert [one.status for one in found.holds] == []
    assert len(found.loans) == 1
    assert found.version == 2


def test_every_change_of_it_is_in_the_log_at_one_moment(member: Library) -> None:
    died(member, forget_email=True)
    told = {(action, field): (old, new) for action, field, old, new in member.log()}
    assert told["edit", "surname"] == ("Testabo", "*Testabo")
    assert told["edit", "email"] == ("t@example.org", "")
    assert told["edit", "newsletter.MND"] == ("1", "")
    assert told["edit", "profile.interest.THR"] == ("1", "")
    assert told["membership.end", "membership"] == ("53", "15-03-2026 OV")
    with member.store.write() as session:
        assert len(set(session.exec(select(tables.ChangeLogLine.at)))) == 1


@pytest.mark.parametrize("forget_email", [True, False])
def test_the_mail_address_goes_only_when_asked_and_that_of_the_children_stays(
    member: Library, forget_email: bool
) -> None:
    person = died(member, forget_email=forget_email).person
    assert person.email == ("" if forget_email else "t@example.org")
    assert person.email_bcc1 == "kind@example.org"


def test_who_has_died_is_found_with_the_mark_and_without(member: Library) -> None:
    died(member)
    for text in ("testabo", "*testabo"):
        assert [one.name for one in finding.find(member.desk(), text).rows] == ["*Testabo, T."]


def test_who_has_no_membership_can_be_marked_too(library: Library) -> None:
    library.customer()
    assert died(library).person.surname == "*Testabo"


def test_nobody_dies_twice(member: Library) -> None:
    died(member)
    with pytest.raises(Conflict):
        died(member)
    with pytest.raises(DeskError, match="al als overleden"):
        died(member, 2)


def home(library: Library) -> int:
    return opening.refresh(library.desk(), 413700).addresses[0].id


def returned(library: Library, version: int = 1) -> CustomerView:
    return life.post_returned(library.desk(), 413700, version, home(library))


def test_returned_post_blocks_and_keeps_the_address(member: Library) -> None:
    found = returned(member)
    assert found.addresses[0].returned_on == TODAY
    assert found.addresses[0].street == "Kruisakkers"
    assert [(one.kind, one.note) for one in found.blocks] == [
        ("address", "Post retour van Kruisakkers 41 9468 BG Annen")
    ]
    opened = opening.open_customer(member.desk(), 413700)
    assert opened.pop_ups[0].lines == (
        "Adresblokkade sinds 15-03-2026: Post retour van Kruisakkers 41 9468 BG Annen",
    )
    assert ("edit", "address.1.returned_on", "", "15-03-2026") in member.log()


def test_post_that_arrives_again_lifts_the_block(member: Library) -> None:
    returned(member)
    found = life.post_arrives(member.desk(), 413700, 2, home(member))
    assert (found.blocks, found.addresses[0].returned_on, found.version) == ((), None, 3)


def test_the_block_stays_while_another_address_has_returned_post(member: Library) -> None:
    member.add(tables.Address(customer_id=413700, position=2, kind="post", street="Postbus",
                              house_number="1", place="Annen"))  # fmt: skip
    second = opening.refresh(member.desk(), 413700).addresses[1].id
    returned(member)
    life.post_returned(member.desk(), 413700, 2, second)
    assert [one.kind for one in life.post_arrives(member.desk(), 413700, 3, second).blocks] == [
        "address"
    ]
    assert life.post_arrives(member.desk(), 413700, 4, home(member)).blocks == ()


def test_a_block_that_staff_had_set_keeps_what_they_wrote(member: Library) -> None:
    save(member, {"block.address": "1", "block.address.note": "onbekend"})
    found = returned(member, 2)
    assert found.blocks[0].note.startswith("onbekend; Post retour van")


def test_lifting_the_block_by_hand_trusts_the_address_again(member: Library) -> None:
    returned(member)
    found = save(member, {"block.address": ""})
    assert (found.blocks, found.addresses[0].returned_on) == ((), None)


@pytest.mark.parametrize(
    ("act", "sentence"),
    [(life.post_returned, "al post retour"), (life.post_arrives, "geen post retour")],
)
def test_it_is_not_done_twice(
    member: Library, act: Callable[..., CustomerView], sentence: str
) -> None:
    version = 1
    if act is life.post_returned:
        version = returned(member).version
    with pytest.raises(DeskError, match=sentence):
        act(member.desk(), 413700, version, home(member))


def test_an_address_of_somebody_else_or_none_is_refused(member: Library) -> None:
    member.customer(2)
    other = opening.refresh(member.desk(), 2).addresses[0].id
    for address_id in (other, 999):
        with pytest.raises(NotFound):
            life.post_returned(member.desk(), 413700, 1, address_id)
    with pytest.raises(Conflict):
        life.post_returned(member.desk(), 413700, 7, home(member))
    with pytest.raises(NotAllowed):
        life.post_returned(member.desk(role=None), 413700, 1, home(member))
    with pytest.raises(NotAllowed):
        life.died(member.desk(role=None), 413700, 1, forget_email=False)


def letter(library: Library, folder: Path) -> str:
    """Have a letter written; the answer is what came out, or nothing."""
    day = date(2026, 3, 1)
    library.add(tables.Letter(customer_id=413700, kind="CAE", day=day, at=library.clock.now()))
    letters.write(library.desk(), folder)
    files = folder.glob("2026-03-01-CAE-413700-*.txt")
    return "".join(file.read_text(encoding="utf-8") for file in files)


def test_no_letter_is_written_while_the_block_stands(member: Library, tmp_path: Path) -> None:
    returned(member)
    assert letter(member, tmp_path / "een") == ""
    assert "413700" in (tmp_path / "een" / "zonder-adres.csv").read_text(encoding="utf-8")
    save(member, {"block.address": ""})
    assert "Kruisakkers 41" in letter(member, tmp_path / "twee")


def test_a_letter_abroad_ends_with_the_country(member: Library, tmp_path: Path) -> None:
    save(
        member,
        {"address.1.country": "DE", "address.1.postcode": "26127", "address.1.place": "Oldenburg"},
    )
    assert "Kruisakkers 41\n26127  OLDENBURG\nDUITSLAND\n" in letter(member, tmp_path)


def test_a_letter_goes_to_the_address_that_holds_on_its_day(
    member: Library, tmp_path: Path
) -> None:
    save(member, {"address.1.from_on": "01-06-2026", "address.2.street": "Nu",
                  "address.2.house_number": "2", "address.2.place": "Annen"})  # fmt: skip
    assert "Nu 2\n" in letter(member, tmp_path)
