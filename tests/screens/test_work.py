"""Calls to other servers: beside everything else, and let go of without a trace."""

import asyncio
from threading import Event

import pytest

from deskterm.screens.work import Work

SOON = 60.0
"""Seconds within which a call that hangs on nothing comes back."""


def new_work() -> Work:
    opened = asyncio.Event()
    opened.set()
    return Work(lambda _trouble: None, opened)


async def test_a_call_that_hangs_holds_up_neither_the_desk_nor_the_next_call() -> None:
    work, released = new_work(), Event()
    try:
        hanging = work.outside(lambda: released.wait(SOON))
        assert await asyncio.wait_for(work.outside(lambda: "second"), SOON) == "second"
        assert await asyncio.wait_for(work.call(lambda: "desk"), SOON) == "desk"
        assert await asyncio.wait_for(work.look_up(lambda: "lists"), SOON) == "lists"
        assert not hanging.done()
        released.set()
        assert await hanging is True
    finally:
        released.set()
        work.stop()


async def test_what_goes_wrong_outside_is_raised_where_it_is_waited_for() -> None:
    work = new_work()

    def refused() -> None:
        raise ConnectionError("refused")

    with pytest.raises(ConnectionError, match="refused"):
        await work.outside(refused)
    work.stop()


async def test_trouble_that_nobody_waits_for_any_more_is_not_complained_about() -> None:
    work, complaints = new_work(), list[object]()
    asyncio.get_running_loop().set_exception_handler(lambda _loop, said: complaints.append(said))
    came = asyncio.Event()

    def refused() -> None:
        raise ConnectionError("refused")

    work.outside(refused).add_done_callback(lambda _answer: came.set())
    await asyncio.wait_for(came.wait(), SOON)
    await asyncio.sleep(0)
    assert complaints == []
    work.stop()


async def test_the_end_of_the_program_waits_for_no_server() -> None:
    work, released = new_work(), Event()
    hanging = work.outside(lambda: released.wait(SOON))
    work.stop()
    await asyncio.wait({hanging}, timeout=SOON)
    assert hanging.cancelled()
    released.set()


async def test_who_asks_as_the_program_ends_is_let_go_of() -> None:
    work = new_work()
    work.stop()
    for ask in (work.call, work.look_up):
        with pytest.raises(asyncio.CancelledError):
            await ask(lambda: "too late")
