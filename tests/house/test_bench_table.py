"""The table of the benchmarks judges each row by the right number."""

import pytest

from bench.flood import opened_cards
from bench.table import Row, p95, rendered


def test_p95_leaves_five_of_a_hundred_out() -> None:
    assert p95([float(n) for n in range(1, 101)]) == 95
    assert p95([7.0]) == 7


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (Row("start", 280, "ms", bar=1.4, floor=200), "yes"),
        (Row("start", 281, "ms", bar=1.4, floor=200), "NO"),
        (Row("scan", 30, "ms", bar=30), "yes"),
        (Row("scan", 30.1, "ms", bar=30), "NO"),
        (Row("lost", 1, "scans", bar=0), "NO"),
    ],
)
def test_a_row_says_whether_its_bar_holds(row: Row, verdict: str) -> None:
    assert row.cells()[5] == verdict


def test_the_table_is_markdown() -> None:
    lines = rendered([Row("scan to customer", 12.34, "ms", 30, note="n 5")]).splitlines()
    assert len(lines) == 3
    assert len({len(line) for line in lines}) == 1
    assert "| 12.3 ms" in lines[2]


def test_an_opened_customer_is_known_by_its_header_and_not_by_the_queue() -> None:
    painted = (
        b"\x1b[5;1H2 scans wachten: 25280000000017 29401000000015"
        b"\x1b[3;2H\x1b[1;37m29401000075868\x1b[0m [413700]"
    )
    assert opened_cards(painted) == {"29401000075868"}
