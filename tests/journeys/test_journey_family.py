"""The family on one screen, moving house, returned post, and who has died."""

from tests.journeys.steps import (
    OpenDesk,
    block_of,
    choose,
    open_plain,
    press_until_gone,
)

FATHER = "29401000075884"


def test_enter_goes_to_one_of_the_family_and_back(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("ctrl+g")
    terminal.wait(r"Vries, S\. de \(Sem\) +11 kind +Jeugd +0 +0,00")
    terminal.wait(r"Samen +3 +0,00")
    terminal.press("down", "enter")
    terminal.wait(block_of(FATHER))
    terminal.press("f3")
    terminal.wait("deze klant")
    terminal.press("escape")
    terminal.wait("Woonplaats")


def test_the_family_of_who_is_in_a_list_is_one_key_away(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.type("vries 9468 41")
    terminal.wait(r"Vries, P\. de")
    terminal.press("ctrl+g")
    terminal.wait("deze klant")
    assert terminal.text().count("Vries") > 4
    terminal.press("ctrl+r")
    terminal.wait("klantnummer of naam")
    terminal.wait(r"Vries, P\. de")


def test_a_payer_is_made_and_taken_away_again(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("ctrl+g")
    terminal.wait("deze klant")
    terminal.press("down", "f8")
    terminal.wait("Betaler van")
    choose(terminal, "Betaler van Johanna Maria de Vries")
    terminal.wait("betaler, partner")
    terminal.press("f8")
    terminal.wait("Relatie verwijderen")
    choose(terminal, "Relatie verwijderen")
    choose(terminal, "Pieter de Vries betaalt voor Johanna Maria de Vries")
    terminal.wait("Ja, verwijderen")
    choose(terminal, "Ja, verwijderen")
    terminal.wait_gone("betaler, partner")
    terminal.wait(r"54 partner ")


def test_a_circle_is_refused_in_a_sentence(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("ctrl+g")
    terminal.wait("deze klant")
    terminal.press("down", "down", "f8")
    terminal.wait("Relatie toevoegen")
    choose(terminal, "Relatie toevoegen")
    choose(terminal, "Sanne de Vries is ouder of verzorger van Johanna Maria de Vries")
    terminal.wait("is niet ouder dan")


def test_a_relation_with_somebody_elsewhere_is_made_by_number(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("ctrl+g")
    terminal.wait("deze klant")
    terminal.press("f8")
    terminal.wait("Relatie met iemand anders")
    choose(terminal, "Relatie met iemand anders")
    terminal.wait("Pasnummer, actor-id of naam")
    terminal.type("413700")
    terminal.press("enter")
    terminal.wait("Met wie")
    press_until_gone(terminal, "enter", "Met wie")
    choose(terminal, "Testabo, T. is partner van Johanna Maria de Vries")
    terminal.wait(r"Testabo, T\. +39 partner")
