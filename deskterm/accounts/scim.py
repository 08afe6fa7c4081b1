"""Login accounts at a server that speaks SCIM 2.0 (RFC 7643, RFC 7644); that server mails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote
from uuid import uuid4

from deskterm.accounts.model import (
    BadAnswer,
    Conflict,
    NewAccount,
    NotAuthorised,
    ProviderAccount,
    Rejected,
    Unavailable,
    UsernameTaken,
)
from deskterm.accounts.options import ScimOptions
from deskterm.accounts.scim_resources import (
    Hits,
    account_of,
    equal,
    hits_in,
    search_for,
    user_of,
)
from deskterm.accounts.scim_settings import checked_base, trust
from deskterm.accounts.token import Token
from deskterm.bounded import Deadline, Errands

if TYPE_CHECKING:
    # It imports httpx, which only a library with a server of its own has to wait for.
    from deskterm.accounts.scim_wire import Talk, Wire

LOOK_AGAIN_S = 1.0
"""Kept back while an account is made, to look whether it was when no answer comes."""

_log = logging.getLogger(__name__)

Result = TypeVar("Result")


class ScimProvider:
    """The account server of a library. One verb at a time; each ends within its budget."""

    name = "scim"

    def __init__(
        self,
        options: ScimOptions,
        token: Token | str | Callable[[], Token],
        activation_hours: float,
        *,
        budget_s: float | None = None,
    ) -> None:
        """A function in place of the token is asked before each verb, so that a new one counts.

        `budget_s` is how long a verb takes at most, all its requests together; without it that is
        one time to connect and one to read. Nothing is connected to yet, but settings that cannot
        work are refused (SettingError).
        """
        self._base = checked_base(options)
        self._options = options
        self._context = trust(options) if options.ca_file else None
        self._token = token if callable(token) else _always(token)
        self._pending_for = timedelta(hours=activation_hours)
        self._budget_s = options.connect_s + options.read_s if budget_s is None else budget_s
        self._one_at_a_time = threading.Lock()
        self._errands = Errands("account server")
        self._wire: Wire | None = None

    def find(self, username: str) -> ProviderAccount | None:
        """The account with exactly this user name; None when not one is, but several or none."""
        if not username or not _can_be_sent(username):
            return None
        return self._within(lambda talk: self._by_name(talk, username))

    def create(self, new: NewAccount) -> ProviderAccount:
        """Make an account, unless one was made for this key; the server mails the customer."""
        return self._within(lambda talk: self._created(talk, new))

    def status(self, ref: str) -> ProviderAccount | None:
        """The account as it is now; None once it is gone."""
        return self._within(lambda talk: self._now(talk, ref))

    def forget(self, ref: str, etag: str = "") -> None:
        """Delete an account that still waits for its customer.

        One that is active is refused (Rejected): it is the customer's, at other libraries too. So
        is one that changed after `etag`.
        """
        return self._within(lambda talk: self._forgotten(talk, ref, etag))

    def check(self) -> None:
        """Look for accounts that cannot be: shows whether address, TLS, token and search work."""
        return self._within(self._checked)

    def close(self) -> None:
        """Let go of the connection."""
        self._errands.leave()
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def _within(self, act: Callable[[Talk], Result]) -> Result:
        token = self._token()
        deadline = Deadline(self._budget_s, Unavailable)
        if not self._one_at_a_time.acquire(timeout=self._budget_s):
            raise Unavailable("busy")
        try:
            wire = self._connected()
            talk = wire.talk(token, deadline)
            try:
                return self._errands.within(deadline.left(), lambda: act(talk))
            except TimeoutError:
                # What still waits there gets an error and ends.
                self.close()
                raise Unavailable("deadline") from None
        finally:
            self._one_at_a_time.release()

    def _connected(self) -> Wire:
        if self._wire is None:
            from deskterm.accounts.scim_wire import Wire

            context = self._context or trust(self._options)
            self._wire = Wire(self._base, context, self._options)
        return self._wire

    def _by_name(self, talk: Talk, username: str) -> ProviderAccount | None:
        hits = self._search(talk, "userName", username)
        if len(hits.exact) == 1:
            return account_of(hits.exact[0], self._pending_for)
        if not hits.whole:
            raise BadAnswer("one page of several")
        return None

    def _search(self, talk: Talk, attribute: str, value: str) -> Hits:
        if self._options.search == "path":
            answer = talk.ask("GET", "Users/name", f"Users/{quote(value, safe='')}")
            if answer.is_gone:
                return Hits(())
            # One user is a list of one.
            return hits_in({"Resources": [answer.expected(200)]}, attribute, value)
        wanted = equal(attribute, value)
        if self._options.search == "get":
            answer = talk.ask("GET", "Users", "Users", query={"filter": wanted})
        else:
            # A body is in no log of the server and of what stands before it; an address is.
            answer = talk.ask("POST", "Users/.search", "Users/.search", body=search_for(wanted))
        return hits_in(answer.expected(200), attribute, value)

    def _made_before(self, talk: Talk, new: NewAccount) -> ProviderAccount | None:
        """The account that an earlier attempt made, whose answer may have been lost."""
        if not self._options.has_external_id:
            return self._made_before_by_name(talk, new)
        hits = self._search(talk, "externalId", new.key)
        if len(hits.exact) > 1:
            # Taking none of them would make one more.
            raise BadAnswer("several with one key")
        if hits.exact:
            return account_of(hits.exact[0], self._pending_for)
        if not hits.whole:
            raise BadAnswer("one page of several")
        return None

    def _made_before_by_name(self, talk: Talk, new: NewAccount) -> ProviderAccount | None:
        account = self._by_name(talk, new.username)
        if account is None:
            return None
        waits = not account.active or self._options.created_active
        if waits and account.email and account.email.casefold() == new.email.casefold():
            return account
        raise UsernameTaken("looked up")

    def _created(self, talk: Talk, new: NewAccount) -> ProviderAccount:
        made = self._made_before(talk, new)
        if made is not None:
            return made
        try:
            return self._posted(talk, new)
        except (Unavailable, BadAnswer):
            # The account may be there all the same.
            made = self._looked_again(talk, new)
            if made is None:
                raise
            return made

    def _looked_again(self, talk: Talk, new: NewAccount) -> ProviderAccount | None:
        try:
            return self._made_before(talk, new)
        except (Unavailable, BadAnswer, NotAuthorised, UsernameTaken) as error:
            _log.info("looking again: %s", error)
            return None

    def _posted(self, talk: Talk, new: NewAccount) -> ProviderAccount:
        options = self._options
        body = user_of(new, with_key=options.has_external_id, active=options.created_active)
        reserve_s = min(LOOK_AGAIN_S, self._budget_s / 4)
        answer = talk.ask("POST", "Users", "Users", body=body, reserve_s=reserve_s)
        if answer.status == 409:
            made = self._made_before(talk, new)
            if made is None:
                raise self._taken(talk, new.username)
            return made
        answer.refused_for_good()
        user = answer.expected(200, 201)
        if options.has_external_id and isinstance(user, dict) and "externalId" not in user:
            _log.warning("the server does not keep keys: set accounts.scim.has_external_id = false")
        return account_of(user, self._pending_for, answer.etag)

    def _taken(self, talk: Talk, username: str) -> UsernameTaken:
        """What a refusal for being there already means: the name, if it is there in any case."""
        hits = self._search(talk, "userName", username)
        is_name = hits.exact or hits.others or not hits.whole
        return UsernameTaken("409") if is_name else Conflict("409")

    def _now(self, talk: Talk, ref: str) -> ProviderAccount | None:
        answer = talk.ask("GET", "Users/ref", f"Users/{quote(ref, safe='')}")
        if answer.is_gone:
            return None
        account = account_of(answer.expected(200), self._pending_for, answer.etag)
        if account.ref != ref:
            raise BadAnswer("another user")
        return account

    def _forgotten(self, talk: Talk, ref: str, etag: str) -> None:
        # Not every server minds If-Match, and an active account is never deleted.
        account = self._now(talk, ref)
        if account is None:
            return
        if account.active:
            raise Rejected("active")
        etag = etag or account.etag
        answer = talk.ask("DELETE", "Users/ref", f"Users/{quote(ref, safe='')}", etag=etag)
        if not answer.is_gone:
            answer.refused_for_good()
            answer.expected(200, 202, 204)

    def _checked(self, talk: Talk) -> None:
        nobody = f"deskterm-check-{uuid4().hex}"
        attributes = ["userName", *(["externalId"] if self._options.has_external_id else [])]
        for attribute in attributes:
            hits = self._search(talk, attribute, nobody)
            if hits.exact or hits.others:
                raise BadAnswer("filter not heeded")


def _always(token: Token | str) -> Callable[[], Token]:
    fixed = Token(token) if isinstance(token, str) else token
    return lambda: fixed


def _can_be_sent(text: str) -> bool:
    """Whether a text is Unicode: no half of a character, as a broken terminal may send."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
