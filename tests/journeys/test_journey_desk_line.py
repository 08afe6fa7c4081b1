"""The desk line: what can be scanned or typed there, several customers, and leaving."""

import pytest

from deskterm import text
from deskterm.keys import BY_ID
from deskterm.screens.help import PAGES
from tests.journeys.steps import (
    PLAIN,
    REPLACED,
    TESTABO,
    OpenDesk,
    block_of,
    choose,
    go_on,
    open_plain,
    open_testabo,
    press_until_gone,
    start_editing,
)
from tests.terminal import Terminal

NEW_CARD = "29401000076056"
"""The card that came in place of REPLACED."""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (TESTABO, ""),
        ("413700", "Gevonden met actor-id 413700"),
        ("7586", "Gevonden met volgnummer 7586"),
        ("testabo", ""),
        ("TEST", ""),
    ],
)
def test_typed_by_hand_one_hit_opens_and_says_what_it_matched(
    desk: OpenDesk, typed: str, said: str
) -> None:
    terminal = desk()
    terminal.type(typed)
    terminal.press("enter")
    go_on(terminal, "Pas niet geldig!")
    terminal.wait(block_of(TESTABO))
    terminal.wait(said)


def test_a_replaced_card_opens_its_customer_and_names_the_new_card(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.scan(REPLACED)
    terminal.wait(f"(?s){REPLACED} is vervangen.*De pas van nu is {NEW_CARD}")
    go_on(terminal, "Pas vervangen")
    terminal.wait(block_of(NEW_CARD))
    terminal.wait(f"Gevonden met de oude pas {REPLACED}")
    # Said of what was on the screen: another tab takes it along.
    terminal.press("8")
    terminal.wait("Laatst gebruikt")
    terminal.wait_gone("Gevonden met")


def test_ending_at_a_pop_up_leaves_nothing_said_of_the_list_before(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.type("testa")
    terminal.wait("Testabo, T")
    terminal.press("down", "enter")
    terminal.wait("─ Pas niet geldig!")
    press_until_gone(terminal, "alt+e", "─ Pas niet geldig!")
    terminal.wait("klantnummer of naam")
    assert "gevonden" not in terminal.text()


def test_three_letters_of_a_name_list_while_typing(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.type("yil")
    terminal.wait("29401000075926 +Yılmaz, M")


@pytest.mark.parametrize("haste", [0.0, 0.5])
def test_enter_behind_a_name_of_several_lists_them_and_the_next_opens_the_chosen(
    desk: OpenDesk, haste: float
) -> None:
    """It makes no difference whether the list came before the first Enter."""
    terminal = desk()
    terminal.send("vries 9468 41")
    terminal.settle(haste)
    terminal.send("\r")
    terminal.wait("klanten gevonden")
    assert all("Brinks" in line for line in terminal.text().splitlines() if "Vries," in line)
    terminal.press("enter")
    terminal.wait(block_of(PLAIN))


def test_nothing_found_says_what_to_do_and_keeps_the_text(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.type("qwxqwx")
    terminal.press("enter")
    terminal.wait("Geen klant gevonden met qwxqwx")
    # The text is selected: typing on replaces it.
    terminal.type("testa")
    terminal.wait("Testabo, T")


@pytest.mark.parametrize("key", ["f3", "v", "V"])
def test_the_previous_customer_is_one_key_away(desk: OpenDesk, key: str) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("f12")
    terminal.wait("klantnummer of naam")
    terminal.press(key)
    if key != "f3":
        terminal.press("enter")
    terminal.wait(block_of(PLAIN))


def test_open_customers_keep_their_tab_and_what_is_being_typed(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("8")
    terminal.wait("Laatst gebruikt")
    open_testabo(terminal)
    start_editing(terminal)
    terminal.press("tab")
    terminal.type("Q.Q.")
    terminal.wait("Q.Q.")
    for name, shown in (("J.M. de Vries", f"hoofdpas +Actief +{PLAIN}"), ("T. Testabo", "Q.Q.")):
        terminal.press("ctrl+o")
        terminal.wait("─ Wissel klant")
        choose(terminal, rf".*{name}.*")
        terminal.wait(shown)
    assert "Opslaan" in terminal.text()


def test_quitting_asks_and_names_who_is_not_saved(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    start_editing(terminal)
    terminal.press("tab")
    terminal.type("Q.Q.")
    terminal.press("ctrl+q")
    terminal.wait("(?s)Nog niet opgeslagen: .*Vries")
    press_until_gone(terminal, "enter", "─ Afsluiten")
    terminal.wait("Q.Q.")
    terminal.press("ctrl+q")
    terminal.wait("Ja, afsluiten")
    terminal.settle(0.2)
    terminal.press("down", "enter")
    assert terminal.wait_ended() == 0


def test_the_palette_finds_and_does_what_is_typed(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("ctrl+p")
    terminal.wait("typ een deel van de naam")
    terminal.send("passen\r")
    terminal.wait("hoofdpas +Actief")


def help_page(terminal: Terminal) -> str:
    """The first line of the help of where one is; the help is closed again."""
    terminal.settle(0.2)
    terminal.press("f1")
    terminal.wait(r"(?s)╭.*╰")
    terminal.settle(0.1)
    row = next(at for at, line in enumerate(terminal.text().splitlines()) if "╭─" in line)
    first = terminal.text().splitlines()[row + 1].partition("│")[2].strip("│ ")
    press_until_gone(terminal, "escape", "╭─")
    return first.partition("  ")[0]


def test_help_explains_each_screen(desk: OpenDesk) -> None:
    terminal = desk()
    pages = [help_page(terminal)]
    terminal.press("f2")
    terminal.wait("Voornaam/-letters")
    pages.append(help_page(terminal))
    open_plain(terminal)
    pages.append(help_page(terminal))
    assert pages == [first_line("nl", page) for page in ("desk", "search", "customer")]


def first_line(language: str, page: str) -> str:
    """The heading of a help page."""
    source = (PAGES / language / f"{page}.md").read_text(encoding="utf-8")
    return source.splitlines()[0].lstrip("# ")


def test_help_opens_over_a_pop_up_and_leaves_it_unanswered(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.scan(TESTABO)
    terminal.wait("Doorgaan")
    terminal.press("f1")
    terminal.wait("─ Hulp")
    press_until_gone(terminal, "escape", "─ Hulp")
    terminal.wait("─ Pas niet geldig!")


def test_the_key_of_help_closes_it_again(desk: OpenDesk) -> None:
    terminal = desk()
    for _again in range(2):
        terminal.press("f1")
        terminal.wait("─ Hulp")
        terminal.settle(0.1)
        terminal.press("f1")
        terminal.wait_gone("─ Hulp")


def test_the_language_switches_at_once_and_back(desk: OpenDesk) -> None:
    terminal = desk()
    for spoken, language in (("nl", "en"), ("en", "nl")):
        terminal.press("ctrl+p")
        terminal.wait("╭─")
        terminal.settle(0.2)
        text.use(spoken)
        terminal.type(text._(BY_ID["language.toggle"].label))
        press_until_gone(terminal, "enter", "╭─")
        assert help_page(terminal) == first_line(language, "desk")
