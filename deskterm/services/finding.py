"""Find customers: by what is typed on the desk line, by the Search screen."""

from datetime import date

from deskterm.rules.cards import clean
from deskterm.rules.dates import parse_date
from deskterm.rules.faults import RuleFault
from deskterm.rules.names import inert
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.errors import FormFaults
from deskterm.services.trouble import reading
from deskterm.store import search as store_search
from deskterm.text import _
from deskterm.views.forms import SearchForm
from deskterm.views.lists import FoundPage

_LONGEST = 200
"""No name or address is longer; what a mispaste adds behind it is not looked for."""


def find(
    desk: Desk,
    text: str,
    *,
    include_ended: bool = True,
    after: str | None = None,
    limit: int = 100,
) -> FoundPage:
    """Find customers by any part of a name, with house number, postcode or birth date behind it.

    `after` is the `next_key` of the page before. A text without a letter or digit finds nobody.
    """
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        found, following = store_search.find(
            connection,
            _tidy(text),
            today=desk.today,
            include_ended=include_ended,
            after=after,
            limit=limit,
        )
    return FoundPage(found, following)


def search(
    desk: Desk, form: SearchForm, *, after: str | None = None, limit: int = 100
) -> FoundPage:
    """Find who matches every field that is filled in; an empty form finds nobody.

    Raises:
        FormFaults: the date of birth is none.
    """
    desk.require(Right.CUSTOMER_READ)
    terms = store_search.SearchTerms(
        number=clean(_tidy(form.number)),
        external_number=_tidy(form.external_number),
        name=_tidy(form.name),
        given_name=_tidy(form.given_name),
        born=_born(_tidy(form.born), desk.today),
        postcode=_tidy(form.postcode),
        house_number=_tidy(form.house_number),
        street=_tidy(form.street),
        place=_tidy(form.place),
        phone=_tidy(form.phone),
        email=_tidy(form.email),
        branch_code=_tidy(form.branch),
        item_number=clean(_tidy(form.item_number)),
        include_ended=form.include_ended,
    )
    with reading(desk) as connection:
        found, following = store_search.search(
            connection, terms, today=desk.today, after=after, limit=limit
        )
    return FoundPage(found, following)


def _tidy(text: str) -> str:
    return " ".join(inert(text).split())[:_LONGEST]


def _born(text: str, today: date) -> date | None:
    if not text:
        return None
    try:
        return parse_date(text, today, birth=True)
    except RuleFault as fault:
        raise FormFaults((("born", _(fault.msgid).format(**fault.params)),)) from fault
