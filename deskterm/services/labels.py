"""What staff call the fields of a customer: in forms, faults, conflicts and the change log."""

from dataclasses import fields

from deskterm.rules.blocks import BLOCK_WORDS, BlockKind
from deskterm.text import N_, _
from deskterm.views.customer import Person

_FLAGS = frozenset(field.name for field in fields(Person) if field.type is bool)
_FLAG_LISTS = ("block", "profile", "badge", "label", "newsletter")

_LABELS = {
    "actor_id": N_("Actor-id"),
    "customer_type": N_("Klanttype"),
    "branch_code": N_("Vestiging"),
    "stop": N_("Halte"),
    "registered_on": N_("Inschrijfdatum"),
    "title": N_("Aanhef"),
    "initials": N_("Voorletters"),
    "first_name": N_("Voornaam"),
    "prefix": N_("Tussenvoegsel"),
    "surname": N_("Achternaam"),
    "suffix": N_("Achtervoegsel"),
    "preferred_first_name": N_("Roepnaam"),
    "preferred_surname": N_("Gewenste naam"),
    "tag": N_("Zoekwoord"),
    "sex": N_("Geslacht"),
    "organization_type": N_("Soort instelling"),
    "born": N_("Geboortedatum"),
    "phone": N_("Telefoon"),
    "phone2": N_("Telefoon-2"),
    "phone3": N_("Telefoon-3"),
    "mobile": N_("Mobiel"),
    "fax": N_("Fax"),
    "email": N_("E-mail"),
    "email_bcc1": N_("E-mail BCC-1"),
    "email_bcc2": N_("E-mail BCC-2"),
    "billing_email": N_("E-mail nota's"),
    "contact_person": N_("Contactpersoon"),
    "contact_phone": N_("Telefoon contact"),
    "id_kind": N_("Legitimatie"),
    "id_number": N_("Legitimatienummer"),
    "id_country": N_("Land van uitgifte"),
    "iban": N_("IBAN"),
    "bic": N_("BIC (*)"),
    "direct_debit": N_("Incasso"),
    "switch_service": N_("Klant gebruikt overstapservice"),
    "mandate_given_on": N_("Datum afgifte machtiging"),
    "mandate_revoked_on": N_("Datum intrekking machtiging"),
    "selection_code": N_("Selectiecode"),
    "statistical_category": N_("Statistische categorie"),
    "bypassed_checkins": N_("Niet normaal ingenomen"),
    "punches": N_("Strippen"),
    "login_failures": N_("Mislukte aanmeldingen"),
    "notify_previous": N_("Meld titel eerder geleend"),
    "show_history": N_("Leenhistorie tonen?"),
    "erase_history": N_("Leenhistorie wissen?"),
    "card_missing_on": N_("Pas vermist gemeld op"),
    "receipts": N_("Klantbonnen"),
    "hold_messages": N_("Reserveringsberichten"),
    "classification": N_("Klassificatie"),
    "language": N_("Voorkeurstaal"),
    "external_number": N_("Extern nummer"),
    "external_number2": N_("Extern nummer-2"),
    "username": N_("Gebruikersnaam"),
    "account": N_("Inlogaccount"),
    "private_comment": N_("Opmerking privé"),
    "target_group": N_("Doelgroep"),
    "no_information": N_("Geen informatie"),
    "no_marketing": N_("Geen marketing"),
    "no_mail": N_("Niet per post"),
    "no_email": N_("Niet per e-mail"),
    "no_phone": N_("Niet per telefoon"),
    "no_website": N_("Niet via de website"),
    "card": N_("Pas"),
    "role": N_("Rol"),
    "membership": N_("Abonnement"),
    "membership_status": N_("Status abonnement"),
    "contribution": N_("Contributie"),
    "registration": N_("Registratie"),
    "credit": N_("Tegoed"),
    "arrangement": N_("Regeling tot en met"),
    "waive_asked_by": N_("Kwijtschelding gevraagd door"),
    "waive_allowed_by": N_("Kwijtschelding getekend door"),
    "waive_reason": N_("Reden kwijtschelding"),
    "waive_amount": N_("Kwijtgescholden bedrag"),
    "loans_this_year": N_("Geleend, deze periode"),
    "loans_last_year": N_("Geleend, vorige periode"),
    "loans_total": N_("Geleend, totaal"),
}
_ADDRESS_LABELS = {
    "kind": N_("Soort adres"),
    "street": N_("Straat"),
    "house_number": N_("Huisnummer"),
    "house_addition": N_("Toevoeging"),
    "postcode": N_("Postcode"),
    "place": N_("Plaats"),
    "country": N_("Land"),
    "from_on": N_("Vanaf"),
    "until_on": N_("Tot en met"),
    "moved_on": N_("Verhuisd op"),
    "returned_on": N_("Post retour op"),
}
_TIES = {
    "parent": N_("Ouder of verzorger"),
    "child": N_("Kind"),
    "payer": N_("Betaler"),
    "pays_for": N_("Betaalt voor"),
    "partner": N_("Partner"),
    "institution": N_("Instelling"),
    "member": N_("Lid van deze instelling"),
}
"""What another customer is, by `relation.<tie>`."""
_LISTS = {
    "preference": N_("Berichtvoorkeur {code}"),
    "profile": N_("Profiel {code}"),
    "badge": N_("Badge {code}"),
    "label": N_("Klantlabel {code}"),
    "newsletter": N_("Nieuwsbrief {code}"),
    "message": N_("Melding {code}"),
}


def label(name: str, called: str = "") -> str:
    """The words for a field name of `services.editing.save`; the name itself when unknown.

    The parts of a name are parted by points: `address.1.street`, `block.general.note`,
    `preference.HR1`. What the library calls the code of the last kind can be given.
    """
    subject, _point, rest = name.partition(".")
    if not rest:
        return _(_LABELS.get(name, name))
    if subject == "address":
        return _(_ADDRESS_LABELS.get(rest.partition(".")[2], rest))
    if subject == "block":
        return _block_label(rest)
    if subject == "relation":
        return _(_TIES.get(rest, rest))
    if subject in _LISTS:
        return _(_LISTS[subject]).format(code=called or rest.rpartition(".")[2])
    return name


def is_flag(name: str) -> bool:
    """Tell whether a field is yes or no."""
    subject, _point, rest = name.partition(".")
    return name in _FLAGS or (subject in _FLAG_LISTS and bool(rest) and not name.endswith(".note"))


def shown(name: str, text: str) -> str:
    """Give a field's value, as a form or the change log has it, the way staff read it."""
    if is_flag(name):
        return _("Ja") if text == "1" else _("Nee")
    return text


def _block_label(rest: str) -> str:
    kind, _point, part = rest.partition(".")
    words = _(BLOCK_WORDS[BlockKind(kind)]) if kind in BLOCK_WORDS else kind
    return _("{block}, toelichting").format(block=words) if part else words
