"""What the log tells of the queue: numbers and codes, never whose."""

import logging

import pytest

from deskterm.accounts.model import Rejected, Unavailable, UsernameTaken
from deskterm.accounts.refreshing import refresh_due
from deskterm.store.tables import LoginAccount
from tests.accounts.hall import CARD, EMAIL, TESTABO, Hall, code_of
from tests.accounts.providers import Troubled


def test_no_name_address_or_code_is_logged(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    hall.job()
    hall.run(Troubled(hall, [UsernameTaken(), Unavailable()], swallows=True))
    hall.clock.pass_by(minutes=1)
    hall.run()
    hall.clock.pass_by(minutes=15)
    refresh_due(hall.store, Troubled(hall, [Unavailable()]), hall.clock)
    hall.provider.activate("wrong")
    code = code_of(hall)
    hall.provider.activate(code)
    other = hall.customer(2, surname="Smit")
    hall.job(other)
    hall.run(Troubled(hall, [Rejected()]))
    hall.job(other, key="again")
    row = LoginAccount(customer_id=other, provider="local", ref="r", username="x", state="active")
    hall.run(Troubled(hall, after=lambda: hall.add(row), unforgetting=True))

    lines = [line.getMessage() for line in caplog.records if line.name == "deskterm.accounts"]
    assert lines == [
        "job 1: queued unavailable",
        "job 1: made ",
        "status: unavailable",
        "job 2: failed rejected",
        "job 3: not undone: unavailable",
        "job 3: linked linked",
    ]
    (ref, *_), names = [row.ref for row in hall.accounts()], [CARD, "ttestabo", "tsmit", "Testabo"]
    for secret in (*names, EMAIL, "Smit", code, code.replace("-", ""), ref, str(TESTABO)):
        assert secret not in caplog.text
