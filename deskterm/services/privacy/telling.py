"""What everything that is kept about a person is called, and what of it is no matter of theirs."""

from collections.abc import Mapping

from deskterm.rules.blocks import BLOCK_WORDS
from deskterm.rules.membership import STATUS_WORDS
from deskterm.services.labels import label
from deskterm.services.log_actions import LOG_ACTIONS
from deskterm.text import N_, _

TITLES: Mapping[str, str] = {
    "customer": N_("Gegevens"),
    "address": N_("Adressen"),
    "card": N_("Passen"),
    "card_issue": N_("Uitgegeven passen"),
    "membership_period": N_("Abonnementen"),
    "ledger_entry": N_("Kosten en betalingen"),
    "ledger_act": N_("Betalingen aan de balie"),
    "debit_line": N_("Incasso's"),
    "loan": N_("Uitleningen"),
    "hold": N_("Reserveringen"),
    "block": N_("Blokkades"),
    "message": N_("Meldingen"),
    "relation": N_("Relaties"),
    "notification_preference": N_("Berichtvoorkeuren"),
    "customer_label": N_("Klantlabels en nieuwsbrieven"),
    "customer_profile": N_("Profielen"),
    "customer_role": N_("Rollen"),
    "customer_badge": N_("Badges"),
    "login_account": N_("Inlogaccount"),
    "account_job": N_("Inlogaccounts die gemaakt zijn of worden"),
    "letter": N_("Brieven"),
    "mail_job": N_("E-mail"),
    "print_job": N_("Geprint"),
    "change_log": N_("Wijzigingen"),
    "acknowledgement": N_("Meldingen die een medewerker zag"),
    "viewing": N_("Keren dat een medewerker de klant opende"),
}
"""Tables that tell of a person, in the order in which people read them."""
LEFT_OUT: Mapping[str, str] = {
    "deed": "how the library keeps a way back; what it changed is in the log",
    "done_act": "keys that keep an act from being done twice",
}
"""Tables that name a person and tell nothing of them."""
HIDDEN = frozenset(
    {
        # Numbers and marks of the program itself.
        "id", "customer_id", "version", "sort_key", "name_text", "contact_text", "place_key",
        "postcode_key", "street_key", "hash", "erased", "key", "payload", "sha256", "attempts",
        "worker", "lease_until", "next_at", "refused_at", "device_job", "reprint_of", "ref", "etag",
        "batch_id", "act_id", "undoes_id", "status_before", "charge_id", "period_id", "batch",
        "form", "position", "updated_at", "merged_into_id", "erased_on", "made", "checked_at",
        # Which colleague it was is theirs, as is the desk they sat at.
        "staff_id", "resolved_by", "signer_id", "set_by", "changed_by", "staff_actor_id", "desk_id",
        "desk",
    }
)  # fmt: skip
"""Columns that are left out."""

_COLUMNS: Mapping[str, str] = {
    "account": N_("Soort kosten"),
    "action": N_("Wat"),
    "amount_cents": N_("Bedrag"),
    "answer": N_("Antwoord"),
    "at": N_("Wanneer"),
    "begin_on": N_("Begin"),
    "booking_code": N_("Boekcode"),
    "branch_code": N_("Vestiging"),
    "change_cents": N_("Wisselgeld"),
    "changed_at": N_("Laatste wijziging"),
    "code": N_("Wat"),
    "contents": N_("Inhoud"),
    "day": N_("Dag"),
    "delivery": N_("Hoe"),
    "description": N_("Omschrijving"),
    "done_at": N_("Klaar"),
    "due_on": N_("Terug op"),
    "email": N_("E-mail"),
    "end_on": N_("Eind"),
    "end_reason": N_("Reden opzegging"),
    "end_to_end_id": N_("Kenmerk"),
    "ending_reason": N_("Reden bij het einde"),
    "error": N_("Fout"),
    "expires_at": N_("Verloopt"),
    "expires_on": N_("Verloopt"),
    "field": N_("Veld"),
    "given_on": N_("Toegewezen"),
    "iban": N_("IBAN"),
    "issued_on": N_("Uitgegeven"),
    "item_id": N_("Exemplaar"),
    "journal": N_("Dagboek"),
    "kind": N_("Soort"),
    "language": N_("Voorkeurstaal"),
    "last_activity_on": N_("Laatste activiteit"),
    "last_used_on": N_("Laatst gebruikt"),
    "lent_on": N_("Geleend"),
    "lifted_at": N_("Opgeheven"),
    "line": N_("Regel"),
    "made_at": N_("Gemaakt"),
    "made_here": N_("Hier gemaakt"),
    "mandate_id": N_("Machtiging"),
    "mark": N_("Merk"),
    "membership_code": N_("Abonnement"),
    "message_kind": N_("Soort bericht"),
    "new": N_("Nieuw"),
    "note": N_("Toelichting"),
    "number": N_("Nummer"),
    "old": N_("Oud"),
    "old_kind": N_("Oude soort"),
    "old_number": N_("Oude pas"),
    "old_status": N_("Oude status"),
    "other_id": N_("Actor-id van de ander"),
    "pickup_branch": N_("Afhalen in"),
    "placed_on": N_("Geplaatst"),
    "price_cents": N_("Kosten"),
    "printer": N_("Printer"),
    "priority": N_("Prioriteit"),
    "provider": N_("Accountdienst"),
    "ready_on": N_("Klaar op"),
    "reason": N_("Reden"),
    "receipt_number": N_("Bonnummer"),
    "received_cents": N_("Ontvangen"),
    "recipient": N_("Aan"),
    "reminders": N_("Herinneringen"),
    "renewals": N_("Verlengd"),
    "return_code": N_("Code van de bank"),
    "returned_on": N_("Terug"),
    "sector": N_("Sector"),
    "sequence": N_("Eerste of volgende"),
    "since": N_("Sinds"),
    "source": N_("Inhoud"),
    "state": N_("Stand"),
    "status": N_("Status"),
    "status_on": N_("Status sinds"),
    "tariff_code": N_("Tarief"),
    "text": N_("Tekst"),
    "title_id": N_("Titel"),
    "undone_at": N_("Hersteld"),
    "username": N_("Gebruikersnaam"),
}
_CODES: Mapping[str, str] = {
    "main": N_("hoofdpas"),
    "extra": N_("volgpas"),
    "active": N_("Actief"),
    "blocked": N_("Geblokkeerd"),
    "replaced": N_("Vervangen"),
    "home": N_("Woonadres"),
    "post": N_("Postadres"),
    "student": N_("Studieadres"),
    "work": N_("Werkadres"),
    "contribution": N_("Contributie"),
    "registration": N_("Registratie"),
    "credit": N_("Tegoed"),
    "charge": N_("Opgeboekt"),
    "payment": N_("Betaald"),
    "waiver": N_("Kwijtgescholden"),
    "correction": N_("Gecorrigeerd"),
    "queued": N_("Wacht"),
    "done": N_("Klaar"),
    "failed": N_("Mislukt"),
    "sent": N_("Verstuurd"),
    "paid": N_("Betaald"),
    "returned": N_("Teruggekomen"),
    "pending": N_("Nog niet geactiveerd"),
    "expired": N_("Verlopen"),
    "written": N_("Geschreven"),
    "no_address": N_("Geen adres"),
    "continue": N_("Doorgaan"),
    "end": N_("Einde sessie"),
    "label": N_("Klantlabel"),
    "newsletter": N_("Nieuwsbrief"),
}
_CODED = frozenset({"kind", "status", "state", "account", "answer", "old_kind", "old_status"})
_WORD_LISTS: Mapping[str, str] = {
    "customer_type": "customer_type",
    "end_reason": "end_reason",
    "ending_reason": "end_reason",
    "sex": "sex",
    "organization_type": "organization_type",
    "id_kind": "id_kind",
    "id_country": "country",
    "country": "country",
    "language": "language",
    "target_group": "target_group",
    "selection_code": "selection",
    "message_kind": "message_kind",
}
"""Columns whose codes are in a pick list of the library, and which one."""
_KIND_LISTS: Mapping[str, str] = {"letter": "message_kind", "customer_profile": "profile_type"}
"""The same for the kind of a row, by its table."""


def heading(table: str, column: str) -> str:
    """What a column is called for who reads about themselves."""
    if table == "address":
        named = label(f"address.1.{column}")
        return named if named != column else _(_COLUMNS.get(column, column))
    if table == "customer" and (named := label(column)) != column:
        return named
    return _(_COLUMNS.get(column, column))


def word_list(table: str, column: str, kind: object) -> str:
    """The pick list in which the codes of a column are, by the kind of its row; empty for none."""
    if column == "code":
        lists = {"customer_role": "role", "customer_badge": "badge", "customer_label": str(kind)}
        return lists.get(table, f"profile:{kind}")
    if column == "kind" and table in _KIND_LISTS:
        return _KIND_LISTS[table]
    return _WORD_LISTS.get(column, "")


def code_text(table: str, column: str, value: object) -> str | None:
    """A code of the program in words; None for what is none."""
    if table == "membership_period" and column == "status":
        return _(STATUS_WORDS[value]) if value in STATUS_WORDS else None  # type: ignore[index]
    if table == "block" and column == "kind":
        return _(BLOCK_WORDS[value]) if value in BLOCK_WORDS else None  # type: ignore[index]
    if table == "relation" and column == "kind":
        return label(f"relation.{value}")
    if table == "change_log" and column == "action":
        return _(LOG_ACTIONS.get(str(value), str(value)))
    if column in _CODED and str(value) in _CODES:
        return _(_CODES[str(value)])
    return None
