"""Desks, workers and the database killed at random: whole acts, one account, one receipt."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.load.flows import SURNAME
from bench.load.kills import Outcome, kill_at
from bench.load.proof_flows import flow_faults
from bench.load.server import Server, server
from bench.stores import copy_of
from deskterm.store.backup import restore

MOMENTS = 8
MOMENTS_OF_A_SERVER = 5


@pytest.fixture
def own_database() -> Iterator[Server]:
    """A server that this test kills."""
    with server() as running:
        yield running


def assert_whole(outcome: Outcome, moments: int) -> None:
    assert outcome.faults == []
    assert outcome.kills.total() == moments
    assert outcome.acts > moments


def test_killed_desks_and_workers_leave_whole_acts(busy_library: Path, tmp_path: Path) -> None:
    copy = copy_of(busy_library, "killed.db", tmp_path)
    outcome = kill_at(str(copy), MOMENTS, seed=6)
    assert_whole(outcome, MOMENTS)
    assert set(outcome.kills) == {"desk", "worker"}


@pytest.mark.postgresql
def test_a_killed_database_loses_nothing_that_was_said_to_be_done(
    busy_library: Path, own_database: Server
) -> None:
    restore(busy_library, own_database.fresh("killed"))
    url = own_database.url("killed")
    outcome = kill_at(url, MOMENTS_OF_A_SERVER, seed=2, database=own_database)
    assert_whole(outcome, MOMENTS_OF_A_SERVER)
    assert outcome.kills["database"] > 0


def test_the_proof_sees_half_an_enrolment(busy_library: Path, tmp_path: Path) -> None:
    copy = str(copy_of(busy_library, "half.db", tmp_path))
    assert flow_faults(copy, []) == []
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(
            "UPDATE customer SET surname = ? WHERE actor_id = (SELECT min(customer_id) FROM card)",
            (SURNAME,),
        )
    assert any(fault.startswith("half enrolled") for fault in flow_faults(copy, []))
