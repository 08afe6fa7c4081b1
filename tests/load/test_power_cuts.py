"""The power goes out: what was said to be done is there, and nothing is half done."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.load.powercut import Moment, cut_at_random, recorded, syncing_often
from bench.stores import copy_of

TURNS = int(os.environ.get("DESKTERM_POWER_TURNS", "60"))
CUTS = int(os.environ.get("DESKTERM_POWER_CUTS", "40"))


@pytest.fixture(scope="module")
def moments(busy_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Moment]]:
    """A desk that worked, through several times that its log was brought into the file."""
    folder = tmp_path_factory.mktemp("power")
    with syncing_often():
        yield recorded(copy_of(busy_library, "power.db", folder), TURNS)


def test_a_power_cut_leaves_whole_acts_and_all_that_were_told(
    moments: list[Moment], tmp_path: Path
) -> None:
    assert cut_at_random(moments, tmp_path, CUTS, seed=11) == []
    assert len({moment.log[:32] for moment in moments}) > 2


def test_what_was_synced_and_is_lost_is_seen(moments: list[Moment], tmp_path: Path) -> None:
    """A disk that lies about syncing: then the proof has to say so."""
    first = next(moment for moment in moments if moment.told.paid)
    late = Moment(first.data, first.log, moments[-1].told)
    assert any("lost" in fault for fault in cut_at_random([late, late], tmp_path, 4, seed=1))
