"""What the guides tell people to type is what the program takes."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.cli import parser

ROOT = Path(__file__).parents[2]
GUIDES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
PLACEHOLDERS = {"NUMBER": "1", "ACTOR_ID": "413700"}
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
_ENDS = {"|", "&&", ">", ">>"}


def commands(text: str) -> Iterator[list[str]]:
    """The words behind `deskterm` in every command of a guide."""
    for block in _BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            lexer = shlex.shlex(line, posix=True, punctuation_chars="|&>")
            lexer.whitespace_split = True
            yield from _commands_of(["", *lexer, ""])


def _commands_of(words: list[str]) -> Iterator[list[str]]:
    for at, word in enumerate(words[:-1]):
        # The user to whom the data belong is called so too: `-u deskterm`, or before a program.
        is_user = words[at - 1].startswith("-") or words[at + 1].startswith("/")
        if (word == "deskterm" or word.endswith("/bin/deskterm")) and not is_user:
            rest = words[at + 1 : -1]
            end = next((n for n, one in enumerate(rest) if one in _ENDS), len(rest))
            yield [PLACEHOLDERS.get(one, one) for one in rest[:end]]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_command_of_a_guide_is_one(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Files of a server that is set up are not here.
    monkeypatch.setattr(Path, "is_file", lambda _file: True)
    wrong = []
    for words in commands(guide.read_text(encoding="utf-8")):
        try:
            parser.build(words).parse_args(words)
        except SystemExit as ending:
            if ending.code:
                wrong.append(words)
    assert wrong == []


def test_commands_are_found_wherever_they_stand() -> None:
    text = """```sh
deskterm
sudo -u deskterm /opt/bin/deskterm check \\
  --store x  # of the server
deskterm store role desks | psql
0 3 * * *  deskterm  /opt/bin/deskterm backup "a b" > log
```
"""
    found = [[], ["check", "--store", "x"], ["store", "role", "desks"], ["backup", "a b"]]
    assert list(commands(text)) == found
