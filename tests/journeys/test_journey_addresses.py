"""Addresses at the desk: postcode and number bring the street, and nothing holds up the typing."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from tests.accounts.exchanges import Reply
from tests.addresses.registers import (
    Say,
    adres,
    as_json,
    flanders,
    host,
    pdok,
    pdok_doc,
    pdok_said,
    register,
)
from tests.journeys.account_steps import RealDesk
from tests.journeys.enrol_steps import back_to_the_form, enrol_somebody, to_the_costs
from tests.journeys.steps import (
    block_of,
    choose,
    field_text,
    fill_in,
    go_to_field,
    open_plain,
    rows_of,
    start_editing,
)
from tests.ports import free_port
from tests.terminal import Terminal

DOOR = {"straatnaam": "Brink", "postcode": "9401HS", "woonplaatsnaam": "Assen"}
"""An address that no customer of the practice library has."""
FLEMISH = "23550000000015"
"""Mevr. Vandenbroucke, of Zottegem."""


def settings(url: str, lookup: str = "pdok") -> str:
    """A library that looks addresses up, in a test on a machine with other work."""
    return f'[address]\nlookup = "{lookup}"\nurl = "{url}"\nbudget_s = 10.0\n'


@contextmanager
def at_desk(practice: Path, say: Say, lookup: str = "pdok") -> Iterator[Terminal]:
    """A desk of a library with a register that answers so."""
    with register(say) as stub, RealDesk(practice, settings(host(stub), lookup)).open() as terminal:
        yield terminal


def type_door(terminal: Terminal, postcode: str = "9401hs", number: str = "1") -> None:
    """Postcode and number, and on to the next field."""
    fill_in(terminal, "Postcode", postcode)
    fill_in(terminal, "Huisnummer", number)
    terminal.press("tab")


def test_the_street_appears_and_can_be_typed_over(practice: Path) -> None:
    with at_desk(practice, pdok(pdok_doc(1, **DOOR))) as terminal:
        enrol_somebody(terminal)
        type_door(terminal)
        terminal.wait("Volgens PDOK")
        assert field_text(terminal, "Straat") == "Brink"
        assert field_text(terminal, "Plaats") == "Assen"
        fill_in(terminal, "Straat", "Markt")
        terminal.press("tab")
        terminal.settle()
        assert field_text(terminal, "Straat") == "Markt"
    with rows_of(practice) as connection:
        kept = connection.execute("SELECT street, place, source FROM known_address").fetchall()
    assert kept == [("Brink", "Assen", "pdok")]


def test_one_of_several_doors_is_chosen_with_a_key(practice: Path) -> None:
    doors = [pdok_doc(1, behind, **DOOR) for behind in ("", "A", "B")]
    with at_desk(practice, pdok(*doors)) as terminal:
        enrol_somebody(terminal)
        type_door(terminal)
        terminal.wait("3 adressen: Alt\\+P kiest\\. Volgens PDOK")
        assert field_text(terminal, "Straat") == "Brink"
        assert field_text(terminal, "Toevoeging") == ""
        terminal.press("alt+p")
        choose(terminal, "Brink 1 B, Assen")
        terminal.wait(lambda _text: field_text(terminal, "Toevoeging") == "B")


def test_typing_goes_on_while_a_register_is_silent_and_a_late_answer_forces_nothing(
    practice: Path,
) -> None:
    go = Event()

    def say(_path: str, _query: Mapping[str, list[str]]) -> Reply:
        def talk(client: socket.socket) -> None:
            go.wait(60)
            client.sendall(as_json(pdok_said(pdok_doc(1, **DOOR))))

        return talk

    with at_desk(practice, say) as terminal:
        enrol_somebody(terminal)
        type_door(terminal)
        fill_in(terminal, "Straat", "Markt")
        go.set()
        terminal.wait("Brink 1, Assen\\? Alt\\+P neemt het over\\. Volgens PDOK")
        assert field_text(terminal, "Straat") == "Markt"
        assert field_text(terminal, "Plaats") == "Assen"
        terminal.press("alt+p")
        terminal.wait(lambda _text: field_text(terminal, "Straat") == "Brink")


def test_a_register_that_is_down_is_said_in_one_line_and_neighbours_help(practice: Path) -> None:
    down = settings(f"http://127.0.0.1:{free_port()}")
    with RealDesk(practice, down).open() as terminal:
        enrol_somebody(terminal)
        type_door(terminal)
        terminal.wait("PDOK is niet bereikbaar\\. Typ straat en plaats zelf\\.")
        fill_in(terminal, "Straat", "Markt")
        type_door(terminal, "9468 BG", "41")
        terminal.wait("Kruisakkers, ANNEN\\? Alt\\+P neemt het over\\. Niet gecontroleerd\\.")
        # What staff typed stays; what is known is a key away.
        assert field_text(terminal, "Straat") == "Markt"
        terminal.press("alt+p")
        terminal.wait(lambda _text: field_text(terminal, "Straat") == "Kruisakkers")


def test_a_customer_who_moved_gets_the_new_street_offered(practice: Path) -> None:
    with at_desk(practice, pdok(pdok_doc(1, **DOOR))) as terminal:
        open_plain(terminal)
        start_editing(terminal)
        go_to_field(terminal, "Straat")
        before = field_text(terminal, "Straat")
        fill_in(terminal, "Huisnummer", "1")
        fill_in(terminal, "Postcode", "9401HS")
        terminal.press("tab")
        terminal.wait("Brink 1, Assen\\? Alt\\+P neemt het over")
        assert field_text(terminal, "Straat") == before
        terminal.press("alt+p")
        terminal.wait(lambda _text: field_text(terminal, "Straat") == "Brink")
        assert field_text(terminal, "Plaats") == "Assen"


def test_what_no_register_may_be_asked_is_said_by_its_field(practice: Path) -> None:
    with at_desk(practice, pdok(pdok_doc(1, **DOOR))) as terminal:
        enrol_somebody(terminal)
        type_door(terminal, "9401HS OR *")
        terminal.wait("Postcode: 9401HS OR \\* is geen postcode")
        assert field_text(terminal, "Straat") == ""


def test_names_with_escapes_are_drawn_as_text(practice: Path) -> None:
    evil = {**DOOR, "straatnaam": "\x1b[31m[red]Brink\x1b]0;x\x07", "woonplaatsnaam": "[/]Assen"}
    with at_desk(practice, pdok(pdok_doc(1, **evil))) as terminal:
        enrol_somebody(terminal)
        type_door(terminal)
        terminal.wait("Straat\\* +\\[red\\]Brink")
        assert field_text(terminal, "Plaats") == "[/]Assen"


def test_saving_waits_for_the_street_that_is_on_its_way(practice: Path) -> None:
    with at_desk(practice, pdok(pdok_doc(1, **DOOR))) as terminal:
        enrol_somebody(terminal)
        fill_in(terminal, "Achternaam", "Nieuweling")
        fill_in(terminal, "Geboortedatum", "01-01-1985")
        fill_in(terminal, "Postcode", "9401HS")
        fill_in(terminal, "Huisnummer", "1")
        terminal.press("ctrl+s")
        to_the_costs(terminal)
        back_to_the_form(terminal)
        assert field_text(terminal, "Straat") == "Brink"


def test_in_flanders_the_postcode_brings_the_place_and_half_a_street_is_written_out(
    practice: Path,
) -> None:
    streets = ("Acacialaan, 2630 Aartselaar", "Acaciapark, 2630 Aartselaar")
    with at_desk(practice, flanders(streets=streets), "vlaanderen") as terminal:
        enrol_somebody(terminal)
        terminal.wait("Land +België")
        fill_in(terminal, "Postcode", "2630")
        terminal.press("tab")
        terminal.wait("Straat en plaats volgens het Vlaamse adressenregister")
        assert (field_text(terminal, "Straat"), field_text(terminal, "Plaats")) == (
            "", "Aartselaar",
        )  # fmt: skip
        fill_in(terminal, "Huisnummer", "4")
        fill_in(terminal, "Straat", "acac")
        terminal.press("tab")
        terminal.wait("2 adressen: Alt\\+P kiest")
        terminal.press("alt+p")
        choose(terminal, "Acaciapark, Aartselaar")
        terminal.wait(lambda _text: field_text(terminal, "Straat") == "Acaciapark")
        assert field_text(terminal, "Huisnummer") == "4"


def test_a_flemish_customer_who_moved_gets_the_box_offered(practice: Path) -> None:
    doors = [adres("Bellevue", "5", box) for box in ("", "0001")]
    with at_desk(practice, flanders(*doors), "vlaanderen") as terminal:
        terminal.scan(FLEMISH)
        terminal.wait(block_of(FLEMISH))
        start_editing(terminal)
        fill_in(terminal, "Straat", "bellevue")
        fill_in(terminal, "Huisnummer", "5")
        fill_in(terminal, "Postcode", "2630")
        terminal.press("tab")
        terminal.wait("2 adressen: Alt\\+P kiest")
        terminal.press("alt+p")
        choose(terminal, "Bellevue 5 bus 0001, Aartselaar")
        terminal.wait(lambda _text: field_text(terminal, "Toevoeging") == "bus 0001")
        assert field_text(terminal, "Straat") == "Bellevue"
        assert field_text(terminal, "Plaats") == "Aartselaar"
