"""Handing mail over to a real server, and everything that may come between."""

import smtplib
import ssl
import time
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest

from deskterm.mail.compose import compose
from deskterm.mail.model import MailLater, MailRefused, MailTrouble
from deskterm.mail.options import Security
from deskterm.mail.senders import SmtpSender
from tests.mail.conftest import ENVIRON, Certificate
from tests.mail.letters import CODE, LETTER
from tests.mail.servers import Postman, mail_server, mumbling_server, options_for
from tests.ports import free_port
from tests.rows_store import NOON


def mail(sender: SmtpSender, recipient: str = LETTER.recipient) -> EmailMessage:
    return compose(replace(LETTER, recipient=recipient), sender.options, NOON)


def trouble_of(sender: SmtpSender) -> MailTrouble:
    """What comes of sending; a check comes to the same before a mail is begun."""
    with pytest.raises(MailTrouble) as trouble:
        sender.send(mail(sender))
    for quoted in ("zoe", "balie", CODE, ENVIRON["DESKTERM_MAIL_PASSWORD"]):
        assert quoted not in f"{trouble.value!r} {trouble.value}"
    assert not isinstance(trouble.value.__cause__, smtplib.SMTPException)
    return trouble.value


def checked_trouble_of(sender: SmtpSender) -> MailTrouble:
    """The same from `check`."""
    sent = trouble_of(sender)
    with pytest.raises(MailTrouble) as trouble:
        sender.check()
    assert (type(trouble.value), trouble.value.code) == (type(sent), sent.code)
    return sent


def test_a_mail_arrives_as_it_was_written(sender: SmtpSender, postman: Postman) -> None:
    message = mail(sender)
    sender.send(message)
    (got,) = postman.got
    assert (postman.recipients, postman.secure) == ([LETTER.recipient], [True])
    assert postman.logged_in == [True]
    assert got["Message-ID"] == str(message["Message-ID"])
    text, page = got.get_body(("plain",)), got.get_body(("html",))
    assert text is not None
    assert page is not None
    assert "Beste Zoë <b>," in text.get_content()
    assert "Beste Zoë &lt;b&gt;," in page.get_content()


def test_tls_from_the_first_byte(certificate: Certificate) -> None:
    with mail_server(certificate.server, tls_at_once=True) as (postman, port):
        sender = SmtpSender(options_for(port, "tls", certificate.ca_file), ENVIRON)
        sender.check()
        sender.send(mail(sender))
    assert len(postman.got) == 1
    assert postman.logged_in == [True, True]


def test_this_machine_may_take_it_without_either() -> None:
    with mail_server(None, login=False) as (postman, port):
        sender = SmtpSender(options_for(port, "none", user=""), {})
        sender.send(mail(sender))
    assert (len(postman.got), postman.secure) == (1, [False])


def test_an_address_in_other_letters_goes_where_it_is_understood(
    certificate: Certificate,
) -> None:
    for understood in (True, False):
        with mail_server(certificate.server, enable_SMTPUTF8=understood) as (postman, port):
            sender = SmtpSender(options_for(port, ca_file=certificate.ca_file), ENVIRON)
            if understood:
                sender.send(mail(sender, "zoë@example.org"))
                assert postman.recipients == ["zoë@example.org"]
                continue
            with pytest.raises(MailRefused, match="recipient_refused"):
                sender.send(mail(sender, "zoë@example.org"))
            assert postman.got == []


def test_a_check_logs_in_and_mails_nobody(sender: SmtpSender, postman: Postman) -> None:
    sender.check()
    assert (postman.logged_in, postman.noops, postman.got) == ([True], 1, [])


@pytest.mark.parametrize(
    ("answers", "kind", "code"),
    [
        ({"rcpt_answer": "451 greylisted zoe@example.org"}, MailLater, "busy"),
        ({"rcpt_answer": "550 no zoe@example.org here"}, MailRefused, "recipient_refused"),
        ({"data_answer": "451 balie: disk full"}, MailLater, "busy"),
        ({"data_answer": "554 no mail with K7QX-M2PD"}, MailRefused, "message_refused"),
        ({"mail_answer": "451 balie: later"}, MailLater, "busy"),
        ({"mail_answer": "550 not from balie"}, MailLater, "sender_refused"),
        ({"data_answer": "421 balie: closing"}, MailLater, "busy"),
    ],
)
def test_a_refusal_is_for_now_or_for_good(
    sender: SmtpSender,
    postman: Postman,
    answers: dict[str, str],
    kind: type[MailTrouble],
    code: str,
) -> None:
    vars(postman).update(answers)
    trouble = trouble_of(sender)
    assert (type(trouble), trouble.code) == (kind, code)
    assert trouble.detail == next(iter(answers.values()))[:3]
    assert postman.got == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_somebody_else_gets_no_password(
    certificate: Certificate, certificate_of_another: Certificate, security: Security
) -> None:
    tls_at_once = security == "tls"
    cases = (
        (certificate, certificate_of_another.ca_file),
        (certificate_of_another, certificate_of_another.ca_file),
        (certificate, ""),
    )
    for shown, trusted in cases:
        with mail_server(shown.server, tls_at_once=tls_at_once) as (postman, port):
            trouble = checked_trouble_of(SmtpSender(options_for(port, security, trusted), ENVIRON))
        assert (type(trouble), trouble.code) == (MailLater, "tls")
        assert (postman.got, postman.logged_in) == ([], [])


def test_a_server_without_starttls_gets_nothing(certificate: Certificate) -> None:
    with mail_server(None, login=False) as (postman, port):
        sender = SmtpSender(options_for(port, ca_file=certificate.ca_file), ENVIRON)
        assert checked_trouble_of(sender).code == "no_starttls"
    assert (postman.got, postman.logged_in) == ([], [])


def test_trusted_certificates_that_are_not_there(server: tuple[Postman, int]) -> None:
    sender = SmtpSender(options_for(server[1], ca_file="none.pem"), ENVIRON)
    assert checked_trouble_of(sender).code == "tls"


@pytest.mark.parametrize("password", ["verkeerd", "geheim wóórd"])
def test_a_wrong_password_keeps_the_mail(
    sender: SmtpSender, postman: Postman, password: str
) -> None:
    wrong = replace(sender, environ={"DESKTERM_MAIL_PASSWORD": password})
    trouble = checked_trouble_of(wrong)
    assert (type(trouble), trouble.code) == (MailLater, "not_authorised")
    assert password not in str(trouble)
    assert True not in postman.logged_in


@pytest.mark.parametrize(
    ("user", "environ", "more", "code"),
    [
        ("balie", {}, {}, "no_password"),
        ("balie", {}, {"password_file": "/none"}, "no_password"),
        ("", {}, {}, "not_authorised"),
    ],
)
def test_without_a_password_the_mail_waits(
    certificate: Certificate,
    server: tuple[Postman, int],
    user: str,
    environ: dict[str, str],
    more: dict[str, Any],
    code: str,
) -> None:
    options = options_for(server[1], ca_file=certificate.ca_file, user=user, **more)
    trouble = trouble_of(SmtpSender(options, environ))
    assert (type(trouble), trouble.code) == (MailLater, code)


def test_a_server_that_knows_no_log_in(certificate: Certificate) -> None:
    no_way: dict[str, Any] = {"login": False, "auth_exclude_mechanism": ["LOGIN", "PLAIN"]}
    with mail_server(certificate.server, **no_way) as (postman, port):
        sender = SmtpSender(options_for(port, ca_file=certificate.ca_file), ENVIRON)
        assert checked_trouble_of(sender).code == "not_authorised"
    assert postman.got == []


def test_nobody_listens() -> None:
    sender = SmtpSender(options_for(free_port()), ENVIRON)
    trouble = checked_trouble_of(sender)
    assert (type(trouble), trouble.code) == (MailLater, "unreachable")


def test_a_host_that_is_no_name() -> None:
    options = replace(options_for(25), host="." * 3 + "x" * 70)
    assert checked_trouble_of(SmtpSender(options, ENVIRON)).code == "unreachable"


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("words", "limits"),
    [
        (b"", {"timeout_s": 0.2, "total_s": 30}),
        # Never silent, never done: only the time of the whole mail ends it.
        (b"2", {"timeout_s": 0.5, "total_s": 0.5}),
    ],
)
def test_a_server_that_does_not_answer_is_left_in_time(
    security: Security, words: bytes, limits: dict[str, Any]
) -> None:
    with mumbling_server(words) as port:
        sender = SmtpSender(options_for(port, security, **limits), ENVIRON)
        begun = time.monotonic()
        trouble = trouble_of(sender)
        assert time.monotonic() - begun < 10
    assert isinstance(trouble, MailLater)
    assert trouble.code in ("unreachable", "tls")


def test_a_server_that_hangs_up_during_the_farewell_has_the_mail(
    sender: SmtpSender, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smtplib.SMTP.quit", _hang_up)
    sender.send(mail(sender))
    assert len(postman.got) == 1


def _hang_up(_connection: object) -> None:
    raise ssl.SSLEOFError("gone")


def test_a_sender_shows_no_password(sender: SmtpSender) -> None:
    assert ENVIRON["DESKTERM_MAIL_PASSWORD"] not in repr(sender)
