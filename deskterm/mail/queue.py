"""The queue of mail: asked for in one transaction, sent once that is in the store."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlmodel import Session


def enqueue(
    session: "Session",
    *,
    key: str,
    kind: str,
    recipient: str,
    language: str,
    contents: Mapping[str, str],
    now: datetime,
    customer_id: int | None = None,
) -> None:
    """Ask for a mail in the caller's transaction; a key that is there already asks for nothing.

    `kind` is the name of the template and `contents` fills it in. A moment among the contents is
    ISO text; a mail whose `expires` has passed is not sent any more.
    """
    from sqlmodel import col, select

    from deskterm.store.tables import MailJob

    if session.exec(select(MailJob.id).where(col(MailJob.key) == key)).first() is not None:
        return
    session.add(
        MailJob(
            key=key,
            kind=kind,
            recipient=recipient,
            language=language,
            contents=json.dumps(dict(contents), ensure_ascii=False),
            customer_id=customer_id,
            at=now,
            next_at=now,
        )
    )
    session.flush()
