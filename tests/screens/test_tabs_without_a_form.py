"""Wijzig on a tab without a form says where its actions are."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.headless import Headless, scanned
from tests.screens.playing import PLAIN


@pytest.fixture
def desk(small_library: Path, tmp_path: Path) -> Iterator[Headless]:
    """A desk with a customer on the screen."""
    desk = Headless(Path(shutil.copy(small_library, tmp_path / "practice.db")))
    desk.press(*scanned(PLAIN, "enter"))
    yield desk
    desk.close()


@pytest.mark.parametrize(("tab", "said"), [("1", "niets te typen: F8"), ("8", "Kies een regel")])
def test_the_actions_are_behind_f8(desk: Headless, tab: str, said: str) -> None:
    desk.press(tab)
    desk.rest()
    desk.press("alt+w")
    assert said in desk.notice()
