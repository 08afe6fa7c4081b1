"""While a PIN is checked, which takes a while, the screen says so."""

from pathlib import Path

import pytest

from deskterm import services
from deskterm.screens import sign_in
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from tests.screens.apps import opened


async def test_a_pin_that_is_being_checked_is_no_empty_screen(
    small_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(small_library, tmp_path) as app:
        seen: list[str] = []

        def refuse(_desk: Desk, name: str, pin: str) -> None:
            seen.append(app.main._notice[0])
            raise DeskError(f"{name} {pin}")

        monkeypatch.setattr(services.staff, "sign_in", refuse)
        with pytest.raises(DeskError, match="9001 0000"):
            await sign_in._checked(app, {"name": " 9001 ", "pin": "0000"})
        assert seen == ["De pincode wordt gecontroleerd."]
        assert app.main._notice[0] == ""
