"""What became of an account, and taking one back."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from deskterm.accounts.model import BadAnswer, Rejected, Unavailable
from deskterm.accounts.scim import ScimProvider
from tests.accounts.exchanges import Reply, answer
from tests.accounts.newcomers import Provide, Serve, new_account
from tests.accounts.proxy import Fault, Proxy
from tests.accounts.scim_server import AccountServer

NEW = new_account()
GONE = b'{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404"}'


def test_a_pending_account_tells_until_when(server: AccountServer, scim: ScimProvider) -> None:
    made = scim.create(NEW)
    now = scim.status(made.ref)
    assert now == made


def test_a_customer_who_confirmed_is_active(server: AccountServer, scim: ScimProvider) -> None:
    made = scim.create(NEW)
    server.activate(made.ref)
    now = scim.status(made.ref)
    assert now is not None
    assert (now.active, now.expires_at) == (True, None)
    assert now.etag != made.etag


def test_an_account_that_the_provider_removed_is_gone(
    server: AccountServer, scim: ScimProvider
) -> None:
    made = scim.create(NEW)
    server.clear()
    assert scim.status(made.ref) is None


@pytest.mark.parametrize("created", ["2026-11-20T20:40:00Z", "2026-11-20T21:40:00.123+01:00"])
def test_the_hours_count_from_when_the_server_made_it(
    provide: Provide, serve: Serve, created: str
) -> None:
    user = {"id": "1", "userName": "kees", "active": False, "meta": {"created": created}}
    now = provide(serve(lambda _question: answer(body=json.dumps(user).encode())).url).status("1")
    assert now is not None
    assert now.expires_at is not None
    assert now.expires_at.replace(microsecond=0) == datetime(2026, 11, 21, 20, 40, tzinfo=UTC)
    assert now.expires_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("meta", [None, {}, {"created": "gisteren"}, {"created": 5}, "x"])
def test_an_account_without_a_moment_has_no_deadline(
    provide: Provide, serve: Serve, meta: object
) -> None:
    user = {"id": "1", "userName": "kees", "active": False, "meta": meta}
    now = provide(serve(lambda _question: answer(body=json.dumps(user).encode())).url).status("1")
    assert now is not None
    assert (now.made_at, now.expires_at) == (None, None)


def test_an_answer_about_somebody_else_is_not_believed(provide: Provide, serve: Serve) -> None:
    stub = serve(lambda _question: answer(body=b'{"id": "2", "userName": "kees"}'))
    with pytest.raises(BadAnswer):
        provide(stub.url).status("1")


@pytest.mark.parametrize(
    "reply",
    [
        answer(404, b"<html>niet gevonden</html>", "text/html"),
        answer(404, b'{"message": "no route matched"}', "application/json"),
    ],
    ids=["HTML", "gateway"],
)
def test_a_wrong_address_removes_nobody(provide: Provide, serve: Serve, reply: bytes) -> None:
    provider = provide(serve(lambda _question: reply).url)
    with pytest.raises(BadAnswer):
        provider.status("1")
    with pytest.raises(BadAnswer):
        provider.forget("1")


@pytest.mark.parametrize("body", [GONE, b""], ids=["SCIM", "empty"])
def test_a_user_that_the_server_does_not_know_is_gone(
    provide: Provide, serve: Serve, body: bytes
) -> None:
    assert provide(serve(lambda _question: answer(404, body)).url).status("1") is None


def test_the_name_of_an_account_cannot_lead_elsewhere(provide: Provide, serve: Serve) -> None:
    stub = serve(lambda _question: answer(404, GONE))
    provide(stub.url).status("../Groups/1?x=y")
    assert stub.questions[0].startswith(b"GET /v2/Users/..%2FGroups%2F1%3Fx%3Dy HTTP/1.1")


def test_a_pending_account_is_deleted(server: AccountServer, scim: ScimProvider) -> None:
    made = scim.create(NEW)
    scim.forget(made.ref, made.etag)
    assert server.users() == []
    scim.forget(made.ref, made.etag)


def test_a_pending_account_is_deleted_as_it_is_now(
    server: AccountServer, scim: ScimProvider
) -> None:
    made = scim.create(NEW)
    server.rename(made.ref, "Iemand Anders")
    scim.forget(made.ref)
    assert server.users() == []


def test_an_account_that_changed_since_is_kept(server: AccountServer, scim: ScimProvider) -> None:
    made = scim.create(NEW)
    server.rename(made.ref, "Iemand Anders")
    with pytest.raises(Rejected, match="412"):
        scim.forget(made.ref, made.etag)
    assert [user["id"] for user in server.users()] == [made.ref]


def test_an_active_account_is_never_deleted(
    server: AccountServer, proxy: Proxy, scim: ScimProvider
) -> None:
    made = scim.create(NEW)
    server.activate(made.ref)
    with pytest.raises(Rejected, match="active"):
        scim.forget(made.ref)
    assert not [line for line in proxy.lines() if line.startswith("DELETE")]


def test_a_customer_who_confirms_in_the_meantime_keeps_the_account(
    server: AccountServer, proxy: Proxy, scim: ScimProvider
) -> None:
    """Between the look and the deletion: the server refuses what is not as it was."""
    made = scim.create(NEW)

    def fault(line: str) -> Fault:
        if line.startswith("DELETE"):
            server.activate(made.ref)
        return Fault.NONE

    proxy.fault = fault
    with pytest.raises(Rejected, match="412"):
        scim.forget(made.ref)
    assert [user["active"] for user in server.users()] == [True]


def test_an_account_that_goes_in_the_meantime_is_gone(
    server: AccountServer, proxy: Proxy, scim: ScimProvider
) -> None:
    made = scim.create(NEW)

    def fault(line: str) -> Fault:
        if line.startswith("DELETE"):
            server.clear()
        return Fault.NONE

    proxy.fault = fault
    scim.forget(made.ref, made.etag)
    assert server.users() == []


def test_a_deletion_whose_answer_is_lost_is_done_the_next_time(
    server: AccountServer, proxy: Proxy, scim: ScimProvider
) -> None:
    made = scim.create(NEW)
    proxy.once("DELETE", Fault.SWALLOW)
    with pytest.raises(Unavailable):
        scim.forget(made.ref, made.etag)
    scim.forget(made.ref, made.etag)
    assert server.users() == []


def test_the_version_is_sent_along(provide: Provide, serve: Serve) -> None:
    def reply(question: bytes) -> Reply:
        if question.startswith(b"DELETE"):
            return answer(204)
        return answer(
            body=b'{"id": "1", "userName": "kees", "active": false}', headers='ETag: W/"7"\r\n'
        )

    stub = serve(reply)
    provide(stub.url).forget("1")
    assert b'\r\nIf-Match: W/"7"\r\n' in stub.questions[1]


@pytest.mark.parametrize("has_external_id", [True, False])
def test_a_check_makes_nothing(
    server: AccountServer, provide: Provide, has_external_id: bool
) -> None:
    server.add("beheerder")
    provide(server.url, has_external_id=has_external_id).check()
    assert len(server.users()) == 1


def test_a_check_sees_that_a_filter_is_left_unread(provide: Provide, serve: Serve) -> None:
    everybody = b'{"totalResults": 1, "Resources": [{"id": "1", "userName": "admin"}]}'
    with pytest.raises(BadAnswer, match="filter"):
        provide(serve(lambda _question: answer(body=everybody)).url).check()


def test_a_check_sees_a_wrong_address(server: AccountServer, provide: Provide) -> None:
    with pytest.raises(BadAnswer, match="404"):
        provide(f"{server.url}/elsewhere").check()
