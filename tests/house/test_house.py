"""The house rules that no linter knows."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "deskterm"
SOURCES = sorted(
    file for room in ("deskterm", "tests", "bench") for file in (ROOT / room).rglob("*.py")
)
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 40
# Where files of one machine or hosts of one network would show.
FOREIGN = re.compile(
    r"(?<![\w.:/])/(?:work|root|tmp|Users)/[\w.]|pypi\.|registry\.|--index-url", re.IGNORECASE
)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_files_and_functions_are_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= MOST_LINES
    if "versions" in path.parts:
        return  # A migration is one list of statements in the order they must run.
    # What a function does is counted, not its docstring.
    long = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = node.end_lineno - body[0].lineno + 1 if body else 0
            if lines > MOST_LINES_OF_A_FUNCTION:
                long.append(f"{node.name}: {lines} lines")
    assert long == []


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their whole path"
            found.add(node.module or "")
    return found


@pytest.mark.parametrize(
    "room", ["rules", "views", "keys.py", "keys_file.py", "scan.py", "strokes.py", "text.py"]
)
def test_the_pure_rooms_need_the_standard_library_alone(room: str) -> None:
    place = PACKAGE / room
    files = [place] if place.suffix else list(place.rglob("*.py"))
    assert files
    # Views carry the enumerations of the rules, which are as pure.
    allowed = {
        "views": "deskterm.rules", "keys_file.py": "deskterm.keys", "scan.py": "deskterm.strokes",
    }  # fmt: skip
    ours = (f"deskterm.{place.stem}", allowed.get(room, f"deskterm.{place.stem}"))
    foreign = {
        name
        for file in files
        for name in imports_of(file)
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith(ours)
    }
    assert foreign == set()


def test_http_is_spoken_in_one_file_of_a_room() -> None:
    speakers = {relative(path) for path in PACKAGE.rglob("*.py") if "httpx" in imports_of(path)}
    assert speakers == {"deskterm/accounts/scim_wire.py", "deskterm/addresses/wire.py"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=relative)
def test_every_room_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def texts_of_the_repository() -> list[Path]:
    folders = (ROOT / name for name in (".ci", "bench", "data", "deskterm", "docs", "tests"))
    files = [file for folder in folders for file in folder.rglob("*")]
    files += [file for file in ROOT.iterdir() if file.suffix in (".md", ".toml", ".txt", "")]
    return sorted(
        file
        for file in files
        if file.is_file() and file.suffix not in (".mo", ".pyc") and file != Path(__file__)
    )


def test_nothing_of_one_machine_or_network_is_in_the_repository() -> None:
    found = [
        f"{relative(path)}:{number}: {line.strip()}"
        for path in texts_of_the_repository()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if FOREIGN.search(line)
    ]
    assert found == []
