"""The change log reads like sentences, whatever action some use case writes."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

import deskterm
from deskterm.screens.log_words import OF_A_FIELD, change_text
from deskterm.services.log_actions import LOG_ACTIONS
from deskterm.services.settle.book import ActKind
from deskterm.views.customer import LogLine
from deskterm.views.printing import PrintKind

NOON = datetime(2026, 3, 15, tzinfo=UTC)
NAMES = {
    "badge.OPN": "Onbemand",
    "country.NL": "Nederland",
    "end_reason.OV": "Overleden",
    "membership.52": "52-Basis",
    "newsletter.WK": "Weekbericht",
    "preference.HR1": "Herinnering",
    "profile.interest.THR": "Thrillers",
    "role.LID": "Lid van verdienste",
    "staff.9001": "J. Prins",
    "waive_reason.HER": "Herinschrijving",
}
ROOMS = ("services", "accounts", "transfer")
WRITERS = {"line", "log", "_log", "rename", "log_row"}
"""What the functions are called that write a line of the log."""
WHOSE = {"customer_id", "actor_id"}
"""What stands before the action where such a function is told whose log it is."""
OF_NOBODY = ("sign_", "pin.", "staff.", "till.", "privacy.", "print.test")
"""Lines that are about no customer, and stand on nobody's tab 4."""


def said(action: str, field: str = "", old: str = "", new: str = "") -> str:
    return change_text(LogLine(NOON, "", "", action, field, old, new), NAMES)


@pytest.mark.parametrize(
    ("action", "field", "old", "new", "sentence"),
    [
        ("edit", "phone", "0592 1", "06 2", "Telefoon gewijzigd van 0592 1 in 06 2"),
        ("bounce", "contribution", "", "AM04", "Incasso gestorneerd: er staat te weinig op de"
         " rekening (AM04)"),
        ("register", "contribution", "60,00", "60,00", "Geregistreerd: Contributie 60,00"),
        ("waive", "waive_reason", "", "HER", "Kwijtgescholden: Reden kwijtschelding"
         " Herinschrijving"),
        ("debit.reject", "contribution", "", "AC04", "Incasso geweigerd: de rekening is opgeheven"
         " (AC04)"),
        ("bounce", "contribution", "", "ZZ99", "Incasso gestorneerd: ZZ99"),
        ("bounce", "contribution", "", "", "Incasso gestorneerd: de bank noemt geen reden"),
        ("edit", "phone", "", "0592 123456", "Telefoon ingevuld: 0592 123456"),
        ("edit", "phone", "0592 123456", "", "Telefoon gewist, was 0592 123456"),
        ("edit", "phone", "", "", "Telefoon gewijzigd"),
        ("edit", "direct_debit", "", "1", "Incasso aangezet"),
        ("edit", "block.general", "1", "", "Algemene blokkade uitgezet"),
        ("edit", "block.general.note", "", "brief", "Algemene blokkade, toelichting ingevuld:"
         " brief"),
        ("edit", "newsletter.MND", "", "1", "Nieuwsbrief MND aangezet"),
        ("edit", "relation.child", "413700", "", "Kind gewist, was 413700"),
        ("edit", "surname", "{new}", "{what}", "Achternaam gewijzigd van {new} in {what}"),
        ("merge", "address.1.street", "", "Brink 3 ANNEN",
         "Straat ingevuld: Brink 3 ANNEN (bij het samenvoegen)"),
        ("edit", "address.2.until_on", "", "14-03-2026",
         "Tot en met van adres 2 ingevuld: 14-03-2026"),
        ("import", "", "", "", "Import"),
        ("import", "email", "", "a@b.nl", "E-mail ingevuld: a@b.nl (import)"),
        ("series", "phone", "1", "2", "Telefoon gewijzigd van 1 in 2 (seriemutatie)"),
        ("card.block", "card", "2940 active", "2940 blocked", "Pas 2940 geblokkeerd"),
        ("card.kind", "card", "2940 extra", "2940 main",
         "Pas 2940 gewijzigd van volgpas in hoofdpas"),
        ("card.replace", "card", "2940", "2941", "Pas 2940 vervangen door 2941"),
        ("card.new", "card", "", "2941", "Pas 2941 uitgegeven"),
        ("card.undo", "card", "2941", "2940", "Uitgifte van pas 2941 hersteld; pas 2940 geldt"
         " weer"),
        ("role.start", "role", "", "ABO", "Rol ABO begonnen"),
        ("membership.renew", "membership", "53-Compleet", "53-Compleet",
         "Abonnement 53-Compleet verlengd"),
        ("membership.renew", "membership", "50-Jeugd", "51-Start",
         "Abonnement 50-Jeugd verlengd met 51-Start"),
        ("membership.change", "membership", "53-Compleet", "53-Compleet",
         "Abonnement 53-Compleet opnieuw begonnen"),
        ("membership.change", "membership", "52-Basis", "53-Compleet",
         "Abonnement gewijzigd van 52-Basis in 53-Compleet"),
        ("membership.end", "membership", "53", "31-07-2023 AF",
         "Abonnement 53 beëindigd per 31-07-2023, reden AF"),
        ("month", "membership_status", "5", "9 AF",
         "Klantenrun: Status abonnement van Normaal naar Ongeldig, reden AF"),
        ("pay", "registration", "5,00", "0,00", "Betaald: Registratie van 5,00 naar 0,00"),
        ("charge", "registration", "", "Boete 5,00", "Kosten geboekt: Registratie Boete 5,00"),
        ("merge", "actor_id", "413700", "413701",
         "Samengevoegd: actor-id 413700 hoort nu bij 413701"),
        ("merge", "phone", "1", "2", "Telefoon gewijzigd van 1 in 2 (bij het samenvoegen)"),
        ("merge.undo", "actor_id", "413701", "413700",
         "Samenvoeging van actor-id 413700 met 413701 hersteld"),
        ("edit", "sex", "M", "X", "Geslacht gewijzigd van Man in Onbekend"),
        ("edit", "address.1.kind", "home", "post",
         "Soort adres gewijzigd van Woonadres in Postadres"),
        ("edit", "address.1.country", "", "NL", "Land ingevuld: Nederland"),
        ("edit", "preference.HR1", "M", "F",
         "Berichtvoorkeur Herinnering gewijzigd van E-mail in Brief"),
        ("edit", "newsletter.WK", "1", "", "Nieuwsbrief Weekbericht uitgezet"),
        ("edit", "badge.OPN", "", "1", "Badge Onbemand aangezet"),
        ("edit", "profile.interest.THR", "", "1", "Profiel Thrillers aangezet"),
        ("role.end", "role", "LID", "", "Rol Lid van verdienste beëindigd"),
        ("waive", "waive_asked_by", "", "9001",
         "Kwijtgescholden: Kwijtschelding gevraagd door J. Prins"),
        ("membership.end", "membership", "52", "15-03-2026 OV",
         "Abonnement 52-Basis beëindigd per 15-03-2026, reden Overleden"),
        ("membership.status", "membership_status", "5", "8 OV",
         "Nieuwe status: Status abonnement van Normaal naar Zwarte lijst, reden Overleden"),
        ("remove", "", "", "", "Verwijderd"),
        ("remove.undo", "", "", "", "Verwijdering hersteld"),
        ("privacy.erase", "log", "", "f00", "Persoonsgegevens gewist"),
        ("new.kind", "", "", "x", "new.kind: x"),
    ],
)  # fmt: skip
def test_a_change_is_said_in_a_sentence(
    action: str, field: str, old: str, new: str, sentence: str
) -> None:
    assert said(action, field, old, new) == sentence


def written() -> Iterator[str]:
    """Every action that the code writes as a plain word."""
    for room in ROOMS:
        for file in sorted((Path(deskterm.__file__).parent / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                yield from _actions(node)
    yield from get_args(ActKind)
    yield from (f"print.{kind}" for kind in get_args(PrintKind))


def _actions(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Call) and _name(node.func) in WRITERS:
        told = [one for one in node.args if _name(one) not in {"desk", "at"}]
        is_told_whose = len(told) > 1 and _name(told[0]) in WHOSE
        return _words(told[is_told_whose]) if told else []
    if isinstance(node, ast.keyword) and node.arg == "action":
        return _words(node.value)
    if isinstance(node, ast.Assign) and _name(node.targets[0]) == "action":
        return _words(node.value)
    if isinstance(node, ast.FunctionDef) and node.name == "_action":
        returned = [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]
        return [word for one in returned if one is not None for word in _words(one)]
    return []


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _words(node: ast.expr) -> list[str]:
    """A plain word, or both of a choice between two; nothing when it is worked out."""
    parts = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    return [
        one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def test_every_action_that_is_written_has_words() -> None:
    actions = {one for one in written() if not one.startswith(OF_NOBODY)}
    assert {"card.block", "card.extra", "account.active", "account.made", "print.cancel",
            "merge.undo", "series", "remove", "membership.renew", "import"} <= actions  # fmt: skip
    assert actions - set(LOG_ACTIONS) == set()


def test_every_action_with_a_sentence_has_a_word_too() -> None:
    from deskterm.screens.log_words import SENTENCES

    assert set(SENTENCES) | set(OF_A_FIELD) <= set(LOG_ACTIONS)
