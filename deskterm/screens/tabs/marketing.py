"""`9.Marketing`: what the customer does not want, labels, newsletters (1.9)."""

from deskterm.screens.tabs import making
from deskterm.screens.tabs.choices import choice_actions, choice_fields, choice_rows
from deskterm.screens.tabs.layout import Fact, facts, heading, two_columns
from deskterm.screens.tabs.tab import RowAction, Words
from deskterm.screens.wording import yes_no
from deskterm.services.labels import label
from deskterm.text import _, pgettext
from deskterm.views.customer import CustomerView
from deskterm.widgets.fields import Field
from deskterm.widgets.sheet import Column, Row, line

_OPT_OUTS = ("no_information", "no_marketing", "no_mail", "no_email", "no_phone", "no_website")
_WORDS = 24


def read(view: CustomerView, width: int) -> list[Row]:
    """Target group, opt-outs (Ja means blocked), labels, newsletters or that none is wanted."""
    person = view.person
    rows = facts([(label("target_group"), making.shown(view, "target_group"))], width, _WORDS)
    rows.append(heading(_("Geblokkeerd"), width))
    opt_outs: list[Fact] = [
        (label(name), yes_no(making.value_of(person, name) == "1")) for name in _OPT_OUTS
    ]
    half = len(opt_outs) // 2
    rows += two_columns(opt_outs[:half], opt_outs[half:], width, labels=(_WORDS, _WORDS))
    columns = (Column("", _WORDS, grow=1), Column("", 30, grow=1))
    rows.append(heading(_("Klantlabels"), width))
    rows += choice_rows("label", view.labels, columns, width)
    rows.append(heading(_("Nieuwsbrieven"), width))
    wanted = [newsletter for newsletter in view.newsletters if newsletter.chosen]
    if not wanted:
        rows.append(line(" " + _("Deze klant wil geen nieuwsbrieven."), width, "dim"))
    return rows + choice_rows("newsletter", view.newsletters, columns, width)


def form(view: CustomerView, words: Words) -> list[Field]:
    """Every opt-out, label and newsletter as Ja or Nee."""
    person = view.person
    return [
        making.pick_word(person, "target_group", words, "target_group"),
        *making.flags(person, _OPT_OUTS, _("Geblokkeerd")),
        *choice_fields("label", view.labels, _("Klantlabels")),
        *choice_fields("newsletter", view.newsletters, _("Nieuwsbrieven")),
    ]


def actions(view: CustomerView, row_key: str | None) -> list[RowAction]:
    """Give or take the label or newsletter of the row."""
    labels = choice_actions("label", view.labels, row_key, _("Toekennen"), _("Weghalen"))
    return labels or choice_actions(
        "newsletter",
        view.newsletters,
        row_key,
        pgettext("newsletter", "Aanmelden"),
        pgettext("newsletter", "Afmelden"),
    )
