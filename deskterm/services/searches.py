"""Searches of customers that staff keep under a name, to be carried out again."""

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from deskterm.rules.names import inert
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotFound
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import reading_rows, writing
from deskterm.text import _
from deskterm.views.forms import SearchForm
from deskterm.views.series import KeptSearch

if TYPE_CHECKING:
    from deskterm.store.tables import SavedSearch

LONGEST_NAME = 40


def kept(desk: Desk) -> tuple[KeptSearch, ...]:
    """Give the searches that were kept, by name."""
    from sqlmodel import col, select

    from deskterm.store.tables import SavedSearch

    desk.require(Right.CUSTOMER_READ)
    with reading_rows(desk) as session:
        query = select(SavedSearch).order_by(col(SavedSearch.name))
        return tuple(KeptSearch(row.name, _form(row)) for row in session.exec(query))


def keep(desk: Desk, name: str, form: SearchForm) -> None:
    """Keep a search under a name; one that has the name already makes place for it.

    Raises:
        DeskError: no name, one that is too long, or a search for nothing.
    """
    from deskterm.store.tables import SavedSearch

    desk.require(Right.CUSTOMER_EDIT)
    name = " ".join(inert(name).split())
    if not name or len(name) > LONGEST_NAME:
        raise DeskError(_("Geef een naam van hoogstens {most} tekens.").format(most=LONGEST_NAME))
    if form == SearchForm(include_ended=form.include_ended):
        raise DeskError(_("Vul eerst iets in om op te zoeken."))
    with writing(desk) as session:
        row = session.get(SavedSearch, name) or SavedSearch(name=name, asked="")
        logbook = Logbook(desk, session)
        row.asked, row.at = json.dumps(asdict(form)), logbook.at
        row.staff_id = (desk.staff.id or None) if desk.staff else None
        session.add(row)
        logbook.line("search.keep", new=name)


def drop(desk: Desk, name: str) -> None:
    """Forget a search; raises NotFound when it is gone already."""
    from deskterm.store.tables import SavedSearch

    desk.require(Right.CUSTOMER_EDIT)
    with writing(desk) as session:
        row = session.get(SavedSearch, name)
        if row is None:
            raise NotFound(_("Deze zoekvraag is er niet meer."))
        session.delete(row)
        Logbook(desk, session).line("search.drop", old=name)


def _form(row: "SavedSearch") -> SearchForm:
    """Read a search back, also one of a version with other fields."""
    asked = json.loads(row.asked)
    return SearchForm(
        **{one.name: asked[one.name] for one in fields(SearchForm) if one.name in asked}
    )
