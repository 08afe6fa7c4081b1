"""Merge two records of one person: everything goes to the keeper, and the old numbers find it."""

import pytest
from sqlmodel import select

from deskterm.services import editing, finding, merging, opening
from deskterm.services.errors import Conflict, DeskError, Merged, NotAllowed, NotFound
from deskterm.services.merge.moving import NOT_MOVED, UNITED, references
from deskterm.store import tables
from deskterm.views.customer import Opened
from deskterm.views.forms import SearchForm
from tests.services.library import SEED_CARD, Library
from tests.services.merging import (
    CHILD,
    KEEPER,
    KEY,
    LOSER,
    LOSER_CARD,
    add_rows,
    add_two,
    merge_two,
)


@pytest.fixture
def two(library: Library) -> Library:
    """Two records of one person with something of every kind."""
    add_two(library)
    add_rows(library)
    return library


@pytest.fixture
def plain(sqlite_library: Library) -> Library:
    """Two records with nothing on them."""
    add_two(sqlite_library)
    return sqlite_library


def test_everything_goes_to_the_keeper(two: Library) -> None:
    merged = merge_two(two)
    view = merged.customer
    assert view.actor_id == KEEPER
    assert {card.number: card.kind for card in view.cards} == {
        SEED_CARD: "main", LOSER_CARD: "extra",
    }  # fmt: skip
    assert view.messages == ("Sleutel vergeten", "Belt terug")
    assert {block.kind: block.note for block in view.blocks} == {
        "general": "Zoek op; Vraag na", "address": "",
    }  # fmt: skip
    assert {one.message_kind: one.delivery for one in view.preferences} == {"HR1": "M", "ATT": "M"}
    assert view.block.registration_cents == 1250
    assert len(view.periods) == 2
    assert len(view.loans) == 1
    assert len(view.holds) == 1
    assert view.account.username == view.person.username == "ttestabo"
    assert view.person.phone == "0592-123456"
    assert [(one.kind, one.actor_id) for one in view.relations] == [("child", CHILD)]
    assert [one.actor_id for one in opening.refresh(two.desk(), CHILD).relations] == [KEEPER]


def test_what_moves_is_told_before(two: Library) -> None:
    shown = merging.compare(two.desk(), KEEPER, LOSER)
    moves = {one.words: (one.count, one.cents) for one in shown.moves}
    assert moves["Passen"] == (1, None)
    assert moves["Openstaande kosten"] == (1, 750)
    assert "Tegoed" not in moves
    assert [one.name for one in shown.decisions] == ["main_card"]
    fields = {one.name: one for one in shown.fields}
    assert (fields["phone"].keeper, fields["phone"].loser) == ("", "0592-123456")
    assert fields["phone"].suggested == "loser"
    assert fields["surname"].suggested == "keeper"
    assert not fields["surname"].differs
    assert shown.warnings == ()


def test_the_loser_s_hoofdpas_may_stay(two: Library) -> None:
    view = merge_two(two, decisions={"main_card": "loser"}).customer
    assert view.block.card_number == LOSER_CARD


@pytest.mark.parametrize(
    "typed", [str(LOSER), "EXT-12345678", LOSER_CARD], ids=["actor-id", "external", "card"]
)
def test_every_old_number_opens_the_keeper(two: Library, typed: str) -> None:
    merge_two(two)
    opened = opening.open_text(two.desk(), typed)
    assert isinstance(opened, Opened)
    assert opened.customer.actor_id == KEEPER
    if typed != LOSER_CARD:
        assert opened.matched


def test_a_row_of_a_list_that_was_merged_since_opens_the_keeper_and_says_so(plain: Library) -> None:
    merge_two(plain)
    opened = opening.open_customer(plain.desk(), LOSER)
    assert opened.customer.actor_id == KEEPER
    assert opened.matched == f"Actor-id {LOSER} is ontdubbeld met {KEEPER}."
    assert opening.refresh(plain.desk(), LOSER).actor_id == KEEPER


def test_no_search_finds_the_loser(plain: Library) -> None:
    merge_two(plain)
    desk = plain.desk()
    forms = (SearchForm(born="01-01-1985"), SearchForm(name="testabo"), SearchForm(postcode="9468"))
    for form in forms:
        assert LOSER not in {row.actor_id for row in finding.search(desk, form).rows}
    assert LOSER not in {row.actor_id for row in finding.find(desk, "testabo").rows}


def test_a_pointer_to_one_who_is_merged_leads_on(plain: Library) -> None:
    merge_two(plain)
    desk = plain.desk()
    versions = merging.compare(desk, CHILD, KEEPER).versions
    merging.merge(desk, CHILD, KEEPER, versions, "second", {}, {}, sure=True)
    assert opening.refresh(desk, LOSER).actor_id == CHILD


def test_the_loser_cannot_be_changed(plain: Library) -> None:
    merge_two(plain)
    with pytest.raises(Merged) as refused:
        editing.save(plain.desk(), LOSER, 2, {"phone": "0592-654321"})
    assert str(KEEPER) in refused.value.sentence


def test_the_log_of_both_says_so_and_the_keeper_s_shows_both(plain: Library) -> None:
    plain.add(
        tables.ChangeLogLine(
            customer_id=LOSER, at=plain.clock.now(), day=plain.clock.today(), action="edit"
        )
    )
    view = merge_two(plain).customer
    assert ("merge", "actor_id", str(LOSER), str(KEEPER)) in plain.log(KEEPER)
    assert ("merge", "actor_id", str(LOSER), str(KEEPER)) in plain.log(LOSER)
    assert ("merge", "phone", "", "0592-123456") in plain.log(KEEPER)
    assert [line.action for line in view.log].count("edit") == 1
    assert [line.field for line in view.log].count("actor_id") == 1


def test_the_same_key_merges_once(plain: Library) -> None:
    first = merge_two(plain)
    again = merging.merge(plain.desk(), KEEPER, LOSER, (1, 1), KEY, {}, {})
    assert again.repeated
    assert again.deed_id == first.deed_id
    assert again.customer.version == first.customer.version


def test_a_key_of_another_merge_is_refused(plain: Library) -> None:
    merge_two(plain)
    with pytest.raises(ValueError, match="another deed"):
        merging.merge(plain.desk(), KEEPER, CHILD, (1, 1), KEY, {}, {})


def test_nobody_is_merged_with_oneself(plain: Library) -> None:
    with pytest.raises(DeskError, match="zichzelf"):
        merging.compare(plain.desk(), KEEPER, KEEPER)


def test_who_is_merged_is_not_merged_again_nor_in_a_circle(plain: Library) -> None:
    merge_two(plain)
    for keeper, loser in ((CHILD, LOSER), (LOSER, KEEPER)):
        with pytest.raises(Merged):
            merging.merge(plain.desk(), keeper, loser, (1, 1), "again", {}, {})


def test_who_is_gone_is_not_found(plain: Library) -> None:
    with pytest.raises(NotFound):
        merging.compare(plain.desk(), KEEPER, 999)


@pytest.mark.parametrize("changed", [KEEPER, LOSER])
def test_a_record_that_was_saved_since_is_told(plain: Library, changed: int) -> None:
    versions = merging.compare(plain.desk(), KEEPER, LOSER).versions
    editing.save(plain.desk(), changed, 1, {"fax": "0592-654321"})
    with pytest.raises(Conflict):
        merge_two(plain, versions=versions)


def test_an_account_that_is_being_made_comes_first(plain: Library) -> None:
    plain.add(tables.AccountJob(key="k", customer_id=LOSER, at=plain.clock.now()))
    with pytest.raises(DeskError, match="inlogaccount"):
        merging.compare(plain.desk(), KEEPER, LOSER)


@pytest.mark.parametrize("column", ["sex", "born"])
def test_another_sex_or_birth_date_asks_twice(sqlite_library: Library, column: str) -> None:
    values = {"sex": "V", "born": sqlite_library.clock.today()}
    add_two(sqlite_library, **{column: values[column]})
    with pytest.raises(DeskError, match="verschilt"):
        merge_two(sqlite_library, sure=False)
    assert merge_two(sqlite_library).customer.actor_id == KEEPER


def test_a_running_collection_and_two_memberships_ask_twice(plain: Library) -> None:
    charge = plain.charge(1000, LOSER)
    plain.period(KEEPER)
    plain.period(LOSER)
    plain.add(
        tables.DebitBatch(
            message_id="m", collection_on=plain.clock.today(), at=plain.clock.now(),
            total_cents=1000, content="",
        ),
        tables.DebitLine(
            batch_id=1, end_to_end_id="e", customer_id=LOSER, charge_id=charge, mandate_id="x",
            sequence="FRST", iban="NL91ABNA0417164300", amount_cents=1000,
        ),
    )  # fmt: skip
    warnings = merging.compare(plain.desk(), KEEPER, LOSER).warnings
    assert [word for word in ("incasso", "abonnement") if word in " ".join(warnings)]
    assert len(warnings) == 2


def test_two_accounts_are_decided_by_staff(two: Library) -> None:
    two.add(
        tables.LoginAccount(
            customer_id=KEEPER, provider="local", ref="ref-2", username="keeper", state="active"
        )
    )
    with pytest.raises(DeskError, match="inlogaccount"):
        merge_two(two, decisions={"main_card": "keeper"})
    view = merge_two(two, decisions={"main_card": "keeper", "account": "loser"}).customer
    assert view.account.username == view.person.username == "ttestabo"


def test_what_no_form_offers_is_refused(plain: Library) -> None:
    for chosen in ({"actor_id": "loser"}, {"phone": "both"}):
        with pytest.raises(ValueError, match="no such choice"):
            merge_two(plain, chosen=chosen)


def test_lines_that_find_no_room_are_logged_and_told(plain: Library) -> None:
    plain.add(
        *(tables.Message(customer_id=KEEPER, line=line, text=f"k{line}") for line in range(1, 5)),
        tables.Message(customer_id=LOSER, line=3, text="Sleutel vergeten"),
        tables.Message(customer_id=LOSER, line=4, text="k4"),
    )
    merged = merge_two(plain)
    assert merged.told == ("Geen plaats voor melding: Sleutel vergeten",)
    assert ("merge", "message.3", "Sleutel vergeten", "") in plain.log(KEEPER)


def test_the_branches_are_compared_by_number_and_name(plain: Library) -> None:
    shown = merging.compare(plain.desk(), KEEPER, LOSER)
    (branch,) = [one for one in shown.fields if one.name == "branch_code"]
    assert (branch.keeper, branch.loser) == ("9401 Annen", "9401 Annen")


def live_elsewhere(library: Library) -> None:
    """The loser lives at another door than the keeper."""
    with library.store.write() as session:
        address = session.exec(
            select(tables.Address).where(tables.Address.customer_id == LOSER)
        ).one()
        address.street, address.house_number, address.postcode_key = "Brink", "3", "9468BG 3"
        session.add(address)


def test_the_loser_s_home_may_stay(plain: Library) -> None:
    live_elsewhere(plain)
    view = merge_two(plain, chosen={"address": "loser"}).customer
    assert [one.street for one in view.addresses] == ["Brink", "Kruisakkers"]
    assert view.block.street_line == "Brink 3"
    assert view.addresses[1].until_on is not None


@pytest.mark.parametrize(("stays", "position"), [("keeper", 2), ("loser", 1)])
def test_the_log_tells_which_home_came_and_which_one_ended(
    plain: Library, stays: str, position: int
) -> None:
    live_elsewhere(plain)
    merge_two(plain, chosen={"address": stays})
    came = "Brink 3 9468 BG Annen"
    lines = [line for line in plain.log(KEEPER) if line[1].startswith("address.")]
    assert sorted(lines) == sorted(
        [
            ("merge", f"address.{position}.street", "", came),
            ("merge", "address.2.until_on", "", "14-03-2026"),
        ]
    )


def test_the_lowest_role_merges_nobody(plain: Library) -> None:
    with pytest.raises(NotAllowed):
        merging.compare(plain.desk("BALIEBHR"), KEEPER, LOSER)


def test_every_reference_to_a_customer_is_moved_or_said_why_not() -> None:
    there = {(table.name, column.name) for table, column in references()}
    assert set(NOT_MOVED) <= there
    assert set(UNITED) <= there
    assert not set(NOT_MOVED) & set(UNITED)
    assert {("ledger_entry", "customer_id"), ("login_account", "customer_id")} <= there
