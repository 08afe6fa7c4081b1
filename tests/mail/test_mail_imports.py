"""A worker that waits has nothing of mail in memory but its queue."""

import subprocess
import sys

SLOW = {"jinja2", "email", "smtplib", "mailbox", "email_validator", "ssl", "sqlmodel", "sqlalchemy"}


def test_what_writes_and_sends_mail_is_loaded_with_the_first_mail() -> None:
    code = (
        "import sys\n"
        "from deskterm.mail import options, queue, senders\n"
        "senders.choose(options.MailOptions(host='localhost', sender='b@example.org'), {})\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & SLOW == set()
