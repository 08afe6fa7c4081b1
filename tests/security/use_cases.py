"""Every use case there is, found by looking, and something to call each of them with."""

import inspect
import pkgutil
from collections import abc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TextIO, Union, get_args, get_origin

from deskterm import services
from deskterm.rules.privacy import Terms
from deskterm.services.desk import Desk
from deskterm.views.accounts import FoundAccount
from deskterm.views.addresses import AskedAddress
from deskterm.views.enrolment import EnrolmentForm
from deskterm.views.forms import SearchForm, StaffForm
from deskterm.views.undoing import Undoable
from tests.services.library import TODAY

BESIDE_SERVICES = (
    "deskterm.setup.prices",
    "deskterm.transfer.exporting",
    "deskterm.transfer.importing",
)
"""Rooms that have use cases of their own, for the command line."""
_HELPERS = frozenset({"deskterm.services.trouble", "deskterm.services.desk"})
"""What use cases are made with."""
_PARTS = frozenset({"session", "connection", "logbook", "book", "customer"})
"""Who takes one of these works inside the transaction of a use case."""


@dataclass(frozen=True)
class UseCase:
    """A function that screens or commands call with their desk."""

    name: str
    function: Callable[..., Any]

    def __str__(self) -> str:
        return self.name

    def call(self, desk: Desk, folder: Path) -> None:
        """Call it with something of every kind that it asks for."""
        _call(self.function, desk, folder)


def all_use_cases() -> list[UseCase]:
    """Every public function of the services whose first argument is the desk."""
    names = [found.name for found in pkgutil.iter_modules(services.__path__) if not found.ispkg]
    modules = [f"deskterm.services.{name}" for name in names]
    found = {
        f"{module.removeprefix('deskterm.').removeprefix('services.')}.{name}": function
        for module in (*modules, *BESIDE_SERVICES)
        if module not in _HELPERS
        for name, function in _public(module).items()
    }
    return [UseCase(name, function) for name, function in sorted(found.items())]


def _public(module_name: str) -> Mapping[str, Callable[..., Any]]:
    module = import_module(module_name)
    own = [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module_name
        and not name.startswith("_")
    ]
    functions = {name: getattr(module, name) for name in getattr(module, "__all__", own)}
    return {name: one for name, one in functions.items() if _is_use_case(one)}


def _is_use_case(function: object) -> bool:
    if not inspect.isfunction(function):
        return False
    names = list(inspect.signature(function).parameters)
    return names[:1] == ["desk"] and not _PARTS & set(names)


def _call(function: Callable[..., Any], desk: Desk, folder: Path) -> None:
    parameters = list(inspect.signature(function).parameters.values())[1:]
    needed = [one for one in parameters if one.default is inspect.Parameter.empty]
    function(desk, **{one.name: _something(one.annotation, folder) for one in needed})


def _something(kind: Any, folder: Path) -> Any:
    """A value of a type; for texts a word that no list has, for numbers 1."""
    if kind == "str":
        kind = str  # As a module has it whose annotations are not evaluated.
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if get_origin(kind) in (UnionType, Union):
        return _something(get_args(kind)[0], folder)
    if get_origin(kind) is not None:
        return _EMPTY[get_origin(kind)]
    return _VALUES[kind](folder)


_EMPTY: dict[Any, Any] = {abc.Mapping: {}, abc.Collection: (), abc.Sequence: (), tuple: (1, 2)}
MOMENT = datetime(2026, 3, 15, tzinfo=UTC)
_VALUES: dict[Any, Callable[[Path], Any]] = {
    bool: lambda _folder: False,
    int: lambda _folder: 1,
    str: lambda _folder: "zomaar",
    bytes: lambda _folder: b"",
    date: lambda _folder: TODAY,
    Path: lambda folder: folder / "none.csv",
    TextIO: lambda _folder: StringIO(),
    Terms: lambda _folder: Terms(),
    AskedAddress: lambda _folder: AskedAddress("9468BG", "41"),
    EnrolmentForm: lambda _folder: EnrolmentForm("zomaar", "00"),
    FoundAccount: lambda _folder: FoundAccount("zomaar", "zomaar", "", active=True),
    SearchForm: lambda _folder: SearchForm(name="zomaar"),
    Undoable: lambda _folder: Undoable("booking", 1, 1, 1, "", "", MOMENT, TODAY),
    StaffForm: lambda _folder: StaffForm("1", "zomaar", "Zomaar", "01-01-1990", "ADMIN", "9401"),
}
