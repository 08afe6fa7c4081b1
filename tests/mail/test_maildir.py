"""Mail of a library that has no mail server."""

import mailbox
import stat
from pathlib import Path

import pytest

from deskterm.mail.compose import compose
from deskterm.mail.model import MailLater
from deskterm.mail.options import MailOptions
from deskterm.mail.senders import MaildirSender, SmtpSender, choose
from deskterm.paths import data_folder
from tests.mail.letters import CODE, LETTER
from tests.rows_store import NOON


@pytest.fixture
def sender(tmp_path: Path) -> MaildirSender:
    return MaildirSender(MailOptions(maildir=str(tmp_path / "store" / "mail")))


def test_each_mail_is_a_file_for_its_owner_alone(sender: MaildirSender) -> None:
    for _once in range(2):
        sender.send(compose(LETTER, sender.options, NOON))
    folder = Path(sender.options.maildir)
    for part in (folder, folder / "new", folder / "cur", folder / "tmp"):
        assert stat.S_IMODE(part.stat().st_mode) == 0o700
    files = list((folder / "new").iterdir())
    assert len(files) == 2
    content = files[0].read_bytes()
    assert b"\r" not in content
    assert CODE.encode() in content
    (first, *_rest) = mailbox.Maildir(folder, create=False)
    assert (first["To"], first["From"]) == (LETTER.recipient, "deskterm@localhost")


def test_a_check_leaves_no_mail(sender: MaildirSender) -> None:
    sender.check()
    assert list(Path(sender.options.maildir).iterdir()) == []


def test_a_folder_that_cannot_be_written_keeps_the_mail(sender: MaildirSender) -> None:
    folder = Path(sender.options.maildir)
    folder.parent.mkdir()
    folder.write_text("no folder", encoding="utf-8")
    with pytest.raises(MailLater, match="mailbox"):
        sender.send(compose(LETTER, sender.options, NOON))
    with pytest.raises(MailLater, match="mailbox"):
        sender.check()


def test_a_library_mails_to_a_folder_until_it_has_a_server() -> None:
    sender = choose(MailOptions(), {})
    assert isinstance(sender, MaildirSender)
    sender.check()
    assert (data_folder() / "mail").is_dir()
    server = MailOptions(host="mail.example.org", sender="b@example.org")
    assert isinstance(choose(server, {}), SmtpSender)
