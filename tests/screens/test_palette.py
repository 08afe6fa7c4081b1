"""The palette offers what is possible where one is, and nothing else."""

from pathlib import Path

from deskterm.keys import BY_ID, Where
from deskterm.screens.palette import Palette
from tests.screens.apps import opened


async def test_it_offers_what_belongs_to_the_place(small_library: Path, tmp_path: Path) -> None:
    async with opened(small_library, tmp_path) as app:
        offered = [action.id for action in Palette(app).possible]
        assert {"customer.search", "customer.add", "help.show"} <= set(offered)
        assert len(offered) == len(set(offered))
        for name in offered:
            assert {Where.DESK, Where.EVERYWHERE} & set(BY_ID[name].where), name
        assert [name for name in offered if app.main.why_not(name)] == []
