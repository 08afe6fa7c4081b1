"""The user's own keys: every fault at once with its line, defaults for the faulty ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.keys import ACTIONS, BY_ID, default_keymap, overlap
from deskterm.keys_file import Override, check, effective, load_overrides, read

DEFAULTS = default_keymap()


def entry(name: str, value: str) -> str:
    return f'[keys]\n"{name}" = {value}\n'


@pytest.mark.parametrize(
    "text",
    [
        '[keys]\n"customer.search" = "f11, Ctrl+B"\n',
        "[keys]\ncustomer.search = ['F11', 'CTRL-B']\n",
        '[keys.customer]\nsearch = "f11 ctrl+b"\n',
    ],
    ids=["text", "list", "subsection"],
)
def test_a_key_can_be_written_in_several_ways(text: str) -> None:
    reading = read("theme = 'dark'\n" + text)
    assert reading.faults == ()
    assert reading.keymap.keys_of("customer.search") == ("f11", "ctrl+b")


def test_entries_know_their_lines() -> None:
    text = '# mine\n[scanner]\nprefix = "x"\n\n[keys]\n\nhelp.show = "f11"\n"menu.open" = ""\n'
    assert load_overrides(text) == [
        Override(7, "help.show", ("f11",)),
        Override(8, "menu.open", ()),
    ]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("customer.serch", '"f11"', "Onbekende actie customer.serch. Bedoelt u customer.search?"),
        ("zzz", '"f11"', "Onbekende actie zzz."),
        ("menu.open", '"f13"', "f13 is geen toets die elke terminal doorgeeft."),
        ("menu.open", '"ctrl+m"', "ctrl+m is geen toets die elke terminal doorgeeft."),
        ("menu.open", '"alt+b"', "alt+b is geen toets die elke terminal doorgeeft."),
        ("menu.open", '"ctrl+a"', "ctrl+a bewerkt tekst in elk invoerveld"),
        ("menu.open", '"m"', "m kan alleen naar een tabblad springen."),
        ("menu.open", '"alt+3"', "alt+3 kan alleen naar een tabblad springen."),
        ("menu.open", "11", 'menu.open: schrijf de toetsen als tekst, zoals "f2, alt+z".'),
        ("menu.open", '"f2"', "F2 is al van customer.search; menu.open houdt de eigen toets."),
        ("menu.open", '"escape"', "Esc is al van edit.cancel; menu.open houdt de eigen toets."),
        ("help.show", '""', "Help moet een toets houden."),
        ("app.quit", "[]", "Stoppen moet een toets houden."),
        ("edit.cancel", '"f11"', "Annuleer moet Esc houden."),
    ],
)
def test_a_fault_is_named_and_the_default_stays(name: str, value: str, sentence: str) -> None:
    reading = read(entry(name, value))
    assert [fault.line for fault in reading.faults] == [2]
    assert str(reading.faults[0]).startswith(sentence)
    assert reading.keymap == DEFAULTS


def test_every_fault_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = '[keys]\nmenu.open = "f2"\nhelp.show = ""\nno.such = "f3"\nsession.end = "f11"\n'
    reading = read(text)
    assert [fault.line for fault in reading.faults] == [2, 3, 4]
    assert reading.keymap.keys_of("session.end") == ("f11",)


def test_two_actions_may_swap_their_keys() -> None:
    reading = read('[keys]\ndesk.lend = "f6"\ndesk.take_back = "f5"\n')
    assert reading.faults == ()
    assert reading.keymap.keys_of("desk.lend") == ("f6",)


def test_half_a_swap_that_is_refused_takes_the_other_half_along() -> None:
    reading = read('[keys]\ndesk.lend = "f6"\ndesk.take_back = "f2"\n')
    assert [fault.line for fault in reading.faults] == [2, 3]
    assert reading.keymap == DEFAULTS


def test_one_key_may_mean_two_things_at_two_places() -> None:
    assert read('[keys]\nedit.start = "alt+c"\n').faults == ()


def test_a_file_that_is_no_toml_is_a_fault_with_its_line() -> None:
    reading = read('[keys]\nmenu.open = "f2\n')
    assert [fault.line for fault in reading.faults] == [2]
    assert reading.keymap == DEFAULTS


@pytest.mark.parametrize("text", ["", "theme = 'dark'\n", "[keys]\n"])
def test_a_file_without_keys_is_all_defaults(text: str) -> None:
    assert read(text).keymap == DEFAULTS
    assert read(text).faults == ()


KEYS = st.sampled_from(["f1", "f2", "f11", "ctrl+q", "ctrl+y", "escape", "alt+w", "x", "3", "no"])


@given(
    st.lists(
        st.tuples(st.sampled_from([*BY_ID, "no.such"]), st.lists(KEYS, max_size=2)),
        max_size=8,
        unique_by=lambda pair: pair[0],
    )
)
def test_whatever_is_written_the_keymap_can_be_used(pairs: list[tuple[str, list[str]]]) -> None:
    overrides = [
        Override(line, name, tuple(keys)) for line, (name, keys) in enumerate(pairs, start=1)
    ]
    keymap = effective(overrides)
    taken = [(action, key) for action in ACTIONS for key in keymap.keys_of(action.id)]
    for place, (one, key) in enumerate(taken):
        for other, same in taken[place + 1 :]:
            assert key != same or one.id == other.id or not overlap(one, other)
    assert keymap.keys_of("help.show")
    assert keymap.keys_of("app.quit")
    assert "escape" in keymap.keys_of("edit.cancel")
    faulty = {fault.line for fault in check(overrides)}
    for override in overrides:
        kept = keymap.keys_of(override.id) == override.keys
        assert kept or override.line in faulty
