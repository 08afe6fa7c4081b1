"""The table of actions: what a key means where."""

from itertools import combinations

import pytest

from deskterm.keys import (
    ACTIONS,
    BY_ID,
    Keymap,
    Where,
    default_keymap,
    key_name,
    normal_key,
    overlap,
    table_rows,
)
from deskterm.rules.rights import Right

# Attested for Wise's client: these may never mean something else.
WISE = {
    "alt+z": "customer.search",
    "alt+c": "catalogue.search",
    "alt+r": "hold.place",
    "f4": "loan.cancel_mode",
    "f7": "loan.inspection_mode",
    "f9": "customer.loans",
    "f12": "session.end",
}


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(ACTIONS)


def test_no_two_defaults_share_a_key_where_both_can_be_meant() -> None:
    clashes = [
        (one.id, other.id)
        for one, other in combinations(ACTIONS, 2)
        if set(one.keys) & set(other.keys) and overlap(one, other)
    ]
    assert clashes == []


@pytest.mark.parametrize(("key", "action_id"), WISE.items())
def test_keys_of_wise_keep_their_meaning(key: str, action_id: str) -> None:
    assert [action.id for action in ACTIONS if key in action.keys] == [action_id]
    found = default_keymap().action_for(key, Where.DESK)
    assert found is not None
    assert found.id == action_id


def test_every_right_is_one_of_the_rules() -> None:
    assert {action.right for action in ACTIONS if action.right} <= set(Right)


@pytest.mark.parametrize(
    ("key", "where", "action_id"),
    [
        ("3", Where.CUSTOMER, "tab.3"),
        ("A", Where.CUSTOMER, "tab.A"),
        ("a", Where.CUSTOMER, "tab.A"),
        ("3", Where.EDIT, None),
        ("3", Where.DESK, None),
        ("3", Where.QUESTION, None),
        ("alt+3", Where.EDIT, "tab.3"),
        ("escape", Where.DESK, "scans.drop"),
        ("escape", Where.EDIT, "edit.cancel"),
        ("f1", Where.QUESTION, "help.show"),
        ("ctrl+q", Where.QUESTION, "app.quit"),
        ("f2", Where.QUESTION, None),
        ("alt+shift+k", Where.CUSTOMER, "menu.customer"),
        ("ctrl+x", Where.DESK, None),
    ],
)
def test_what_a_key_means_depends_on_the_place(
    key: str, where: Where, action_id: str | None
) -> None:
    found = default_keymap().action_for(key, where)
    assert (found.id if found else None) == action_id


def test_the_gate_learns_which_characters_jump() -> None:
    assert default_keymap().navigation() == "123456789abc"


@pytest.mark.parametrize(
    ("key", "name"),
    [("f1", "F1"), ("alt+z", "Alt+Z"), ("ctrl+pagedown", "Ctrl+PgDn"), ("escape", "Esc")],
)
def test_keys_are_written_as_people_do(key: str, name: str) -> None:
    assert key_name(key) == name


def test_the_first_key_is_the_one_that_is_shown() -> None:
    assert default_keymap().shown_key("customer.search") == "F2"
    assert Keymap({}).shown_key("customer.search") == ""


def test_the_underlined_letter_is_that_of_the_alt_key() -> None:
    keymap = default_keymap()
    assert keymap.alt_letter("edit.start") == "W"
    assert keymap.alt_letter("tab.3") == ""


def test_the_table_has_a_row_for_every_action() -> None:
    rows = table_rows()
    assert [row.id for row in rows] == [action.id for action in ACTIONS]
    assert next(row.keys for row in rows if row.id == "customer.search") == "F2, Alt+Z"
    assert "edit.start" not in {row.id for row in table_rows(where=Where.DESK)}


@pytest.mark.parametrize("key", ["a", "7", "f10", "alt+k", "ctrl+s", "shift+f10"])
def test_normal_keys_stay_as_they_are(key: str) -> None:
    assert normal_key(key) == key
