"""Mail as its reader sees it."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from deskterm.mail.compose import compose, moment_text
from deskterm.mail.model import Letter, MailLater, MailRefused, MailTrouble
from deskterm.mail.options import MailOptions
from tests.mail.letters import CODE, LETTER, letter_with, letter_without
from tests.rows_store import NOON

OPTIONS = MailOptions(sender="balie@bibliotheek.example.org", library="Bibliotheek Annen")


def read(letter: Letter = LETTER, options: MailOptions = OPTIONS) -> EmailMessage:
    """The mail as it comes out at the other side."""
    message = message_from_bytes(compose(letter, options, NOON).as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    content = body.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def trouble_of(letter: Letter = LETTER, options: MailOptions = OPTIONS) -> MailTrouble:
    with pytest.raises(MailTrouble) as trouble:
        compose(letter, options, NOON)
    return trouble.value


def override(folder: Path, name: str, content: str) -> MailOptions:
    """A library with this template of its own."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return replace(OPTIONS, templates=str(folder))


@pytest.mark.parametrize(
    ("language", "greeting", "subject", "deadline"),
    [
        ("nl", "Beste Zoë <b>,", "Uw inlogaccount bij Bibliotheek Annen", "ma 16-03 13:00"),
        ("en", "Dear Zoë <b>,", "Your login account at Bibliotheek Annen", "Mon 16-03 13:00"),
        ("en_GB", "Dear Zoë <b>,", "Your login account at Bibliotheek Annen", "Mon 16-03 13:00"),
        ("fy", "Beste Zoë <b>,", "Uw inlogaccount bij Bibliotheek Annen", "ma 16-03 13:00"),
    ],
)
def test_a_new_account_is_told_in_both_parts(
    language: str, greeting: str, subject: str, deadline: str
) -> None:
    message = read(replace(LETTER, language=language))
    assert message["Subject"] == subject
    text, page = part(message, "plain"), part(message, "html")
    assert greeting in text
    assert greeting.replace("<b>", "&lt;b&gt;") in page
    for told in ("zoe17", CODE, deadline, "24"):
        assert told in text
        assert told in page


def test_headers_say_who_mails_and_that_no_person_does() -> None:
    message = read()
    assert message["From"] == "Bibliotheek Annen <balie@bibliotheek.example.org>"
    assert message["To"] == "zoe@example.org"
    assert message["Date"].datetime == NOON
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_message_id_is_the_key_of_the_job_every_time() -> None:
    first, again = read(), read()
    assert first["Message-ID"] == "<account%2F17@bibliotheek.example.org>"
    assert again["Message-ID"] == first["Message-ID"]
    long = read(replace(LETTER, key="a.b:" + "7" * 200))
    assert long["Message-ID"] == f"<a%2Eb%3A{'7' * 200}@bibliotheek.example.org>"


def test_no_name_begins_a_header_of_its_own(tmp_path: Path) -> None:
    evil = "Zoë\r\nBcc: all@example.org\n\x00Bcc: b@example.org\u2028Bcc: c@example.org\x85"
    options = replace(
        override(tmp_path, "nl/account_made.subject.txt", "Voor {{ name }} van {{ library }}"),
        sender_name=evil,
    )
    letter = letter_with(name=evil, library=evil)
    raw = compose(letter, options, NOON).as_bytes()
    headers = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    message = read(letter, options)
    assert sorted({key.lower() for key in message}) == sorted(
        ["from", "to", "date", "message-id", "auto-submitted", "subject", "mime-version",
         "content-type"]
    )  # fmt: skip
    assert not [line for line in headers if line.lower().startswith(b"bcc")]
    assert [address.addr_spec for address in message["From"].addresses] == [OPTIONS.sender]
    assert message["Subject"].startswith("Voor Zoë Bcc: all@example.org Bcc: b")


@pytest.mark.parametrize(
    "recipient", ["a@b@c", "", "geen adres", "a@example.org, b@example.org", "a@b.nl\nBcc: c@d.nl"]
)
def test_what_is_no_address_is_never_mailed(recipient: str) -> None:
    trouble = trouble_of(replace(LETTER, recipient=recipient))
    assert isinstance(trouble, MailRefused)
    assert trouble.code == "bad_address"


def test_addresses_in_other_letters_reach_their_reader() -> None:
    assert read(replace(LETTER, recipient="zoe@münchen.example.org"))["To"] == (
        "zoe@xn--mnchen-3ya.example.org"
    )
    local = compose(replace(LETTER, recipient="zoë@example.org"), OPTIONS, NOON)
    assert local["To"].addresses[0].addr_spec == "zoë@example.org"


def test_a_wrong_address_of_our_own_waits_for_the_manager() -> None:
    trouble = trouble_of(options=replace(OPTIONS, sender="balie@"))
    assert isinstance(trouble, MailLater)
    assert trouble.code == "sender"


@pytest.mark.parametrize("name", ["name", "username", "code", "expires"])
def test_a_mail_with_a_hole_in_it_is_not_sent(name: str) -> None:
    trouble = trouble_of(letter_without(name))
    assert isinstance(trouble, MailLater)
    assert trouble.code == "template"


def test_a_mail_whose_deadline_has_passed_is_not_sent() -> None:
    trouble = trouble_of(letter_with(expires=NOON.isoformat()))
    assert isinstance(trouble, MailRefused)
    assert trouble.code == "expired"


def test_a_library_replaces_one_template_and_keeps_the_others(tmp_path: Path) -> None:
    options = override(tmp_path, "nl/account_made.txt", "Hoi {{ name }}: {{ code }}\n")
    message = read(options=options)
    assert part(message, "plain") == f"Hoi Zoë <b>: {CODE}\n"
    assert "Er is een inlogaccount" in part(message, "html")
    assert message["Subject"] == "Uw inlogaccount bij Bibliotheek Annen"
    english = read(replace(LETTER, language="en"), options)
    assert "Dear Zoë <b>," in part(english, "plain")


def test_an_empty_page_leaves_a_mail_of_text_alone(tmp_path: Path) -> None:
    message = read(options=override(tmp_path, "nl/account_made.html", "\n"))
    assert message.get_content_type() == "text/plain"
    assert CODE in part(message, "plain")


@pytest.mark.parametrize(
    "content",
    [
        "{{ nothing_of_the_kind }}",
        "{% if %}",
        "{{ name + 1 }}",
        "{{ 1 / 0 }}",
        "{{ name.nothing.more }}",
        "{{ name|moment }}",
        "{{ name|no_such_filter }}",
        "{% include 'nl/none.txt' %}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
    ],
)
def test_a_broken_template_waits_until_it_is_mended(tmp_path: Path, content: str) -> None:
    trouble = trouble_of(options=override(tmp_path, "nl/account_made.txt", content))
    assert isinstance(trouble, MailLater)
    assert trouble.code == "template"
    assert "Zo" not in str(trouble)


def test_a_kind_without_a_template_waits_too() -> None:
    assert trouble_of(replace(LETTER, kind="of_another_version")).code == "template"


def test_a_language_of_the_library_needs_its_three_parts(tmp_path: Path) -> None:
    frisian = replace(LETTER, language="fy")
    options = override(
        tmp_path, "fy/account_made.txt", "Goeie {{ name }}, foar {{ expires|moment }}"
    )
    assert trouble_of(frisian, options).code == "template"
    override(tmp_path, "fy/account_made.subject.txt", "Jo akkount")
    override(tmp_path, "fy/account_made.html", "<p>Goeie {{ name }}</p>")
    message = read(frisian, options)
    assert message["Subject"] == "Jo akkount"
    assert "foar ma 16-03 13:00" in part(message, "plain")


@pytest.mark.parametrize(
    ("moment", "dutch"),
    [
        (datetime(2025, 11, 22, 19, 40, tzinfo=UTC), "za 22-11 20:40"),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "do 02-07 00:30"),
    ],
)
def test_moments_are_those_of_the_clock_at_the_desk(moment: datetime, dutch: str) -> None:
    assert moment_text(moment.isoformat(), "nl") == dutch


def test_a_letter_says_nothing_of_its_reader_when_it_is_shown() -> None:
    assert repr(LETTER) == "Letter(account_made)"
