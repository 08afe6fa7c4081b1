"""What is installed is what was tested."""

import re
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FROZEN = dict(
    line.lower().split("==")
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
)
DIRECT = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]


def test_every_direct_dependency_is_pinned_to_what_is_frozen() -> None:
    for requirement in DIRECT:
        pinned = re.match(r"([\w-]+)(?:\[\w+\])?==([\w.]+)(; platform_system.*)?$", requirement)
        assert pinned, f"{requirement} is not pinned"
        name, version, elsewhere = pinned.groups()
        assert elsewhere or FROZEN.get(name.lower()) == version, requirement


def test_the_frozen_set_is_names_and_versions_only() -> None:
    assert [name for name in FROZEN if not re.fullmatch(r"[\w.-]+", name)] == []
    assert [version for version in FROZEN.values() if not re.fullmatch(r"[\w.]+", version)] == []


def test_every_dependency_of_the_program_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for requirement in PROJECT["dependencies"]:
        assert re.search(rf'"{re.escape(requirement)}", +# \S', text), requirement
