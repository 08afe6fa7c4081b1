"""Whatever the line does to a scan in time, and whatever comes up meanwhile, it stays one scan."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules.cards import CardScheme, CodeShapes, generate, kind_of
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

SHAPES = CodeShapes()
# Together in a packet, typed by a scanner, by a person, held up by the line for a moment or long.
GAPS = st.sampled_from([0.0, 0.004, 0.02, 0.08, 0.29, 0.31, 0.7, 3.0])
MODES = st.sampled_from(list(Mode))
CODES = st.builds(
    generate,
    st.just(CardScheme.STANDARD_14),
    st.integers(0, 9999).map(lambda branch: f"{branch:04d}"),
    st.integers(0, 99_999_999),
)
ENDINGS = st.sampled_from([("enter",), ("ctrl+j",), ("enter", "ctrl+j"), ("tab",)])
FRAMES = st.sampled_from([("", "", ""), ("", "A", "B"), ("]C0", "", ""), ("\x02", "", "")])


def is_code(text: str) -> bool:
    return kind_of(text, SHAPES) is not None


@dataclass
class Desk:
    """The application as the gate sees it: fields, tabs, pressed keys, and a timer that may lag."""

    gate: ScanGate
    now: float = 0.0
    field_text: str = ""
    jumps: int = 0
    pressed: list[tuple[str, Mode]] = field(default_factory=list)
    scans: list[str] = field(default_factory=list)
    incomplete: int = 0

    def key(self, key: str, char: str | None, gap: float, *, timer: bool = True) -> None:
        self.now += gap
        due = self.gate.due()
        if timer and due is not None and due < self.now:
            self._carry_out(self.gate.tick(due + 0.001))
        self._carry_out(self.gate.feed(key, char, self.now))

    def _carry_out(self, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            match outcome:
                case Deliver(key, char):
                    if char is not None and char.isprintable():
                        self.field_text += char
                    else:
                        self.pressed.append((key, self.gate.mode))
                case Navigate():
                    self.jumps += 1
                case RestoreNavigation(steps):
                    self.jumps -= steps
                case Scan(code, _, takes_back) | Incomplete(code, takes_back):
                    self.field_text = self.field_text[: len(self.field_text) - takes_back]
                    if isinstance(outcome, Scan):
                        self.scans.append(code)
                    else:
                        self.incomplete += 1


CHARACTERS = {"enter": "\r", "ctrl+j": "\n", "tab": "\t", "\x02": "\x02"}


def scan(
    desk: Desk, keys: list[str], data: st.DataObject, modes: st.SearchStrategy[Mode] = MODES
) -> None:
    """Send the keys with any gaps, changing the mode in front of any of them."""
    for key in keys:
        if data.draw(st.integers(0, 5)) == 0:
            desk.gate.set_mode(data.draw(modes), desk.now)
        name = "ctrl+b" if key == "\x02" else key
        gap, timer = data.draw(GAPS), data.draw(st.booleans())
        desk.key(name, CHARACTERS.get(key, key), gap, timer=timer)


@given(st.data(), CODES, ENDINGS, FRAMES, MODES)
def test_one_scan_comes_out_and_nothing_else_happened(
    data: st.DataObject,
    code: str,
    ending: tuple[str, ...],
    frame: tuple[str, str, str],
    mode: Mode,
) -> None:
    prefix, start, stop = frame
    desk = Desk(ScanGate(is_code, prefix, tab_ends=ending == ("tab",)))
    desk.gate.set_mode(mode, 0.0)
    scan(desk, [*prefix, *start, *code, *stop, *ending], data)
    assert desk.scans == [code]
    assert (desk.field_text, desk.jumps, desk.pressed) == ("", 0, [])


@given(st.data(), CODES, st.sampled_from(["vries", "Anna ", "de Vries, J.", "41", "*"]))
def test_what_was_typed_in_a_field_before_stays(data: st.DataObject, code: str, typed: str) -> None:
    desk = Desk(ScanGate(is_code))
    desk.gate.set_mode(Mode.EDIT, 0.0)
    for character in typed:
        desk.key(character, character, 0.2)
    scan(desk, [*code, "enter"], data, modes=st.just(Mode.EDIT))
    assert (desk.scans, desk.field_text, desk.pressed) == ([code], typed, [])


@given(st.data(), st.lists(CODES, min_size=1, max_size=8), ENDINGS)
def test_scans_behind_each_other_come_out_in_order(
    data: st.DataObject, codes: list[str], ending: tuple[str, ...]
) -> None:
    desk = Desk(ScanGate(is_code, tab_ends=ending == ("tab",)))
    desk.gate.set_mode(Mode.READ, 0.0)
    for code in codes:
        scan(desk, [*code, *ending], data)
    assert desk.scans == codes
    assert (desk.field_text, desk.jumps, desk.pressed) == ("", 0, [])


@given(st.data(), CODES, st.integers(6, 13), st.booleans())
def test_half_a_scan_never_answers_a_question(
    data: st.DataObject, code: str, length: int, from_the_end: bool
) -> None:
    half = code[-length:] if from_the_end else code[:length]
    desk = Desk(ScanGate(is_code))
    desk.gate.set_mode(Mode.QUESTION, 0.0)
    scan(desk, [*half, "enter"], data, modes=st.just(Mode.QUESTION))
    assert (desk.scans, desk.incomplete, desk.pressed) == ([], 1, [])


@given(st.data(), CODES, st.integers(1, 13))
def test_a_scan_begun_in_the_desk_line_answers_no_question_that_comes_up(
    data: st.DataObject, code: str, sent: int
) -> None:
    desk = Desk(ScanGate(is_code))
    for character in code[:sent]:
        desk.key(character, character, data.draw(GAPS))
    desk.gate.set_mode(Mode.QUESTION, desk.now)
    scan(desk, [*code[sent:], "enter"], data, modes=st.just(Mode.QUESTION))
    assert (desk.scans, desk.field_text, desk.pressed) == ([code], "", [])


@given(
    st.lists(
        st.tuples(st.sampled_from(["1", "2", "9", "a", "enter", "f9", "escape", "down"]), GAPS),
        max_size=30,
    )
)
def test_a_person_in_read_mode_opens_no_customer_and_loses_no_command(
    keys: list[tuple[str, float]],
) -> None:
    desk = Desk(ScanGate(is_code))
    desk.gate.set_mode(Mode.READ, 0.0)
    for key, gap in keys:
        desk.key(key, key if len(key) == 1 else CHARACTERS.get(key), gap)
    commands = [key for key, _ in keys if key in ("f9", "escape", "down")]
    assert [key for key, _ in desk.pressed if key != "enter"] == commands
    assert desk.scans == []


@given(st.lists(st.tuples(st.characters(codec="ascii", categories=["L", "N", "P"]), GAPS)))
def test_what_a_person_types_in_a_field_arrives_whole(keys: list[tuple[str, float]]) -> None:
    desk = Desk(ScanGate(is_code))
    desk.gate.set_mode(Mode.EDIT, 0.0)
    for character, gap in keys:
        desk.key(character, character, gap)
    desk.key("enter", "\r", 1.0)
    assert desk.field_text == "".join(character for character, _ in keys)
    assert desk.pressed == [("enter", Mode.EDIT)]
