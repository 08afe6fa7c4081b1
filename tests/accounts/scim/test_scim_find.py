"""Looking somebody up: exactly them, capitals and all, or nobody."""

import json

import pytest

from deskterm.accounts.model import BadAnswer, Rejected
from deskterm.accounts.scim import ScimProvider
from tests.accounts.exchanges import answer
from tests.accounts.newcomers import Provide, Serve
from tests.accounts.proxy import Proxy
from tests.accounts.scim_server import AccountServer

ODD = [
    'a"b',
    "a'b",
    "a\\b",
    '" or userName pr or userName eq "',
    'x" or userName sw "',
    "userName eq",
    "(a) and not (b)",
    "two words",
    "  ",
    "x" * 500,
    "Zoë",
    "a/b?c#d&e=f+g%41",
    "a\tb\u0000c",
    "kees@biblio.example",
]


@pytest.mark.parametrize("search", ["post", "get"])
def test_a_name_is_found_as_it_is_written(
    server: AccountServer, provide: Provide, search: str
) -> None:
    made = server.add("Kees.Jansen", active=False, emails=[{"value": "kees@biblio.example"}])
    server.add("kees.janssen")
    provider = provide(server.url, search=search)
    found = provider.find("Kees.Jansen")
    assert found is not None
    assert (found.ref, found.username) == (made["id"], "Kees.Jansen")
    assert (found.email, found.active) == ("kees@biblio.example", False)
    assert provider.find("Kees") is None


def test_another_case_is_another_name(server: AccountServer, scim: ScimProvider) -> None:
    server.add("Kees.Jansen")
    assert scim.find("kees.jansen") is None
    assert scim.find("KEES.JANSEN") is None
    assert scim.find("Kees.Jansen") is not None


def test_where_capitals_count_both_are_found(
    case_exact_server: AccountServer, provide: Provide
) -> None:
    case_exact_server.clear()
    refs = {name: case_exact_server.add(name)["id"] for name in ("Testklant", "testklant")}
    provider = provide(case_exact_server.url)
    for name, ref in refs.items():
        found = provider.find(name)
        assert found is not None
        assert found.ref == ref


@pytest.mark.parametrize("search", ["post", "get"])
@pytest.mark.parametrize("name", ODD, ids=lambda name: ascii(name[:20]))
def test_an_odd_name_is_a_name_like_any_other(
    server: AccountServer, provide: Provide, name: str, search: str
) -> None:
    server.add("beheerder")
    provider = provide(server.url, search=search)
    assert provider.find(name) is None
    made = server.add(name)
    found = provider.find(name)
    assert found is not None
    assert (found.ref, found.username) == (made["id"], name)


@pytest.mark.parametrize("name", ["", "half a character \ud83d"])
def test_what_is_no_name_is_not_asked_for(proxy: Proxy, scim: ScimProvider, name: str) -> None:
    assert scim.find(name) is None
    assert proxy.questions == []


def test_names_are_asked_for_in_a_body_so_that_no_log_has_them(
    proxy: Proxy, scim: ScimProvider
) -> None:
    scim.find("Kees.Jansen")
    assert proxy.lines() == ["POST /v2/Users/.search"]


def test_an_account_without_an_address_has_none(server: AccountServer, scim: ScimProvider) -> None:
    server.add("Kees.Jansen")
    found = scim.find("Kees.Jansen")
    assert found is not None
    assert found.email == ""


def user(username: str, ref: str = "1", **more: object) -> dict[str, object]:
    return {"id": ref, "userName": username, "active": True, **more}


def listed(*users: object, total: int | None = None) -> bytes:
    count = len(users) if total is None else total
    return answer(body=json.dumps({"totalResults": count, "Resources": users}).encode())


@pytest.mark.parametrize("behind", [True, False])
def test_a_server_that_answers_with_everybody_gives_no_administrator(
    provide: Provide, serve: Serve, behind: bool
) -> None:
    everybody = [user("admin", "1"), user("Kees", "2")] if behind else [user("admin", "1")]
    stub = serve(lambda _question: listed(*everybody))
    found = provide(stub.url).find("Kees")
    assert (found and found.ref) == ("2" if behind else None)


def test_a_thousand_users_for_one_name_are_nobody(provide: Provide, serve: Serve) -> None:
    crowd = [user("Kees", str(number)) for number in range(1000)]
    stub = serve(lambda _question: listed(*crowd))
    assert provide(stub.url).find("Kees") is None


def test_one_page_of_everybody_is_not_called_not_found(provide: Provide, serve: Serve) -> None:
    page = [user(f"user{number}", str(number)) for number in range(100)]
    stub = serve(lambda _question: listed(*page, total=1000))
    with pytest.raises(BadAnswer):
        provide(stub.url).find("Kees")


def by_path(question: bytes) -> bytes:
    path = question.split(b" ")[1]
    if path == b"/v2/Users/Kees%2FJansen":
        return answer(body=json.dumps(user("Kees/Jansen", "7")).encode())
    if path == b"/v2/Users/kees":
        return answer(body=json.dumps(user("Kees", "8")).encode())
    if path == b"/v2/Users/":
        return listed(user("admin"))
    return answer(404, b'{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"]}')


def test_a_server_without_a_search_is_asked_by_path(provide: Provide, serve: Serve) -> None:
    stub = serve(by_path)
    provider = provide(stub.url, search="path", has_external_id=False)
    found = provider.find("Kees/Jansen")
    assert found is not None
    assert found.ref == "7"
    assert provider.find("kees") is None
    assert provider.find("nobody") is None
    assert provider.find(".") is None


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"detail": "welcome"},
        {"Resources": {"id": 1}},
        {"Resources": None, "totalResults": 1},
        {"totalResults": 3},
        "text",
        None,
        {"Resources": [{"userName": "Kees"}]},
        {"Resources": [{"userName": "Kees", "id": 12}]},
        {"Resources": [{"userName": "Kees", "id": ""}]},
    ],
    ids=repr,
)
def test_a_list_that_is_none_is_a_bad_answer(provide: Provide, serve: Serve, body: object) -> None:
    stub = serve(lambda _question: answer(body=json.dumps(body).encode()))
    with pytest.raises(BadAnswer):
        provide(stub.url).find("Kees")


def test_odd_fields_of_a_user_are_left_out(provide: Provide, serve: Serve) -> None:
    odd = user(
        "Kees",
        emails=["x", {"value": 3}, {"value": "second@x.example"}, {"primary": True, "value": ""}],
        meta={"created": "0001-01-01T00:00:00+14:00", "version": 4},
    )
    stub = serve(lambda _question: listed("x", None, odd))
    found = provide(stub.url).find("Kees")
    assert found is not None
    assert (found.email, found.made_at, found.etag) == ("second@x.example", None, "")


def test_the_primary_address_comes_first(provide: Provide, serve: Serve) -> None:
    emails = [{"value": "work@x.example"}, {"value": "home@x.example", "primary": True}]
    stub = serve(lambda _question: listed(user("Kees", emails=emails)))
    found = provide(stub.url).find("Kees")
    assert found is not None
    assert found.email == "home@x.example"


def test_a_search_that_is_refused_is_no_reason_to_give_up(provide: Provide, serve: Serve) -> None:
    refusal = b'{"schemas": [], "scimType": "invalidFilter"}'
    stub = serve(lambda _question: answer(400, refusal))
    with pytest.raises(BadAnswer, match="400 invalidFilter") as told:
        provide(stub.url).find("Kees")
    assert not isinstance(told.value, Rejected)
