"""What the gate does, mode by mode: keys and times in, outcomes out."""

import pytest

from deskterm.scan import (
    Deliver,
    Incomplete,
    Mode,
    Navigate,
    Outcome,
    RestoreNavigation,
    Scan,
    ScanGate,
)

CARD = "29401000075868"
ITEM = "39401000000013"
OLD_STYLE = "9401000000"
"""A ten-digit number of a scheme without check digit."""
ENTER = Deliver("enter", "\r")


def gate(mode: Mode = Mode.READ, *, since: float = 0.0, prefix: str = "") -> ScanGate:
    made = ScanGate({CARD, ITEM, OLD_STYLE}.__contains__, prefix)
    made.set_mode(mode, since)
    return made


def press(made: ScanGate, key: str, at: float) -> list[Outcome]:
    named = {"enter": "\r", "ctrl+j": "\n", "tab": "\t", "escape": "\x1b", "space": " "}
    return made.feed(key, named.get(key, key if len(key) == 1 else None), at)


def type_text(made: ScanGate, text: str, at: float, gap: float = 0.01) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for place, character in enumerate(text):
        outcomes += made.feed(character, character, at + place * gap)
    return outcomes


def delivered(outcomes: list[Outcome]) -> str:
    return "".join(o.char or "" for o in outcomes if isinstance(o, Deliver))


class TestDeskLine:
    def test_a_name_goes_to_the_line_and_enter_looks_it_up(self) -> None:
        made = gate(Mode.DESK_LINE)
        assert delivered(type_text(made, "vries", 1, gap=0.2)) == "vries"
        assert press(made, "enter", 5) == [ENTER]

    def test_a_scan_is_taken_out_of_the_line_again(self) -> None:
        made = gate(Mode.DESK_LINE)
        assert delivered(type_text(made, CARD, 1)) == CARD
        assert press(made, "enter", 1.2) == [Scan(CARD, Mode.DESK_LINE, takes_back=14)]

    def test_what_a_person_had_typed_before_the_scan_stays(self) -> None:
        made = gate(Mode.DESK_LINE)
        type_text(made, "vri" + CARD, 1)
        assert press(made, "enter", 2) == [Scan(CARD, Mode.DESK_LINE, takes_back=14)]

    @pytest.mark.parametrize("half", ["9401000", "10000758", "294010000758681"])
    def test_half_a_scan_opens_nothing(self, half: str) -> None:
        made = gate(Mode.DESK_LINE)
        type_text(made, half, 1)
        at = 1 + len(half) * 0.01
        assert press(made, "enter", at) == [Incomplete(half, takes_back=len(half))]

    @pytest.mark.parametrize(
        "number",
        ["413700", "7586", "29401000075869", "9401000001"],
        ids=["actor-id", "serial", "wrong check", "ten digits"],
    )
    def test_other_numbers_are_looked_up_however_fast_they_come(self, number: str) -> None:
        made = gate(Mode.DESK_LINE)
        type_text(made, number, 1)
        assert press(made, "enter", 1 + len(number) * 0.01) == [ENTER]

    def test_digits_typed_slowly_are_no_half_scan(self) -> None:
        made = gate(Mode.DESK_LINE)
        type_text(made, "9401000", 1, gap=0.2)
        assert press(made, "enter", 2.3) == [ENTER]

    def test_enter_some_time_after_a_burst_is_a_persons(self) -> None:
        made = gate(Mode.DESK_LINE)
        type_text(made, "9401000", 1)
        assert press(made, "enter", 2) == [ENTER]

    def test_a_line_feed_alone_submits_like_enter(self) -> None:
        made = gate(Mode.DESK_LINE)
        type_text(made, "vries", 1)
        assert press(made, "ctrl+j", 2) == [ENTER]


class TestRead:
    def test_the_first_key_jumps_at_once(self) -> None:
        assert press(gate(), "3", 1) == [Navigate("3", "3")]

    def test_a_key_that_is_no_tab_waits_and_does_nothing(self) -> None:
        made = gate()
        assert press(made, "x", 1) == []
        assert made.tick(2) == []

    def test_two_quick_keys_end_at_the_second(self) -> None:
        made = gate()
        press(made, "3", 1)
        assert press(made, "4", 1.1) == []
        assert made.due() == pytest.approx(1.4)
        assert made.tick(1.41) == [Navigate("4", "4")]
        assert made.due() is None

    def test_a_scan_restores_the_tab_and_opens_the_customer(self) -> None:
        made = gate()
        assert type_text(made, CARD, 1) == [Navigate("2", "2")]
        assert press(made, "enter", 1.2) == [RestoreNavigation(1), Scan(CARD, Mode.READ)]

    def test_a_scan_that_stalls_is_still_one_scan(self) -> None:
        made = gate()
        outcomes = type_text(made, CARD[:3], 1) + type_text(made, CARD[3:], 2)
        outcomes += press(made, "enter", 4)
        jumps = sum(isinstance(o, Navigate) for o in outcomes)
        assert outcomes[-2:] == [RestoreNavigation(jumps), Scan(CARD, Mode.READ)]

    def test_a_code_that_began_in_a_line_is_one_run_however_late_the_rest_comes(self) -> None:
        made = gate(Mode.DESK_LINE)
        type_text(made, "294010", 1)
        made.set_mode(Mode.READ, 1.1)
        assert type_text(made, "00075", 2) == []
        assert press(made, "enter", 2.1) == [Incomplete("29401000075", takes_back=6)]

    def test_an_unknown_code_restores_the_tab_and_says_so(self) -> None:
        made = gate()
        type_text(made, "29401000075869", 1)
        assert press(made, "enter", 1.2) == [RestoreNavigation(1), Incomplete("29401000075869")]

    def test_enter_right_after_a_key_presses_nothing(self) -> None:
        made = gate()
        press(made, "3", 1)
        assert press(made, "enter", 1.2) == []
        assert press(made, "enter", 1.3) == [ENTER]

    def test_enter_after_walking_through_tabs_is_a_person(self) -> None:
        made = gate()
        type_text(made, "1234567", 1, gap=0.5)
        assert press(made, "enter", 6) == [ENTER]

    def test_another_key_ends_the_run(self) -> None:
        made = gate()
        press(made, "3", 1)
        press(made, "4", 1.1)
        assert press(made, "f9", 1.15) == [Navigate("4", "4"), Deliver("f9", None)]

    def test_codabar_letters_are_dropped(self) -> None:
        made = gate()
        type_text(made, f"A{CARD}B", 1)
        assert press(made, "enter", 1.2) == [RestoreNavigation(1), Scan(CARD, Mode.READ)]

    def test_typing_of_the_desk_line_goes_on_without_jumping(self) -> None:
        made = gate(Mode.DESK_LINE)
        type_text(made, CARD[:9], 1)
        made.set_mode(Mode.READ, 1.09)
        assert type_text(made, CARD[9:], 3) == []
        assert press(made, "enter", 3.2) == [Scan(CARD, Mode.READ, takes_back=9)]


class TestEdit:
    def test_a_scan_is_taken_out_of_the_field_however_slowly_it_came(self) -> None:
        made = gate(Mode.EDIT)
        type_text(made, "Kruisakkers 4" + CARD, 1, gap=1)
        assert press(made, "enter", 60) == [Scan(CARD, Mode.EDIT, takes_back=14)]

    def test_a_name_that_ends_in_a_codabar_letter_keeps_it(self) -> None:
        made = gate(Mode.EDIT)
        type_text(made, "Jansen" + CARD, 1)
        assert press(made, "enter", 2) == [Scan(CARD, Mode.EDIT, takes_back=14)]

    def test_a_number_field_takes_the_code_and_its_enter(self) -> None:
        made = gate(Mode.EDIT)
        made.set_mode(Mode.EDIT, 0, in_number_field=True)
        assert delivered(type_text(made, CARD, 1)) == CARD
        assert made.tick(9) == []
        assert press(made, "enter", 9) == [ENTER]

    def test_a_burst_without_enter_is_a_scan_when_the_line_falls_silent(self) -> None:
        made = gate(Mode.EDIT)
        type_text(made, CARD, 1)
        assert made.tick(1.2) == []
        assert made.tick(1.5) == [Scan(CARD, Mode.EDIT, takes_back=14)]

    def test_the_enter_that_comes_late_behind_a_burst_is_swallowed_once(self) -> None:
        made = gate(Mode.EDIT)
        type_text(made, CARD, 1)
        made.tick(1.5)
        assert press(made, "enter", 1.9) == []
        assert press(made, "enter", 2.5) == [ENTER]

    def test_the_enter_of_what_is_typed_behind_a_burst_is_a_persons(self) -> None:
        made = gate(Mode.EDIT)
        type_text(made, CARD, 1)
        made.tick(1.5)
        assert delivered(type_text(made, "vries", 3)) == "vries"
        assert press(made, "enter", 4) == [ENTER]

    def test_a_key_of_the_form_right_behind_a_scan_is_not_lost(self) -> None:
        made = gate(Mode.EDIT)
        type_text(made, CARD, 1)
        assert press(made, "f1", 3) == [
            Scan(CARD, Mode.EDIT, takes_back=14),
            Deliver("f1", None),
        ]

    def test_a_codabar_burst_waits_for_its_stop_letter(self) -> None:
        made = gate(Mode.EDIT)
        type_text(made, "A" + CARD, 1)
        assert made.tick(3) == []
        type_text(made, "B", 4)
        assert press(made, "enter", 4.1) == [Scan(CARD, Mode.EDIT, takes_back=16)]

    def test_half_a_code_behind_a_prefix_waits_for_the_rest(self) -> None:
        made = gate(Mode.EDIT, prefix="]C0")
        type_text(made, "]C0" + CARD[:9], 1)
        assert made.tick(3) == []
        type_text(made, CARD[9:], 4)
        assert press(made, "enter", 4.1) == [Scan(CARD, Mode.EDIT, takes_back=17)]

    def test_digits_typed_by_a_person_stay_without_enter(self) -> None:
        made = gate(Mode.EDIT)
        type_text(made, CARD, 1, gap=0.1)
        assert made.due() is None

    def test_a_misread_code_does_not_hide_a_shorter_card(self) -> None:
        made = gate(Mode.EDIT)
        type_text(made, "2222" + OLD_STYLE, 1)
        assert press(made, "enter", 1.2) == [ENTER]

    def test_a_short_card_behind_a_house_number_is_a_scan(self) -> None:
        made = gate(Mode.EDIT)
        type_text(made, "41", 1, gap=0.2)
        type_text(made, OLD_STYLE, 2)
        assert press(made, "enter", 2.2) == [Scan(OLD_STYLE, Mode.EDIT, takes_back=10)]


class TestQuestion:
    def test_enter_arrows_and_alt_letters_answer(self) -> None:
        made = gate(Mode.QUESTION, since=1)
        assert press(made, "down", 2) == [Deliver("down", None)]
        assert press(made, "alt+k", 2.1) == [Deliver("alt+k", None)]
        assert press(made, "enter", 3) == [ENTER]

    @pytest.mark.parametrize("key", ["enter", "alt+k"])
    def test_a_key_from_before_the_question_was_painted_answers_nothing(self, key: str) -> None:
        assert press(gate(Mode.QUESTION, since=5), key, 4.9) == []

    def test_a_scan_waits_and_its_enter_answers_nothing(self) -> None:
        made = gate(Mode.QUESTION)
        assert type_text(made, CARD, 1) == []
        assert press(made, "enter", 99) == [Scan(CARD, Mode.QUESTION)]
        assert press(made, "ctrl+j", 99) == []

    def test_half_a_scan_answers_nothing_however_late_its_enter(self) -> None:
        made = gate(Mode.QUESTION)
        type_text(made, "294010", 1)
        assert press(made, "enter", 99) == [Incomplete("294010")]
        assert press(made, "enter", 100) == [ENTER]

    @pytest.mark.parametrize("key", ["5", "space", "j"])
    def test_enter_right_after_a_character_answers_nothing(self, key: str) -> None:
        made = gate(Mode.QUESTION)
        assert press(made, key, 1) == []
        assert press(made, "enter", 1.29) == []

    def test_a_name_typed_while_the_question_came_up_answers_nothing(self) -> None:
        made = gate(Mode.DESK_LINE)
        type_text(made, "vrie", 1)
        made.set_mode(Mode.QUESTION, 1.5)
        assert press(made, "enter", 3) == []

    def test_a_tab_jumped_to_before_the_question_hinders_no_answer(self) -> None:
        made = gate(Mode.READ)
        press(made, "3", 1)
        made.set_mode(Mode.QUESTION, 2)
        assert press(made, "enter", 3) == [ENTER]

    def test_a_menu_takes_its_letters_but_not_out_of_a_run(self) -> None:
        made = gate(Mode.QUESTION)
        made.set_mode(Mode.QUESTION, 0, answers="kb")
        assert press(made, "k", 1) == [Deliver("k", "k")]
        assert press(made, "2", 2) == []
        assert press(made, "b", 2.01) == []


class TestPrinting:
    @pytest.mark.parametrize("key", ["enter", "ctrl+j", "space", "j", "3"])
    def test_nothing_that_could_press_a_button_passes(self, key: str) -> None:
        assert press(gate(Mode.PRINTING), key, 1) == []

    @pytest.mark.parametrize("key", ["escape", "f1", "f12"])
    def test_escape_and_function_keys_pass(self, key: str) -> None:
        assert [o.key for o in press(gate(Mode.PRINTING), key, 1) if isinstance(o, Deliver)] == [
            key
        ]

    def test_a_scan_is_kept(self) -> None:
        made = gate(Mode.PRINTING)
        type_text(made, CARD, 1)
        assert press(made, "enter", 2) == [Scan(CARD, Mode.PRINTING)]

    def test_half_a_scan_is_said_so(self) -> None:
        made = gate(Mode.PRINTING)
        type_text(made, CARD[:9], 1)
        assert press(made, "enter", 2) == [Incomplete(CARD[:9])]

    @pytest.mark.parametrize(("at", "heard"), [(0.5, []), (1.5, [Deliver("alt+p", None)])])
    def test_an_alt_key_of_the_first_moment_is_not_heard(
        self, at: float, heard: list[Outcome]
    ) -> None:
        assert gate(Mode.PRINTING, since=1).feed("alt+p", "p", at) == heard


@pytest.mark.parametrize("mode", [Mode.DESK_LINE, Mode.EDIT, Mode.READ, Mode.QUESTION])
def test_the_letter_of_an_alt_chord_is_never_typed(mode: Mode) -> None:
    assert gate(mode).feed("alt+k", "k", 1) == [Deliver("alt+k", None)]
    assert gate(mode).feed("alt+shift+k", "K", 1) == [Deliver("alt+shift+k", None)]


class TestScannerSettings:
    def test_tab_ends_a_scan_only_when_set(self) -> None:
        made = ScanGate({CARD}.__contains__, tab_ends=True)
        type_text(made, CARD, 1)
        assert press(made, "tab", 1.2) == [Scan(CARD, Mode.DESK_LINE, takes_back=14)]
        assert press(made, "tab", 2) == [Deliver("tab", "\t")]

    def test_a_control_character_announces_a_scan(self) -> None:
        made = gate(prefix="\x02")
        assert made.feed("ctrl+b", "\x02", 1) == []
        assert type_text(made, CARD, 1.01) == []
        assert press(made, "enter", 2) == [Scan(CARD, Mode.READ)]

    @pytest.mark.parametrize("mode", [Mode.DESK_LINE, Mode.EDIT])
    def test_an_aim_prefix_leaves_the_field_too(self, mode: Mode) -> None:
        made = gate(mode, prefix="]C0")
        type_text(made, "vries]C0" + CARD, 1)
        assert press(made, "enter", 2) == [Scan(CARD, mode, takes_back=17)]

    def test_a_prefix_vouches_for_a_code_of_another_shape(self) -> None:
        made = gate(prefix="]C0")
        type_text(made, "]C0PAS-000123", 1)
        assert press(made, "enter", 1.2) == [Scan("PAS-000123", Mode.READ)]

    @pytest.mark.parametrize("prefix", ["\r", "\t", "\x1b", "\x02\x03"])
    def test_a_prefix_that_is_a_key_is_refused(self, prefix: str) -> None:
        with pytest.raises(ValueError, match="prefix"):
            ScanGate({CARD}.__contains__, prefix)


class TestEscapeBeforeAScan:
    """Esc and the first digit in one packet arrive as Alt and that digit."""

    def test_the_digit_is_put_back(self) -> None:
        made = gate(Mode.QUESTION)
        assert made.feed("alt+2", "2", 1) == []
        type_text(made, CARD[1:], 1.01)
        assert press(made, "enter", 1.3) == [Scan(CARD, Mode.QUESTION)]

    def test_the_tab_it_jumped_to_is_restored(self) -> None:
        made = gate(Mode.EDIT)
        assert made.feed("alt+2", "2", 1) == [Navigate("alt+2", None)]
        type_text(made, CARD[1:], 1.01)
        assert press(made, "enter", 1.3) == [
            RestoreNavigation(1),
            Scan(CARD, Mode.EDIT, takes_back=13),
        ]

    def test_alt_digit_alone_is_a_jump(self) -> None:
        made = gate(Mode.EDIT)
        assert made.feed("alt+3", "3", 1) == [Navigate("alt+3", None)]
        assert delivered(type_text(made, "vries", 2)) == "vries"
        assert press(made, "enter", 3) == [ENTER]
