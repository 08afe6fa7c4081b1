"""Which of a library's desks is meant."""

from deskterm.rules.names import inert
from deskterm.services.errors import DeskError
from deskterm.text import _
from deskterm.views.desk import DeskView

_LONGEST = 60
"""Of a name that is said again."""


def chosen(places: tuple[DeskView, ...], wanted: str, branch: str) -> DeskView:
    """The desk that is meant by its name, by its branch, or by nothing at all.

    Raises DeskError when there is none; the hint names those there are.
    """
    before, slash, name = wanted.rpartition("/")
    branch = before if slash else branch
    fitting = [
        place
        for place in places
        if (not branch or place.branch.code == branch) and (not name or place.name == name)
    ]
    if fitting:
        return fitting[0]
    known = ", ".join(f"{place.branch.code}/{place.name}" for place in places[:20])
    # Over SSH the client says which desk it is.
    said = inert(f"{branch}/{name}" if branch else name)[:_LONGEST]
    raise DeskError(
        _("Deze bibliotheek heeft geen balie {desk}.").format(desk=said),
        _("Wel: {desks}. Zet de juiste in config.toml of achter --desk.").format(desks=known),
    )
