"""Work that a screen has going on: flows of the staff member's doing, and calls to services.

Keys are taken strictly one after the other: the next one waits until what the last one started has
finished or asks a question. That is what makes type-ahead safe: nothing is lost, and nothing lands
on a screen that was not there yet when it was typed.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import Any, TypeVar

from deskterm.services.trouble import asked_again

Answer = TypeVar("Answer")


class Work:
    """Counts flows that are busy, and runs blocking calls in threads.

    One thread carries out what changes things and what opens customers, in order; another looks up
    lists while staff type, so that a slow search never holds up a scan. What waits for a server of
    somebody else has a thread of its own each time: one that hangs holds up nothing, not even the
    next such call.
    """

    def __init__(
        self, on_trouble: Callable[[BaseException], None], store_is_open: asyncio.Event
    ) -> None:
        self._on_trouble = on_trouble
        self._desk_thread = ThreadPoolExecutor(1, "desk")
        self._list_thread = ThreadPoolExecutor(1, "lists")
        self._store_is_open = store_is_open
        self.stopped = False
        """Whether the program is ending: no thread takes work any more."""
        self._busy = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._flows: set[asyncio.Task[None]] = set()
        self._outside: set[asyncio.Future[Any]] = set()

    @property
    def busy(self) -> bool:
        """Whether a flow is running that does not wait for an answer."""
        return self._busy > 0

    async def settled(self) -> None:
        """Wait until every flow has finished or asks a question."""
        await self._idle.wait()

    def start(self, flow: Coroutine[object, object, None]) -> None:
        """Run a flow; the keys wait for it."""
        self.resume()
        task = asyncio.create_task(self._run(flow))
        self._flows.add(task)
        task.add_done_callback(self._flows.discard)

    async def call(self, use_case: Callable[[], Answer]) -> Answer:
        """Run a use case in the desk's thread once the store is open; raises what it raises."""
        return await self._in_thread(self._desk_thread, use_case)

    async def look_up(self, use_case: Callable[[], Answer]) -> Answer:
        """Run a look-up in the lists' thread, beside whatever the desk does."""
        return await self._in_thread(self._list_thread, use_case)

    def outside(self, use_case: Callable[[], Answer]) -> asyncio.Future[Answer]:
        """Run a use case that waits for another server, beside everything else.

        Whoever stops waiting just lets go of the answer. The program ends without waiting for it.
        """
        promised: Future[Answer] = Future()
        Thread(target=_keep, args=(promised, use_case), name="outside", daemon=True).start()
        answer = asyncio.wrap_future(promised)
        self._outside.add(answer)
        answer.add_done_callback(self._came_back)
        return answer

    def _came_back(self, answer: asyncio.Future[Any]) -> None:
        self._outside.discard(answer)
        if not answer.cancelled():
            # What went wrong counts as seen, also when nobody waits for it any more.
            answer.exception()

    def pause(self) -> None:
        """A flow has asked a question: keys go on, to the question."""
        self._busy -= 1
        if self._busy == 0:
            self._idle.set()

    def resume(self) -> None:
        """The question is answered: the flow goes on and the keys wait for it again."""
        self._busy += 1
        self._idle.clear()

    def stop(self) -> None:
        """Let the threads end; what is being written is still written."""
        self.stopped = True
        self._desk_thread.shutdown(wait=False)
        self._list_thread.shutdown(wait=False, cancel_futures=True)
        for answer in tuple(self._outside):
            answer.cancel()

    async def _in_thread(
        self, thread: ThreadPoolExecutor, use_case: Callable[[], Answer]
    ) -> Answer:
        await self._store_is_open.wait()
        if self.stopped:
            # Whoever asks as the program ends is let go of, as is what waits for the lists' thread.
            raise asyncio.CancelledError
        return await asyncio.get_running_loop().run_in_executor(thread, asked_again, use_case)

    async def _run(self, flow: Coroutine[object, object, None]) -> None:
        try:
            await flow
        except Exception as trouble:  # noqa: BLE001 - the one place where a flow's trouble surfaces
            self._on_trouble(trouble)
        finally:
            self.pause()


def _keep(promised: Future[Answer], use_case: Callable[[], Answer]) -> None:
    """Carry out a use case in this thread; whatever comes of it goes to who waits for it."""
    if not promised.set_running_or_notify_cancel():
        return
    try:
        promised.set_result(use_case())
    except BaseException as trouble:  # noqa: BLE001 - raised where the answer is waited for
        promised.set_exception(trouble)
