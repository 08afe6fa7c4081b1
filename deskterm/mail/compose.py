"""Writing a mail out: templates of the library or our own, as text and as HTML."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from email_validator import EmailNotValidError, validate_email
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, pass_context
from jinja2.runtime import Context

from deskterm.mail.model import Letter, MailLater, MailRefused
from deskterm.mail.options import MailOptions
from deskterm.paths import resource
from deskterm.rules.names import inert

LOCAL = ZoneInfo("Europe/Amsterdam")
SOURCE_LANGUAGE = "nl"
UNSET_SENDER = "deskterm@localhost"
"""Who mails into a folder while the library has not said who it is."""

_LONGEST = 300
"""Letters of one thing that is filled in, and of a header: no name is as long."""
_NEEDS_QUOTES = re.compile(r'[()<>\[\]:;@\\,"]')
"""What has a meaning of its own beside an address (RFC 5322, 3.2.3)."""
_WEEKDAYS = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
# What a template that somebody wrote can do wrong.
_TEMPLATE_FAULTS = (
    TemplateError, ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError,
    ValueError,
)  # fmt: skip


def compose(letter: Letter, options: MailOptions, now: datetime) -> EmailMessage:
    """Write the mail to one recipient, who is checked first.

    Raises:
        MailRefused: `bad_address`, or `expired` when what it says has had its time.
        MailLater: `template` or `sender`: until a person has mended it.
    """
    recipient, sender = _checked(letter.recipient), _own_address(options)
    if recipient is None:
        raise MailRefused("bad_address")
    with _template_faults():
        expires = letter.contents.get("expires")
        late = expires is not None and datetime.fromisoformat(expires) <= now
    if late:
        raise MailRefused("expired")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_own_name(options), addr_spec=sender)
    # In two parts: whole, the mail library refuses letters like ë before the @ (RFC 6531).
    message["To"] = Address("", *recipient.rsplit("@", 1))
    message["Date"] = now
    message["Message-ID"] = message_id(letter.key, sender)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answering machine answers it
    with _template_faults():
        _fill(message, letter, options)
    return message


def message_id(key: str, sender: str) -> str:
    """The Message-ID of the job with this key: the same for every try."""
    # A dot may not stand everywhere in one (RFC 5322, 3.2.3).
    left = quote(key, safe="").replace(".", "%2E")
    return f"<{left}@{sender.rpartition('@')[2]}>"


def moment_text(moment: str, language: str) -> str:
    """An ISO moment as the clock in Amsterdam has it: `za 22-11 20:40`."""
    local = datetime.fromisoformat(moment).astimezone(LOCAL)
    weekdays = _WEEKDAYS.get(language, _WEEKDAYS[SOURCE_LANGUAGE])
    return f"{weekdays[local.weekday()]} {local:%d-%m %H:%M}"


def _fill(message: EmailMessage, letter: Letter, options: MailOptions) -> None:
    render = _renderer(letter, options)
    # Names may hold line ends, which would begin another header.
    message["Subject"] = _one_line(render("subject.txt"))
    message.set_content(render("txt"), cte="quoted-printable")
    page = render("html")
    if page.strip():
        message.add_alternative(page, subtype="html", cte="quoted-printable")


def _renderer(letter: Letter, options: MailOptions) -> Callable[[str], str]:
    """What fills in the templates of this letter, by the end of their names."""
    folders = [Path(options.templates).expanduser()] if options.templates else []
    environment = Environment(
        loader=FileSystemLoader([*folders, resource("mail")]),
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html"),
        keep_trailing_newline=True,
    )
    wanted = letter.language.partition("_")[0]
    choices = [f"{one}/{letter.kind}.txt" for one in (wanted, SOURCE_LANGUAGE)]
    environment.filters["moment"] = _moment
    # All parts in the one language that there is a text in.
    language = _language_of(environment.select_template(choices).name)
    library = letter.contents.get("library") or options.library
    contents = {
        name: _in_words(value) for name, value in {**letter.contents, "library": library}.items()
    }

    def render(part: str) -> str:
        return environment.get_template(f"{language}/{letter.kind}.{part}").render(contents)

    return render


@pass_context
def _moment(context: Context, moment: str) -> str:
    """`{{ expires|moment }}`, in the language of the template."""
    return moment_text(moment, _language_of(context.name))


def _language_of(template: str | None) -> str:
    return (template or "").partition("/")[0]


@contextmanager
def _template_faults() -> Iterator[None]:
    try:
        yield
    except _TEMPLATE_FAULTS as error:
        # Without the cause: its text may quote what was filled in.
        raise MailLater("template", type(error).__name__) from None


def _own_name(options: MailOptions) -> str:
    # The mail library loses the quotes of a name that it puts on two lines, and what needed them
    # then is another address.
    return _one_line(_NEEDS_QUOTES.sub(" ", options.sender_name or options.library))


def _own_address(options: MailOptions) -> str:
    if not options.sender:
        return UNSET_SENDER
    sender = _checked(options.sender)
    if sender is None:
        raise MailLater("sender")
    return sender


def _checked(address: str) -> str | None:
    """The address as servers know it. The mail library takes `a@b@c` for nobody at all."""
    try:
        checked = validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return None
    return checked.ascii_email or checked.normalized


def _in_words(text: str) -> str:
    """What is filled in, without what would act in a mail program; what is endless is cut."""
    return inert(text[:_LONGEST])


def _one_line(text: str) -> str:
    return " ".join(inert(text[:_LONGEST]).split())
