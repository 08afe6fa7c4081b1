"""The local provider: names, codes, and the day that an account waits for its customer."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from deskterm.accounts.local import LocalProvider
from deskterm.accounts.model import ProviderAccount, Rejected, Unavailable, UsernameTaken
from deskterm.store.engine import open_store
from tests.accounts.hall import EMAIL, Hall, code_of, wanted


def test_a_new_account_waits_for_its_customer(hall: Hall) -> None:
    made = hall.provider.create(wanted())
    assert (made.username, made.email, made.active) == ("ttestabo", EMAIL, False)
    assert made.made_at == hall.clock.now()
    assert hall.provider.status(made.ref) == made
    assert hall.provider.find("ttestabo") == made
    hall.clock.pass_by(hours=24)
    assert made.expires_at == hall.clock.now()


def test_a_name_is_found_with_its_own_capitals_only(hall: Hall) -> None:
    hall.provider.create(wanted("TTestabo"))
    assert hall.provider.find("TTestabo") is not None
    for other in ("ttestabo", "TTESTABO", "TTestabo ", "TTestab_", "%", "", "x" * 500):
        assert hall.provider.find(other) is None


@pytest.mark.parametrize("odd", ['o"x" or 1=1 --', "'; DROP", "a\0b", "a\ud800", "é\n", "*"])
def test_odd_names_are_nobodys(hall: Hall, odd: str) -> None:
    hall.provider.create(wanted())
    assert hall.provider.find(odd) is None


@pytest.mark.parametrize(
    ("first", "same"),
    [("ttestabo", "ttestabo"), ("ttestabo", "TTestabo"), ("TTestabo", "ttestabo")],
)
def test_names_that_differ_in_capitals_only_are_taken(hall: Hall, first: str, same: str) -> None:
    hall.provider.create(wanted(first))
    with pytest.raises(UsernameTaken):
        hall.provider.create(wanted(same, key="key-2"))
    assert len(hall.accounts()) == 1


def test_the_same_key_makes_nothing_new(hall: Hall) -> None:
    made = hall.provider.create(wanted())
    assert hall.provider.create(wanted()) == made
    assert hall.provider.create(wanted("another")) == made
    assert (len(hall.accounts()), len(hall.mails())) == (1, 1)


def test_the_mail_tells_what_its_template_needs(hall: Hall) -> None:
    made = hall.provider.create(wanted())
    (mail,) = hall.mails()
    contents = json.loads(mail.contents)
    assert (mail.kind, mail.recipient, mail.language) == ("account_made", EMAIL, "nl")
    assert (contents["username"], contents["name"], contents["library"]) == (
        "ttestabo", "T. Testabo", "Drenthe",
    )  # fmt: skip
    assert made.expires_at is not None
    assert contents["expires"] == made.expires_at.isoformat()
    assert contents["hours"] == "24"
    assert re.fullmatch(r"([2-9A-HJKMNPQRSTWXYZ]{4}-){2}[2-9A-HJKMNPQRSTWXYZ]{4}", contents["code"])


def test_the_mail_of_a_forgotten_account_is_not_sent(hall: Hall) -> None:
    made = hall.provider.create(wanted())
    hall.provider.forget(made.ref)
    (mail,) = hall.mails()
    assert (mail.state, mail.error, mail.recipient, mail.contents) == (
        "failed", "withdrawn", "", "{}",
    )  # fmt: skip


def test_only_a_hash_of_the_code_is_kept(hall: Hall) -> None:
    hall.provider.create(wanted())
    (row,) = hall.accounts()
    plain = code_of(hall).replace("-", "")
    assert row.code_hash
    assert plain not in json.dumps(row.model_dump(mode="json"))


def test_equal_codes_of_two_accounts_are_kept_differently() -> None:
    from deskterm.accounts.codes import hash_of, new_code

    assert hash_of("ABCD-EFGH-JKMN", "one") != hash_of("ABCD-EFGH-JKMN", "two")
    assert len({new_code() for _ in range(500)}) == 500


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_activates_once_however_it_is_typed(hall: Hall, typed: Callable[[str], str]) -> None:
    made = hall.provider.create(wanted())
    code = typed(code_of(hall))
    active = hall.provider.activate(code)
    assert active is not None
    assert (active.ref, active.active, active.expires_at) == (made.ref, True, None)
    assert hall.provider.activate(code) is None
    assert [row.code_hash for row in hall.accounts()] == [""]
    hall.clock.pass_by(days=400)
    assert hall.provider.status(made.ref) == active


def test_each_code_activates_its_own_account(hall: Hall) -> None:
    first = hall.provider.create(wanted())
    second = hall.provider.create(wanted("other", key="key-2"))
    activated = hall.provider.activate(code_of(hall, 1))
    assert activated is not None
    assert activated.ref == second.ref
    assert hall.provider.status(first.ref) == first


@pytest.mark.parametrize("wrong", ["", "-", "ABCD-EFGH-JKMN", "\ud800", "é" * 600])
def test_a_wrong_code_activates_nothing(hall: Hall, wrong: str) -> None:
    made = hall.provider.create(wanted())
    hall.provider.activate(code_of(hall))
    hall.provider.create(wanted("other", key="key-2"))
    assert hall.provider.activate(wrong) is None
    assert [row.ref for row in hall.accounts() if row.activated_at] == [made.ref]


def asked(hall: Hall, made: ProviderAccount) -> list[object]:
    return [hall.provider.status(made.ref), hall.provider.find(made.username)]


def test_it_is_there_at_23_59(hall: Hall) -> None:
    made = hall.provider.create(wanted())
    hall.clock.pass_by(hours=23, minutes=59)
    assert asked(hall, made) == [made, made]
    with pytest.raises(UsernameTaken):
        hall.provider.create(wanted(key="key-2"))
    assert hall.provider.activate(code_of(hall)) is not None


@pytest.mark.parametrize(
    "ask",
    [
        lambda hall, made: hall.provider.status(made.ref),
        lambda hall, made: hall.provider.find(made.username),
        lambda hall, _made: hall.provider.activate(code_of(hall)),
    ],
    ids=["status", "find", "activate"],
)
def test_it_is_gone_at_24_00(
    hall: Hall, ask: Callable[[Hall, ProviderAccount], ProviderAccount | None]
) -> None:
    made = hall.provider.create(wanted())
    hall.clock.pass_by(hours=24)
    assert ask(hall, made) is None
    assert hall.accounts() == []


def test_its_name_is_free_again_at_24_00(hall: Hall) -> None:
    made = hall.provider.create(wanted())
    hall.clock.pass_by(hours=24)
    again = hall.provider.create(wanted(key="key-2"))
    assert again.ref != made.ref
    assert [row.key for row in hall.accounts()] == ["key-2"]


def test_an_account_made_anew_for_its_key_has_a_mail_of_its_own(hall: Hall) -> None:
    hall.provider.create(wanted())
    hall.clock.pass_by(hours=24)
    hall.provider.create(wanted())
    assert len(hall.mails()) == 2
    assert hall.provider.activate(code_of(hall, 0)) is None
    assert hall.provider.activate(code_of(hall, 1)) is not None


def test_an_account_that_waits_can_be_forgotten(hall: Hall) -> None:
    made = hall.provider.create(wanted())
    hall.provider.forget(made.ref, made.etag)
    hall.provider.forget(made.ref, made.etag)
    assert hall.accounts() == []


@pytest.mark.parametrize("knows", [True, False])
def test_an_active_account_is_never_deleted(hall: Hall, knows: bool) -> None:
    made = hall.provider.create(wanted())
    hall.provider.activate(code_of(hall))
    with pytest.raises(Rejected):
        hall.provider.forget(made.ref, made.etag if knows else "")
    assert len(hall.accounts()) == 1


def test_nobody_gets_an_account_who_is_not_there(hall: Hall) -> None:
    with pytest.raises(Rejected):
        hall.provider.create(wanted(customer_id=1))
    assert (hall.accounts(), hall.mails()) == ([], [])


def test_two_desks_that_want_one_name_get_one_account(hall: Hall) -> None:
    def create(number: int) -> bool:
        try:
            hall.provider.create(wanted(key=f"key-{number}"))
        except UsernameTaken:
            return False
        return True

    with ThreadPoolExecutor(4) as desks:
        assert sorted(desks.map(create, range(4))) == [False, False, False, True]


def test_a_store_that_is_away_is_a_provider_that_is_away(tmp_path: Path, sqlite_hall: Hall) -> None:
    with closing(open_store(str(tmp_path / "gone" / "store.db"))) as store:
        provider = LocalProvider(store, sqlite_hall.clock, sqlite_hall.options)
        provider.check()
        store.close()
        for file in (tmp_path / "gone").iterdir():
            file.unlink()
        (tmp_path / "gone").rmdir()
        asks: tuple[Callable[[], object], ...] = (
            provider.check,
            lambda: provider.find("ttestabo"),
            lambda: provider.create(wanted()),
        )
        for ask in asks:
            with pytest.raises(Unavailable) as trouble:
                ask()
            assert "ttestabo" not in str(trouble.value)
