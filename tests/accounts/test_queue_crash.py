"""Workers that are killed in the middle: none ever leaves no account, or two."""

import subprocess
import sys

import pytest

from deskterm.store.leases import LEASE
from tests.accounts.hall import CARD, Hall

WORKER = """
import os, sys
from deskterm.accounts import queue
from deskterm.store.engine import open_store
from tests.accounts.hall import Hall
from tests.accounts.providers import Troubled

def die(*_args):
    os._exit(9)

hall = Hall(open_store(sys.argv[1]))
provider = Troubled(hall)
if sys.argv[2] == "in the middle of saving":
    from deskterm.accounts import ending
    ending.tie = die
elif sys.argv[2] != "after":
    setattr(provider, {"before making": "before", "before saving": "after"}[sys.argv[2]], die)
result = hall.run(provider)
assert result.state == "made"
die()
"""
KILLED = 9


@pytest.mark.parametrize("moment", ["before making", "before saving", "in the middle of saving"])
def test_a_killed_worker_leaves_one_account(hall: Hall, store_url: str, moment: str) -> None:
    job_id = hall.job()
    run_killed(store_url, moment)
    assert (hall.the_job(job_id).state, hall.link()) == ("queued", None)
    assert len(hall.accounts()) == (0 if moment == "before making" else 1)
    hall.clock.pass_by(seconds=LEASE.total_seconds() - 1)
    assert hall.run(worker="next") is None
    hall.clock.pass_by(seconds=1)
    assert hall.made().state == "made"
    assert_one(hall)


def test_a_worker_killed_after_saving_leaves_it_done(hall: Hall, store_url: str) -> None:
    job_id = hall.job()
    run_killed(store_url, "after")
    assert hall.the_job(job_id).state == "done"
    hall.clock.pass_by(seconds=LEASE.total_seconds())
    assert hall.run(worker="next") is None
    assert_one(hall)


def run_killed(store_url: str, moment: str) -> None:
    child = subprocess.run(
        [sys.executable, "-c", WORKER, store_url, moment],
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (child.returncode, child.stderr) == (KILLED, "")


def assert_one(hall: Hall) -> None:
    (account,) = hall.accounts()
    link = hall.link()
    assert link is not None
    assert (link.ref, link.username, hall.username()) == (account.ref, CARD, CARD)
    assert len(hall.mails()) == 1
    assert hall.log() == [("account.made", "username", "", CARD)]
