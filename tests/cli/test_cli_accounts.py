"""`deskterm accounts`: what the manager asks and does."""

import json
import mailbox
import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskterm.store.engine import open_store
from deskterm.store.tables import AccountJob, Customer, LoginAccount
from tests.cli.conftest import Ran, Run
from tests.ports import free_port

CUSTOMER = 413700
CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b")
Add = Callable[..., int]


@pytest.fixture
def accounts(run: Run, practice: Path) -> Run:
    """`deskterm accounts …` on the practice library."""

    def carry_out(*argv: str | Path) -> Ran:
        return run("accounts", *argv, "--store", practice)

    return carry_out


@pytest.fixture
def add_job(practice: Path) -> Add:
    """Queue for an account of a customer who has none; gives the number of the job."""

    def add(**columns: Any) -> int:
        now = datetime.now(UTC)
        values: dict[str, Any] = {
            "key": "key-1", "customer_id": CUSTOMER, "email": "thea@example.org",
            "at": now, "next_at": now,
        }  # fmt: skip
        with closing(open_store(str(practice))) as store, store.write() as session:
            customer = session.get(Customer, CUSTOMER)
            assert customer is not None
            customer.username, customer.email = "", "thea@example.org"
            if (link := session.get(LoginAccount, CUSTOMER)) is not None:
                session.delete(link)
            job = AccountJob(**(values | columns))
            session.add_all([customer, job])
            session.flush()
            assert job.id is not None
            return job.id

    return add


def state(practice: Path, table: str) -> list[tuple[Any, ...]]:
    with closing(open_store(str(practice))) as store, store.look() as connection:
        found = connection.execute(f"SELECT state FROM {table}").mappings()
        return [tuple(row) for row in found]


def test_a_check_makes_nothing_and_says_what_works(accounts: Run, practice: Path) -> None:
    ran = accounts("check")
    assert ran.status == 0
    assert f"Inlogaccounts: {practice} werkt." in ran.out
    assert "Mail: blijft in een map" in ran.out
    assert state(practice, "login_account") == state(practice, "account_job") == []


@pytest.fixture
def real(run: Run, sqlite_file: Path, tmp_path: Path) -> Callable[[str], Ran]:
    """`deskterm accounts check` in a library that is not for practice, with these settings."""

    def check(settings: str) -> Ran:
        file = tmp_path / "config.toml"
        file.write_text(settings, encoding="utf-8")
        return run("accounts", "check", "--store", sqlite_file, "--config", file)

    return check


def test_a_check_tells_of_a_library_without_accounts(real: Callable[[str], Ran]) -> None:
    ran = real("[accounts]\nprovider = 'none'\n")
    assert ran.status == 0
    assert "Inlogaccounts: geen" in ran.out


def test_a_check_tells_what_is_wrong_with_server_token_and_mail(
    real: Callable[[str], Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    settings = (
        f"[accounts]\nprovider = 'scim'\n[accounts.scim]\nbase_url = 'http://127.0.0.1:{port}'\n"
        "connect_s = 0.5\nread_s = 0.5\n"
        f"[mail]\nhost = '127.0.0.1'\nport = {port}\nsecurity = 'none'\nsender = 'a@example.org'\n"
    )
    without_token = real(settings)
    assert without_token.status == 1
    assert "DESKTERM_ACCOUNTS_TOKEN" in without_token.err
    assert "mailserver is niet bereikbaar" in without_token.err
    monkeypatch.setenv("DESKTERM_ACCOUNTS_TOKEN", "geheim-token")
    without_server = real(settings)
    assert without_server.status == 1
    assert "niet bereikbaar" in without_server.err
    assert "geheim-token" not in without_server.err + without_server.out


def test_a_check_says_once_that_nobody_answers(
    started: Run, sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKTERM_ACCOUNTS_TOKEN", "geheim-token")
    config, url = tmp_path / "config.toml", f"http://127.0.0.1:{free_port()}"
    config.write_text(f"[accounts]\nprovider = 'scim'\n[accounts.scim]\nbase_url = '{url}'\n")
    # As a program: here the log of the tests would hide what it prints.
    ran = started("accounts", "check", "--store", sqlite_file, "--config", config)
    assert ran.err == (
        "Inlogaccounts: de accountdienst is niet bereikbaar (unavailable ConnectError).\n"
    )


def test_a_check_tells_the_faults_of_the_settings(real: Callable[[str], Ran]) -> None:
    ran = real("[accounts]\nprovider = 'keycloak'\n[mail]\npassword = 'geheim'\n")
    assert ran.status == 1
    assert "regel 2: accounts.provider:" in ran.err
    assert "regel 4: mail.password:" in ran.err
    assert "geheim" not in ran.err


def test_the_customers_of_a_practice_library_get_no_account_at_a_real_server(
    accounts: Run, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        "[accounts]\nprovider = 'scim'\n[accounts.scim]\nbase_url = 'https://id.example.org'\n"
        "[mail]\nhost = 'smtp.example.org'\nsender = 'a@example.org'\n",
        encoding="utf-8",
    )
    ran = accounts("check", "--config", file)
    assert ran.status == 0
    assert "example.org" not in ran.out + ran.err


def test_jobs_are_listed_as_lines_and_as_json(accounts: Run, add_job: Add) -> None:
    assert "Er zijn er geen" in accounts("list").err
    number = add_job(state="failed", error="username_taken")
    (line,) = accounts("list", "--state", "failed").out.splitlines()
    assert str(number) in line
    assert f"[{CUSTOMER}]" in line
    assert "mislukt" in line
    assert "al in gebruik" in line
    (told,) = json.loads(accounts("list", "--json").out)
    assert (told["id"], told["state"], told["error_code"]) == (number, "failed", "username_taken")
    assert accounts("list", "--state", "queued", "--json").out == "[]\n"
    assert accounts("list", "--state", "lost").status == 2


def test_what_failed_is_queued_again(accounts: Run, add_job: Add, practice: Path) -> None:
    number = add_job(state="failed", error="unavailable")
    assert accounts("retry", str(number)).status == 0
    assert state(practice, "account_job") == [("queued",)]
    unknown = accounts("retry", "999")
    assert unknown.status == 1
    assert unknown.err
    assert accounts("retry").status == 2


def test_all_that_failed_is_queued_again_but_what_was_called_off(
    accounts: Run, add_job: Add, practice: Path
) -> None:
    add_job(key="called off", state="failed", error="dismissed")
    add_job(key="failed", state="failed", error="unavailable")
    ran = accounts("retry", "--all")
    assert ran.status == 0
    assert "1 inlogaccount staat weer" in ran.out
    assert sorted(state(practice, "account_job")) == [("failed",), ("queued",)]
    assert "0 inlogaccounts staan" in accounts("retry", "--all").out


def test_the_code_of_the_mail_activates_the_account_and_is_then_used_up(
    accounts: Run, run: Run, add_job: Add, practice: Path
) -> None:
    add_job()
    assert run("worker", "--until-idle", "--store", practice).status == 0
    assert state(practice, "login_account") == [("pending",)]
    (mail,) = mailbox.Maildir(practice.with_name(f"{practice.name}-mail"), create=False)
    body = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    code = CODE.search(body.get_payload(decode=True).decode())  # type: ignore[union-attr]
    assert code is not None
    wrong = accounts("activate", "AAAA-AAAA-AAAA")
    assert wrong.status == 1
    assert "onbekend" in wrong.err
    ran = accounts("activate", code[0].lower())
    assert ran.status == 0
    assert "is geactiveerd" in ran.out
    assert state(practice, "login_account") == [("active",)]
    assert accounts("activate", code[0]).status == 1


def test_codes_are_for_accounts_of_our_own(accounts: Run, practice: Path, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[accounts]\nprovider = 'none'\n", encoding="utf-8")
    with closing(open_store(str(practice))) as store, store.jot() as connection:
        # A real library from now on.
        connection.execute("DELETE FROM library_setting WHERE key = 'practice.day'")
    ran = accounts("activate", "AAAA", "--config", file)
    assert ran.status == 1
    assert "niet met een code" in ran.err


def test_an_account_is_forgotten(accounts: Run, run: Run, add_job: Add, practice: Path) -> None:
    add_job()
    run("worker", "--until-idle", "--store", practice)
    assert accounts("forget", str(CUSTOMER)).status == 0
    assert state(practice, "login_account") == []
    again = accounts("forget", str(CUSTOMER))
    assert again.status == 1
    assert again.err


def test_a_job_that_waits_is_called_off(accounts: Run, add_job: Add, practice: Path) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    add_job(next_at=later)
    assert accounts("forget", str(CUSTOMER)).status == 0
    assert state(practice, "account_job") == [("failed",)]
