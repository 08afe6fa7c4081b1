"""Load beforehand what the first save would have to load while somebody waits for it.

A third of a second in all, which looking up does without. It goes in parts, each to be called in
the one thread that also carries out what changes things: SQLAlchemy's modules import each other in
a circle, and two threads that enter it at different places get halves of modules.
"""

from collections.abc import Callable


def _database() -> None:
    import sqlalchemy  # noqa: F401


def _rows() -> None:
    import sqlmodel  # noqa: F401


def _tables() -> None:
    from sqlalchemy.orm import configure_mappers

    from deskterm.store import tables  # noqa: F401

    configure_mappers()


def _use_cases() -> None:
    from deskterm.services import (  # noqa: F401
        acknowledge,
        cards,
        editing,
        enrolment,
        memberships,
        roles,
        settling,
    )


PARTS: tuple[Callable[[], None], ...] = (_database, _rows, _tables, _use_cases)
"""To be called in this order once the desk is quiet; a scan waits for one of them at most."""
