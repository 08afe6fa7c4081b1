"""F8 on a row: what can be done, in which order, and why something cannot."""

from dataclasses import replace

import pytest

from deskterm.rules.membership import MembershipStatus
from deskterm.screens.tabs import TABS, RowAction
from tests.screens.samples import SEED, crowded

BY_KEY = {tab.key: tab for tab in TABS}
VIEW = crowded("x")


def _actions(tab: str, row: str | None) -> dict[str, RowAction]:
    return {action.id: action for action in BY_KEY[tab].actions(VIEW, row)}


@pytest.mark.parametrize(
    ("row", "ids"),
    [
        ("card:1", ["card.replace", "card.block", "card.extra", "card.to_extra"]),
        ("card:2", ["card.replace", "card.unblock", "card.extra", "card.to_main"]),
        ("card:3", ["card.replace", "card.block", "card.extra", "card.to_main"]),
        (None, ["card.extra"]),
    ],
)
def test_replacing_a_card_comes_first_and_changing_its_kind_last(
    row: str | None, ids: list[str]
) -> None:
    assert list(_actions("8", row)) == ids


def test_without_a_hoofdpas_one_can_be_handed_out() -> None:
    view = replace(VIEW, cards=VIEW.cards[1:])
    assert [one.id for one in BY_KEY["8"].actions(view, None)] == ["card.main"]
    assert "card.main" in [one.id for one in BY_KEY["8"].actions(view, "card:2")]


def test_a_card_that_does_not_work_becomes_no_hoofdpas() -> None:
    for row, why_not in (("card:2", "Deblokkeer de pas eerst."), ("card:3", "Een vervangen pas")):
        change = _actions("8", row)["card.to_main"]
        assert not change.enabled
        assert change.why_not.startswith(why_not)


def test_a_card_can_be_blocked_and_unblocked_but_not_once_it_is_replaced() -> None:
    assert _actions("8", "card:1")["card.block"] == RowAction("card.block", "Blokkeren", target="1")
    assert _actions("8", "card:2")["card.unblock"].enabled
    replaced = _actions("8", "card:3")["card.block"]
    assert not replaced.enabled
    assert replaced.why_not == "Een vervangen pas blijft ongeldig."


@pytest.mark.parametrize(
    ("status", "valid", "possible"),
    [
        (MembershipStatus.NORMAL, True, {"change", "end_now", "end_later", "end_on", "blacklist",
                                         "invalid"}),
        (MembershipStatus.BLACKLISTED, False, {"invalid", "back"}),
        (MembershipStatus.ENDED, False, {"blacklist", "back"}),
        (MembershipStatus.OVERDUE, False, {"blacklist", "invalid"}),
    ],
)  # fmt: skip
def test_what_can_be_done_with_a_membership_follows_from_its_status(
    status: MembershipStatus, valid: bool, possible: set[str]
) -> None:
    view = replace(SEED, block=replace(SEED.block, status=status, valid=valid))
    offered = BY_KEY["3"].actions(view, None)
    assert {one.id.removeprefix("membership.") for one in offered if one.enabled} == possible
    assert all(one.why_not for one in offered if not one.enabled)


def test_a_role_can_be_ended_once() -> None:
    running, ended = _actions("A", "role:1"), _actions("A", "role:2")
    assert running["role.end"].enabled
    assert running["role.end"].target == "1"
    assert not ended["role.end"].enabled
    assert ended["role.start"].enabled


@pytest.mark.parametrize(
    ("tab", "row", "give", "take"),
    [
        ("B", "profile.theme.DET", False, True),
        ("B", "profile.theme.SCI", True, False),
        ("C", "badge.OPEN", True, False),
        ("9", "label.DET", False, True),
        ("9", "newsletter.DET", False, True),
    ],
)
def test_a_choice_is_given_or_taken_by_saving_its_field(
    tab: str, row: str, give: bool, take: bool
) -> None:
    giving, taking = _actions(tab, row).values()
    assert (giving.enabled, taking.enabled) == (give, take)
    assert giving.changes == ((row, "1"),)
    assert taking.changes == ((row, ""),)
    greyed = taking if give else giving
    assert greyed.why_not == ("Heeft de klant niet." if give else "Heeft de klant al.")


def test_every_row_with_a_key_offers_what_its_tab_can_do() -> None:
    for tab in TABS:
        for row in tab.read(VIEW, 80):
            for action in tab.actions(VIEW, row.key):
                assert action.label
                assert action.enabled or action.why_not


def test_a_block_is_lifted_and_a_relation_opened_from_its_row() -> None:
    assert _actions("6", "block:general")["block.lift"].changes == (("block.general", ""),)
    assert _actions("6", "relation:413701")["customer.open"].target == "413701"
    assert not _actions("6", None)["login.reset"].enabled


def test_a_row_that_is_gone_offers_nothing_on_it() -> None:
    assert BY_KEY["B"].actions(SEED, "profile.theme.DET") == []


def test_a_predefined_message_goes_to_the_first_free_line() -> None:
    told = replace(SEED, messages=("Paraplu vergeten", "", "Sleutels"))
    (insert,) = BY_KEY["5"].actions(told, None)
    assert insert.target == "message.2"
    assert not _actions("5", None)["message.predefined"].enabled, "four lines are taken"
