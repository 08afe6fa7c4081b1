"""Use cases: one function is one use case is one transaction.

Submodules are imported when they are first used, so that the screen is painted before the
database library is loaded (it costs as much as all of Textual).
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskterm.services import (  # noqa: F401
        acknowledge,
        cards,
        editing,
        finding,
        libraries,
        opening,
        overviews,
        staff,
    )


def __getattr__(name: str) -> ModuleType:
    if name.startswith("_"):
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
