"""Dubbele klanten: searching that tells how far it is and can be stopped, and a list in pages."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from deskterm import services
from deskterm.app import DesktermApp
from deskterm.screens.merging import overview
from deskterm.screens.merging.pairs import PAGE, Listed, PairList
from deskterm.screens.session import Sessions
from deskterm.screens.waiting import Waiting
from deskterm.views.merging import Candidate, FoundPair, Pair
from tests.screens.apps import opened, press, until
from tests.screens.samples import SEED


def someone(number: int) -> Candidate:
    return Candidate(
        number, "Veld, E.", date(1966, 9, 18), "Brink 2", "9468 AB", "", "9401", "", 5,
        valid=True, why=(), score=90,
    )  # fmt: skip


def found(count: int) -> tuple[FoundPair, ...]:
    return tuple(FoundPair(2 * n, 2 * n + 1, ("born",), 90) for n in range(1, count + 1))


def rows_of(some: Sequence[FoundPair], gone: Sequence[int] = ()) -> tuple[Pair, ...]:
    return tuple(
        Pair(someone(one.one_id), someone(one.other_id), ("Geboortedatum",), one.score)
        for one in some
        if one.one_id not in gone
    )


def shown(app: DesktermApp) -> str:
    question = app.question
    return "\n".join(row.text for row in question.canvas.rows) if question else ""


class Searching:
    """Stands for the search: goes on until it is stopped or released."""

    def __init__(self) -> None:
        self.released = Event()
        self.ended = Event()
        self.calls = 0

    def pairs(
        self, _desk: object, *, progress: Callable[[int, int], None]
    ) -> tuple[FoundPair, ...]:
        try:
            while not self.released.wait(0.01):
                self.calls += 1
                progress(self.calls, 1_000_000)
            return found(3)
        finally:
            self.ended.set()


async def test_the_search_tells_how_far_it_is_and_esc_stops_it(
    small_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searching = Searching()
    async with opened(small_library, tmp_path) as app:
        monkeypatch.setattr(services.merging, "pairs", searching.pairs)
        app.work.start(overview.show(app))
        await until(lambda: isinstance(app.question, Waiting) and app.question.seen.is_set())
        await until(lambda: "van 1000000 klanten bekeken" in shown(app))
        press(app, "escape")
        await until(lambda: app.question is None)
        await until(searching.ended.is_set)


async def test_the_list_comes_in_pages_and_a_pair_that_is_none_goes_off_it(
    small_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def pair_rows(_desk: object, some: Sequence[FoundPair]) -> tuple[Pair, ...]:
        asked.append(len(some))
        return rows_of(some, gone=(2,))

    async with opened(small_library, tmp_path) as app:
        monkeypatch.setattr(services.merging, "pairs", lambda _desk, **_how: found(PAGE + 5))
        monkeypatch.setattr(services.merging, "pair_rows", pair_rows)
        app.work.start(overview.show(app))
        await until(lambda: isinstance(app.question, PairList))
        question: Any = app.question
        await until(lambda: question.chosen is not None)
        assert (asked, question.chosen.one.actor_id) == ([PAGE], 4)
        await until(lambda: question.shown_at < float("inf"))
        press(app, "alt+g")
        await until(lambda: bool(question.chosen.one.actor_id == 6))
        assert asked == [PAGE]
        press(app, "end")
        await until(lambda: asked == [PAGE, 5])
        await until(lambda: len(question.listed.pairs) == PAGE + 3)
        press(app, "escape")
        await until(lambda: app.question is None)


async def test_a_page_of_which_nothing_is_left_is_passed_over(
    small_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tuple(one.one_id for one in found(PAGE))
    monkeypatch.setattr(services.merging, "pair_rows", lambda _desk, some: rows_of(some, gone))
    async with opened(small_library, tmp_path) as app:
        listed = Listed(list(found(PAGE + 2)))
        await listed.read(app)
        assert [pair.one.actor_id for pair in listed.pairs] == [2 * PAGE + 2, 2 * PAGE + 4]
        listed.drop(listed.pairs[0])
        assert (len(listed.found), listed.at) == (1, 0)


async def test_nobody_twice_is_said(
    small_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(small_library, tmp_path) as app:
        monkeypatch.setattr(services.merging, "pairs", lambda _desk, **_how: ())
        app.work.start(overview.show(app))
        await until(lambda: "geen dubbele klanten gevonden" in shown(app))


@pytest.mark.parametrize("open_here", [(413700,), (413701,), (413700, 413701), ()])
def test_what_was_open_of_who_went_is_the_keepers(open_here: tuple[int, ...]) -> None:
    sessions = Sessions()
    for number in open_here:
        session = sessions.enter(replace(SEED, actor_id=number))
        session.overview = "money"
    sessions.previous_id = 413700
    keeper = replace(SEED, version=9, actor_id=413701)
    sessions.replace(413700, keeper)
    assert [one.view for one in sessions] == [keeper][: len(open_here)]
    assert [one.overview for one in sessions] == [""][: len(open_here)]
    assert sessions.previous_id == 413701
