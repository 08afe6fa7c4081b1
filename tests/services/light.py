"""A look-up in a process of its own, which imports no more than the desk does for it."""

from datetime import date

from deskterm.services import finding, opening
from deskterm.services.desk import DayClock, Desk
from deskterm.services.staff import MACHINE
from deskterm.store.engine import open_store
from deskterm.views.desk import BranchView, DeskView


def look_up(file: str) -> None:
    """Open, find and refresh a customer."""
    place = DeskView(1, "balie1", BranchView("9401", "Annen", "1001"))
    desk = Desk(open_store(file), DayClock(date(2026, 3, 15)), place, MACHINE)
    opening.open_text(desk, "413700")
    finding.find(desk, "test")
    opening.refresh(desk, 413700)
    desk.store.close()
