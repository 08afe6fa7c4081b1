"""Making an account: one for each key, whatever is lost on the way."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from deskterm.accounts.model import BadAnswer, Conflict, Rejected, Unavailable, UsernameTaken
from deskterm.accounts.scim import ScimProvider
from tests.accounts.exchanges import Reply, answer
from tests.accounts.newcomers import Provide, Serve, new_account
from tests.accounts.proxy import Fault, Proxy
from tests.accounts.scim_server import AccountServer

NEW = new_account()


def usernames(server: AccountServer) -> list[str]:
    return sorted(user["userName"] for user in server.users())


def test_an_account_waits_for_its_customer(server: AccountServer, scim: ScimProvider) -> None:
    made = scim.create(NEW)
    [user] = server.users()
    assert (made.ref, made.username, made.email) == (user["id"], NEW.username, NEW.email)
    assert user["externalId"] == NEW.key
    assert user["name"] == {"formatted": NEW.name, "familyName": NEW.family_name}
    assert (user["active"], user["preferredLanguage"]) == (False, "nl")
    assert made.active is False
    assert made.etag
    assert made.made_at is not None
    assert abs(datetime.now(UTC) - made.made_at) < timedelta(minutes=1)
    assert made.expires_at == made.made_at + timedelta(hours=24)


def test_only_what_is_needed_is_told(proxy: Proxy, scim: ScimProvider) -> None:
    scim.create(NEW)
    head, _, body = proxy.questions[-1].partition(b"\r\n\r\n")
    assert set(json.loads(body)) == {
        "schemas",
        "userName",
        "externalId",
        "active",
        "name",
        "emails",
        "preferredLanguage",
    }
    assert json.loads(body)["emails"] == [{"value": NEW.email}]
    assert b"\r\nContent-Type: application/scim+json\r\n" in head + b"\r\n"
    assert b"\r\nAccept: application/scim+json\r\n" in head + b"\r\n"


def test_the_same_key_makes_nothing_new(server: AccountServer, scim: ScimProvider) -> None:
    first = scim.create(NEW)
    again = scim.create(replace(NEW, username="another.name"))
    assert (again.ref, again.username) == (first.ref, first.username)
    assert usernames(server) == [NEW.username]


def test_the_key_is_looked_up_before_anything_is_made(proxy: Proxy, scim: ScimProvider) -> None:
    scim.create(NEW)
    assert proxy.lines() == ["POST /v2/Users/.search", "POST /v2/Users"]
    scim.create(NEW)
    assert proxy.lines()[2:] == ["POST /v2/Users/.search"]


def test_a_name_of_somebody_else_is_taken(server: AccountServer, scim: ScimProvider) -> None:
    server.add(NEW.username, externalId="other", emails=[{"value": NEW.email}])
    with pytest.raises(UsernameTaken):
        scim.create(NEW)
    assert usernames(server) == [NEW.username]


def test_capitals_do_not_make_another_name_where_the_server_says_so(
    standard_server: AccountServer, provide: Provide
) -> None:
    standard_server.clear()
    standard_server.add("JDeVries")
    with pytest.raises(UsernameTaken):
        provide(standard_server.url).create(NEW)


@pytest.mark.parametrize("keyed", [True, False])
def test_what_the_server_has_of_a_customer_besides_the_name_is_told_apart(
    serve: Serve, provide: Provide, keyed: bool
) -> None:
    def reply(question: bytes) -> Reply:
        if question.startswith(b"POST /v2/Users HTTP"):
            return answer(409, b'{"scimType": "uniqueness", "detail": "email is in use"}')
        return answer(200, b'{"totalResults": 0, "Resources": []}')

    with pytest.raises(Conflict):
        provide(serve(reply).url, has_external_id=keyed).create(NEW)


@pytest.mark.parametrize("fault", [Fault.SWALLOW, Fault.CUT, Fault.DOUBLE, Fault.HOLD])
def test_an_answer_that_is_lost_is_looked_for(
    server: AccountServer, proxy: Proxy, provide: Provide, fault: Fault
) -> None:
    proxy.once("POST /v2/Users ", fault)
    # An answer that stays out takes all the time there is, but for a second to look again.
    budget_s = 4.0 if fault is Fault.HOLD else 30.0
    made = provide(proxy.url, budget_s=budget_s).create(NEW)
    [user] = server.users()
    assert (made.ref, made.username) == (user["id"], NEW.username)


def test_a_question_that_never_arrived_has_made_nothing(
    server: AccountServer, proxy: Proxy, scim: ScimProvider
) -> None:
    proxy.once("POST /v2/Users ", Fault.DROP)
    with pytest.raises(Unavailable):
        scim.create(NEW)
    assert server.users() == []
    assert scim.create(NEW).username == NEW.username


def test_an_account_whose_answer_and_look_up_are_lost_is_found_next_time(
    server: AccountServer, proxy: Proxy, scim: ScimProvider
) -> None:
    def fault(line: str) -> Fault:
        made = "POST /v2/Users HTTP/1.1" in [
            question.partition(b"\r\n")[0].decode() for question in proxy.questions
        ]
        return Fault.SWALLOW if made else Fault.NONE

    proxy.fault = fault
    with pytest.raises(Unavailable):
        scim.create(NEW)
    proxy.fault = lambda _line: Fault.NONE
    made = scim.create(replace(NEW, username="next.candidate"))
    assert made.username == NEW.username
    assert usernames(server) == [NEW.username]


def test_a_name_that_is_taken_by_this_very_job_is_ours(
    server: AccountServer, proxy: Proxy, scim: ScimProvider
) -> None:
    """Another worker, whose lease ended, makes the account between look-up and request."""
    done = threading.Event()

    def fault(line: str) -> Fault:
        if line.startswith("POST /v2/Users ") and not done.is_set():
            done.set()
            server.add(NEW.username, externalId=NEW.key, active=False)
        return Fault.NONE

    proxy.fault = fault
    made = scim.create(NEW)
    assert [made.ref] == [user["id"] for user in server.users()]


def test_two_accounts_with_one_key_stop_the_job(server: AccountServer, scim: ScimProvider) -> None:
    server.add("first", externalId=NEW.key)
    server.add("second", externalId=NEW.key)
    with pytest.raises(BadAnswer):
        scim.create(NEW)
    assert usernames(server) == ["first", "second"]


def test_where_the_key_may_be_on_another_page_nothing_is_made(
    provide: Provide, serve: Serve
) -> None:
    page = b'{"totalResults": 1000, "Resources": [{"id": "1", "userName": "admin"}]}'
    stub = serve(lambda _question: answer(body=page))
    with pytest.raises(BadAnswer):
        provide(stub.url).create(NEW)
    assert [line.split(b" ")[1] for line in stub.questions] == [b"/v2/Users/.search"]


def test_an_address_that_the_server_refuses_is_final(provide: Provide, serve: Serve) -> None:
    seen: list[bytes] = []

    def refuse(question: bytes) -> Reply:
        if question.startswith(b"POST /v2/Users/.search"):
            return answer(body=b'{"totalResults": 0}')
        seen.append(question)
        return answer(400, b'{"schemas": ["x"], "status": "400", "scimType": "invalidValue"}')

    with pytest.raises(Rejected, match=r"^rejected 400 invalidValue$"):
        provide(serve(refuse).url).create(replace(NEW, email="a@b@c"))
    assert b'"a@b@c"' in seen[0]


@pytest.mark.parametrize(
    "refusal",
    [
        answer(404, b'{"detail": "Not Found"}'),
        answer(405, b'{"detail": "Method Not Allowed"}'),
        answer(400, b"<html>blocked", "text/html"),
        answer(400),
    ],
    ids=["404", "405", "firewall", "no word"],
)
def test_what_is_no_refusal_of_the_server_is_not_the_end_of_a_job(
    provide: Provide, serve: Serve, refusal: bytes
) -> None:
    def misled(question: bytes) -> Reply:
        if question.startswith(b"POST /v2/Users/.search"):
            return answer(body=b'{"totalResults": 0}')
        return refusal

    with pytest.raises(BadAnswer):
        provide(serve(misled).url).create(NEW)


def test_a_server_that_keeps_no_keys_is_told_to_the_manager(
    provide: Provide, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    def forgetful(question: bytes) -> Reply:
        if question.startswith(b"POST /v2/Users/.search"):
            return answer(body=b'{"totalResults": 0}')
        return answer(201, b'{"id": "1", "userName": "jdevries", "active": false}')

    assert provide(serve(forgetful).url).create(NEW).ref == "1"
    assert "accounts.scim.has_external_id = false" in caplog.text


class TestWithoutKeys:
    """A server without externalId: name, address and waiting tell what was made here."""

    @pytest.fixture
    def keyless(self, proxy: Proxy, provide: Provide) -> ScimProvider:
        return provide(proxy.url, has_external_id=False)

    def test_no_key_is_sent(self, server: AccountServer, keyless: ScimProvider) -> None:
        keyless.create(NEW)
        [user] = server.users()
        assert "externalId" not in user

    def test_a_lost_answer_is_looked_for(
        self, server: AccountServer, proxy: Proxy, keyless: ScimProvider
    ) -> None:
        proxy.once("POST /v2/Users ", Fault.SWALLOW)
        made = keyless.create(NEW)
        assert [made.ref] == [user["id"] for user in server.users()]
        assert keyless.create(NEW).ref == made.ref
        assert usernames(server) == [NEW.username]

    @pytest.mark.parametrize(
        "other",
        [
            {"active": False, "emails": [{"value": "somebody@else.example"}]},
            {"active": False},
            {"active": True, "emails": [{"value": NEW.email}]},
        ],
        ids=["another address", "no address", "in use"],
    )
    def test_what_differs_is_somebody_else(
        self, server: AccountServer, proxy: Proxy, keyless: ScimProvider, other: dict[str, object]
    ) -> None:
        server.add(NEW.username, **other)
        with pytest.raises(UsernameTaken):
            keyless.create(NEW)
        assert "POST /v2/Users" not in proxy.lines()

    def test_the_address_may_come_back_in_other_capitals(
        self, server: AccountServer, keyless: ScimProvider
    ) -> None:
        made = server.add(NEW.username, active=False, emails=[{"value": NEW.email.upper()}])
        assert keyless.create(NEW).ref == made["id"]

    def test_accounts_that_are_made_active_never_wait(
        self, server: AccountServer, proxy: Proxy, provide: Provide
    ) -> None:
        provider = provide(proxy.url, has_external_id=False, created_active=True)
        made = provider.create(NEW)
        assert (made.active, made.expires_at) == (True, None)
        assert provider.create(NEW).ref == made.ref
        assert usernames(server) == [NEW.username]


def racing(act: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        try:
            act()
        except UsernameTaken:
            return

    return run


def test_workers_that_race_for_one_job_make_one_account(
    server: AccountServer, provide: Provide
) -> None:
    providers = [provide(server.url) for _ in range(6)]
    threads = [
        threading.Thread(target=racing(lambda provider=provider: provider.create(NEW)))  # type: ignore[misc]
        for provider in providers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert usernames(server) == [NEW.username]
