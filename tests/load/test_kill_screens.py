"""The program killed in the middle of enrolling, settling and editing at its screens."""

from pathlib import Path

import pytest

from bench.load.screens import kill_at_screens, practice_library, wrong

MOMENTS = 3
WHOLE = {
    "periods": 3, "enrolled": 1, "charged": 1, "jobs": 1, "accounts": 1, "links": 1, "mails": 1,
    "paid": 1, "payments": 1,
}  # fmt: skip


@pytest.mark.terminal
def test_a_program_killed_at_its_screens_leaves_whole_acts(tmp_path: Path) -> None:
    outcome = kill_at_screens(practice_library(tmp_path), tmp_path, MOMENTS, seed=5)
    assert outcome.faults == []
    assert outcome.moments == MOMENTS


@pytest.mark.parametrize(
    ("part", "count"),
    [
        ("periods", 4), ("periods", 2), ("enrolled", 0), ("charged", 2), ("jobs", 0),
        ("accounts", 2), ("links", 0), ("mails", 2), ("paid", 2), ("payments", 0),
    ],
)  # fmt: skip
def test_what_is_half_done_or_done_twice_is_seen(part: str, count: int) -> None:
    assert list(wrong(WHOLE)) == []
    assert list(wrong({**WHOLE, part: count})) != []
