"""What is wrong with a set-up as a whole: names it uses that nothing has, names it uses twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlmodel import select

from deskterm.rules.rights import Role
from deskterm.setup.model import SetUp
from deskterm.store import tables
from deskterm.text import _

if TYPE_CHECKING:
    from sqlmodel import Session

Fault = tuple[str, str]
"""Where it stands and the sentence."""


def check(session: Session, setup: SetUp) -> tuple[Fault, ...]:
    """Every fault of the set-up beside what the store already has."""
    return (*_unknown_names(session, setup), *_staff_faults(session, setup))


def _unknown_names(session: Session, setup: SetUp) -> Iterator[Fault]:
    institutions = {row.code for row in setup.institutions}
    institutions |= set(session.exec(select(tables.Institution.code)))
    branches = {row.code for row in setup.branches} | set(session.exec(select(tables.Branch.code)))
    for branch in setup.branches:
        named = branch.institution_code
        if not named and len(institutions) != 1:
            yield f"branch {branch.code}", _("zeg bij welke instantie: institution_code")
        elif named and named not in institutions:
            yield f"branch {branch.code}", _("er is geen instantie {code}").format(code=named)
    for membership in setup.memberships:
        for tariff in membership.tariffs:
            if tariff.branch_code is not None and tariff.branch_code not in branches:
                yield f"membership {membership.code}", _no_branch(tariff.branch_code)
    for one in setup.staff:
        if one.branch_code not in branches:
            yield f"staff {one.actor_id}", _no_branch(one.branch_code)


def _staff_faults(session: Session, setup: SetUp) -> Iterator[Fault]:
    there = list(session.exec(select(tables.Staff)))
    taken = {one.username.casefold(): one.actor_id for one in there}
    cards = {one.card_number: one.actor_id for one in there if one.card_number}
    roles = {one.actor_id: one.role for one in there if one.active}
    for one in setup.staff:
        if taken.setdefault(one.username.casefold(), one.actor_id) != one.actor_id:
            yield (
                f"staff {one.actor_id}",
                _("gebruikersnaam {name} is al van een ander").format(name=one.username),
            )
        if one.card_number and cards.setdefault(one.card_number, one.actor_id) != one.actor_id:
            yield (
                f"staff {one.actor_id}",
                _("pas {number} is al van een ander").format(number=one.card_number),
            )
        roles[one.actor_id] = one.role
    if Role.ADMIN.name not in roles.values():
        yield "staff", _("er moet een beheerder zijn: iemand met role = ADMIN")


def _no_branch(code: str) -> str:
    return _("er is geen vestiging {code}").format(code=code)
