"""Whether a deed can still be taken back."""

from typing import TYPE_CHECKING

from deskterm.services.deeds.recording import DeedKind
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotFound
from deskterm.text import _, date_text

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Deed


def standing_deed(desk: Desk, session: "Session", deed_id: int, kind: DeedKind) -> "Deed":
    """Read a deed that is to be taken back.

    Raises:
        NotFound: there is no such deed.
        DeskError: it was undone already, or its last day has passed.
    """
    from deskterm.store.tables import Deed

    deed = session.get(Deed, deed_id)
    if deed is None or deed.kind != kind:
        raise NotFound(_("Dit is hier niet gedaan."), _("Kies het opnieuw uit de lijst."))
    if deed.undone_at is not None:
        raise DeskError(_("Dit is al hersteld."), _("Kies het opnieuw uit de lijst."))
    if desk.today > deed.until_on or deed.emptied_at is not None:
        raise DeskError(
            _("Herstel kon tot en met {day}.").format(day=date_text(deed.until_on)),
            _("Wijzig de gegevens met de hand."),
        )
    return deed


def mark_undone(desk: Desk, deed: "Deed") -> None:
    """Let a deed count as undone: by whom and when."""
    deed.undone_at = desk.clock.now()
    deed.undone_by = (desk.staff.id or None) if desk.staff else None
