"""Progress: rate and time left on a terminal, a line per tenth elsewhere."""

import io

import pytest

from deskterm.cli.progress import Progress, clock_text


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_tells_rate_and_time_left() -> None:
    screen, clock = Screen(), Clock()
    progress = Progress("Klanten", screen, clock)
    clock.now += 10
    progress(250, 1000)
    progress.close()
    bar = screen.getvalue()
    assert "[######..................]" in bar
    assert " 25% 250/1000 25/s nog 0:30" in bar
    assert bar.endswith("\n")


def test_the_bar_is_redrawn_ten_times_a_second_at_most_and_at_the_end() -> None:
    screen, clock = Screen(), Clock()
    progress = Progress("Klanten", screen, clock)
    for done in range(1, 1001):
        clock.now += 0.001
        progress(done, 1000)
    assert 10 <= screen.getvalue().count("\r") <= 12
    assert "100% 1000/1000" in screen.getvalue()


def test_an_unknown_total_still_tells_what_is_done() -> None:
    screen, clock = Screen(), Clock()
    progress = Progress("Regels", screen, clock)
    clock.now += 2
    progress(500, 0)
    assert "Regels 500 250/s" in screen.getvalue()


def test_without_a_terminal_there_is_a_line_per_tenth() -> None:
    stream = io.StringIO()
    progress = Progress("Klanten", stream, Clock())
    for done in range(0, 1001, 10):
        progress(done, 1000)
    progress.close()
    lines = stream.getvalue().splitlines()
    assert lines[0] == "Klanten: 10% (100)"
    assert lines[-1] == "Klanten: 100% (1000)"
    assert len(lines) == 10


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (65.4, "1:05"), (3599.7, "1:00:00"), (3725, "1:02:05")]
)
def test_time_is_written_as_a_clock(seconds: float, shown: str) -> None:
    assert clock_text(seconds) == shown
