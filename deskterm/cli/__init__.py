"""The command line: the same services without a screen, and the way to the screens."""

import sys
from collections.abc import Sequence

from deskterm.cli.endings import ending_well


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command; the answer is the exit status.

    0 done or found, 1 not done or not found, 2 wrong use, 130 interrupted by Ctrl+C.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    return ending_well(lambda: _carry_out(words))


def _carry_out(words: list[str]) -> int:
    from deskterm.cli.parser import parse

    options = parse(words)
    status: int = options.run(options)
    return status
