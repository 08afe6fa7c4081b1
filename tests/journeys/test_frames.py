"""The main screens are as they were agreed on; `python -m tests.frames` writes them anew."""

from pathlib import Path

import pytest

from tests.frames import FOLDER, SCENES, frame, stored


@pytest.mark.parametrize("name", SCENES)
def test_a_screen_is_as_it_was(practice: Path, name: str) -> None:
    assert frame(name, practice) == stored(name).read_text(encoding="utf-8")


def test_no_frame_is_left_of_a_scene_that_went(practice: Path) -> None:
    assert {file.stem for file in FOLDER.iterdir()} == set(SCENES)
