"""Enrolling, in steps that a journey is told with."""

from tests.journeys.steps import go_on, press_until_gone
from tests.terminal import Terminal


def enrol_somebody(terminal: Terminal) -> None:
    """Alt+T and the customer type: an empty data form."""
    terminal.press("alt+t")
    go_on(terminal, "Klanttype")
    terminal.wait("Nieuwe klant met klanttype")


def open_form(terminal: Terminal) -> None:
    """Alt+I and the customer type: the data form of the open customer."""
    terminal.press("alt+i")
    go_on(terminal, "Klanttype")
    terminal.wait("Ctrl\\+S Opslaan")


def to_the_costs(terminal: Terminal) -> None:
    """The membership that stands first, and what it costs."""
    go_on(terminal, "Abonnement kiezen")
    terminal.wait("Opbouw abonnementskosten")


def back_to_the_form(terminal: Terminal) -> None:
    """Esc at the costs and at the memberships."""
    press_until_gone(terminal, "escape", "Opbouw abonnementskosten")
    press_until_gone(terminal, "escape", "─ Abonnement kiezen")


def save(terminal: Terminal) -> None:
    """Opslaan at the costs, which only Ctrl+S does."""
    press_until_gone(terminal, "ctrl+s", "Opbouw abonnementskosten")
