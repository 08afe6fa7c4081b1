"""The queue: each mail goes, waits or fails, and leaves nothing personal behind."""

import logging
import mailbox
import subprocess
import sys
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlmodel import select

from deskterm.mail.model import MailLater, MailRefused, MailTrouble, Sender
from deskterm.mail.options import MailOptions
from deskterm.mail.queue import enqueue, run_one
from deskterm.mail.senders import MaildirSender, SmtpSender
from deskterm.store.engine import Store
from deskterm.store.leases import GIVE_UP_AFTER, LEASE
from deskterm.store.tables import MailJob
from tests.mail.conftest import StoppedClock
from tests.mail.letters import CODE, LETTER
from tests.mail.servers import Postman
from tests.rows_store import NOON, add_customer

ROOT = Path(__file__).parents[2]
OPTIONS = MailOptions(sender="balie@bibliotheek.example.org")


@dataclass
class Scripted:
    """A sender that meets with these troubles in turn, and keeps what it sends after them."""

    troubles: list[MailTrouble] = field(default_factory=list)
    sent: list[EmailMessage] = field(default_factory=list)
    options: MailOptions = OPTIONS

    def send(self, message: EmailMessage) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.sent.append(message)

    def check(self) -> None:
        """Nothing is wrong."""


KILLED_AFTER_SENDING = """
import os, sys
from deskterm.mail.options import MailOptions
from deskterm.mail.queue import run_one
from deskterm.mail.senders import MaildirSender
from deskterm.store.engine import open_store
from tests.mail.conftest import StoppedClock

class Killed(MaildirSender):
    def send(self, message):
        MaildirSender.send(self, message)
        os._exit(9)

options = MailOptions(sender="balie@bibliotheek.example.org", maildir=sys.argv[2])
run_one(open_store(sys.argv[1]), Killed(options), StoppedClock(), "killed")
"""


def ask(store: Store, key: str = LETTER.key, recipient: str = LETTER.recipient) -> None:
    with store.write() as session:
        enqueue(
            session,
            key=key,
            kind=LETTER.kind,
            recipient=recipient,
            language="nl",
            contents=LETTER.contents,
            now=NOON,
            customer_id=1,
        )


@pytest.fixture
def queue(store: Store) -> Store:
    """A store with one mail in its queue."""
    add_customer(store)
    ask(store)
    return store


def job_of(store: Store, key: str = LETTER.key) -> MailJob:
    with store.write() as session:
        return session.exec(select(MailJob).where(MailJob.key == key)).one()


def run(store: Store, sender: Sender, clock: StoppedClock, worker: str = "one") -> bool:
    return run_one(store, sender, clock, worker)


def test_a_mail_goes_once_and_its_contents_are_gone(queue: Store, clock: StoppedClock) -> None:
    sender = Scripted()
    assert run(queue, sender, clock)
    assert not run(queue, sender, clock)
    assert [str(message["To"]) for message in sender.sent] == [LETTER.recipient]
    job = job_of(queue)
    assert (job.state, job.recipient, job.contents, job.error) == ("sent", "", "{}", "")
    assert (job.done_at, job.lease_until, job.worker) == (clock.now(), None, "")
    assert (job.key, job.customer_id) == (LETTER.key, 1)


def test_nothing_to_do_is_said(store: Store, clock: StoppedClock) -> None:
    assert not run(store, Scripted(), clock)


def test_the_store_is_free_while_the_server_is_spoken_to(queue: Store, clock: StoppedClock) -> None:
    class Slow(Scripted):
        def send(self, message: EmailMessage) -> None:
            ask(queue, "written meanwhile")
            super().send(message)

    assert run(queue, Slow(), clock)
    assert job_of(queue).state == "sent"
    assert job_of(queue, "written meanwhile").state == "queued"


def test_trouble_for_now_puts_it_off_longer_each_time(queue: Store, clock: StoppedClock) -> None:
    sender = Scripted([MailLater("unreachable"), MailLater("busy", "451")])
    waits = []
    for code in ("unreachable", "busy"):
        assert run(queue, sender, clock)
        job = job_of(queue)
        assert (job.state, job.error, job.recipient) == ("queued", code, LETTER.recipient)
        assert not run(queue, sender, clock)
        waits.append((job.next_at - clock.now()).total_seconds())
        clock.moment = job.next_at
    assert 4 <= waits[0] <= 6 < 8 <= waits[1] <= 12
    assert run(queue, sender, clock)
    assert (job_of(queue).state, len(sender.sent)) == ("sent", 1)


def test_after_a_week_it_has_failed_and_is_emptied(queue: Store, clock: StoppedClock) -> None:
    with queue.write() as session:
        job = session.exec(select(MailJob)).one()
        job.contents = "{}"
        session.add(job)
    clock.moment += GIVE_UP_AFTER
    assert run(queue, Scripted(), clock)
    job = job_of(queue)
    assert (job.state, job.error, job.recipient) == ("failed", "template", "")
    assert job.done_at == clock.now()


def test_trouble_for_good_fails_it(queue: Store, clock: StoppedClock) -> None:
    assert run(queue, Scripted([MailRefused("recipient_refused", "550")]), clock)
    job = job_of(queue)
    assert (job.state, job.error) == ("failed", "recipient_refused")
    assert (job.recipient, job.contents, job.done_at) == ("", "{}", clock.now())
    clock.forward(days=30)
    assert not run(queue, Scripted(), clock)


@pytest.mark.parametrize("recipient", ["a@b@c", ""])
def test_a_mail_to_nobody_fails_unsent(store: Store, clock: StoppedClock, recipient: str) -> None:
    add_customer(store)
    ask(store, recipient=recipient)
    sender = Scripted()
    assert run(store, sender, clock)
    job = job_of(store)
    assert (job.state, job.error, sender.sent) == ("failed", "bad_address", [])


def test_a_code_that_has_expired_is_not_sent(queue: Store, clock: StoppedClock) -> None:
    clock.forward(hours=24)
    sender = Scripted()
    assert run(queue, sender, clock)
    assert (job_of(queue).error, sender.sent) == ("expired", [])


def test_a_killed_worker_leaves_a_repeat_that_can_be_recognised(
    queue: Store, store_url: str, clock: StoppedClock, tmp_path: Path
) -> None:
    folder = tmp_path / "mail"
    worker = [sys.executable, "-c", KILLED_AFTER_SENDING, store_url, str(folder)]
    assert subprocess.run(worker, cwd=ROOT, check=False).returncode == 9
    another = MaildirSender(replace(OPTIONS, maildir=str(folder)))
    assert not run(queue, another, clock, "another")
    clock.moment += LEASE
    assert run(queue, another, clock, "another")
    sent = [message["Message-ID"] for message in mailbox.Maildir(folder, create=False)]
    assert (len(sent), len(set(sent))) == (2, 1)
    job = job_of(queue)
    assert (job.state, job.attempts) == ("sent", 2)


def test_a_worker_that_was_too_slow_writes_nothing(queue: Store, clock: StoppedClock) -> None:
    another = Scripted()

    class TooSlow(Scripted):
        def send(self, message: EmailMessage) -> None:
            clock.moment += LEASE
            assert run(queue, another, clock, "two")
            raise MailRefused("message_refused")

    assert run(queue, TooSlow(), clock)
    job = job_of(queue)
    assert (job.state, job.error, len(another.sent)) == ("sent", "", 1)


def test_each_mail_is_taken_by_one_worker(queue: Store, clock: StoppedClock) -> None:
    ask(queue, "second")
    another = Scripted()

    class Meanwhile(Scripted):
        def send(self, message: EmailMessage) -> None:
            super().send(message)
            assert run(queue, another, clock, "two")

    first = Meanwhile()
    assert run(queue, first, clock)
    sent = [str(message["Message-ID"]) for message in (*first.sent, *another.sent)]
    assert len(set(sent)) == 2
    assert not run(queue, Scripted(), clock)


def test_the_log_names_nobody(
    queue: Store,
    sender: SmtpSender,
    postman: Postman,
    clock: StoppedClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "deskterm")
    postman.rcpt_answer = f"451 not now, {LETTER.recipient}"
    assert run(queue, sender, clock)
    postman.rcpt_answer = f"550 never, {LETTER.recipient}"
    clock.forward(minutes=1)
    assert run(queue, sender, clock)
    postman.rcpt_answer = "250 OK"
    ask(queue, "second")
    assert run(queue, sender, clock)
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("deskterm")]
    assert [line.partition(": ")[2] for line in ours] == [
        "queued, busy 451", "failed, recipient_refused 550", "sent",
    ]  # fmt: skip
    assert len(postman.got) == 1
    for personal in (*LETTER.contents.values(), LETTER.recipient, CODE, "balie"):
        assert personal not in " ".join(ours)
