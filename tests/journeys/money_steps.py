"""Money at the desk, in steps that a journey is told with."""

from tests.journeys.steps import choose, do_with_row, press_until_gone
from tests.terminal import Terminal


def charge_five(terminal: Terminal) -> None:
    """Alt+G, and a charge of five euros by hand."""
    terminal.press("alt+g")
    terminal.wait("Openstaand")
    do_with_row(terminal, "Nieuwe post")
    choose(terminal, "2803 Nieuwe pas")
    terminal.wait("╭─ Omschrijving")
    terminal.type("5")
    terminal.press("enter")
    press_until_gone(terminal, "enter", "╭─ Omschrijving")
    terminal.wait("registratie +5,00")


def to_the_means(terminal: Terminal, amount: str = "") -> None:
    """Type an amount over the total, see the change, and come where it is chosen how."""
    terminal.type(amount)
    press_until_gone(terminal, "enter", "╭─ Ontvangen")
    terminal.wait("Terug ")
    press_until_gone(terminal, "enter", "│ +OK")
    terminal.wait("Hoe\\?")
