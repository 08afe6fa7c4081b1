"""Asking for a mail."""

from sqlmodel import Session, select

from deskterm.mail.queue import enqueue
from deskterm.store.engine import Store
from deskterm.store.tables import MailJob
from tests.rows_store import NOON, add_customer


def ask(session: Session, key: str, recipient: str = "zoe@example.org") -> None:
    enqueue(
        session,
        key=key,
        kind="account_made",
        recipient=recipient,
        language="nl",
        contents={"name": "Zoë <b>"},
        now=NOON,
        customer_id=1,
    )


def test_a_mail_waits_from_the_moment_it_is_asked_for(store: Store) -> None:
    add_customer(store)
    with store.write() as session:
        ask(session, "a")
    with store.write() as session:
        job = session.exec(select(MailJob)).one()
        assert (job.key, job.state, job.kind, job.recipient) == (
            "a", "queued", "account_made", "zoe@example.org",
        )  # fmt: skip
        assert (job.at, job.next_at, job.contents) == (NOON, NOON, '{"name": "Zoë <b>"}')


def test_asking_again_with_the_same_key_asks_for_nothing(store: Store) -> None:
    add_customer(store)
    with store.write() as session:
        ask(session, "a")
        ask(session, "a", "else@example.org")
        ask(session, "b")
    with store.write() as session:
        ask(session, "b", "else@example.org")
        jobs = session.exec(select(MailJob)).all()
        assert [(job.key, job.recipient) for job in jobs] == [
            ("a", "zoe@example.org"),
            ("b", "zoe@example.org"),
        ]
