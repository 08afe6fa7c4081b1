"""What went wrong with the making of an account, in sentences by the code of its job."""

from deskterm.text import N_, _

DISMISSED = "dismissed"
"""The code of a job that staff called off (Vergeet inlogaccount)."""
_SENTENCES = {
    "unavailable": N_("De accountdienst is niet bereikbaar; er wordt vanzelf opnieuw geprobeerd."),
    "bad_answer": N_(
        "De accountdienst geeft een antwoord dat niet te begrijpen is; er wordt vanzelf opnieuw"
        " geprobeerd."
    ),
    "not_authorised": N_(
        "De accountdienst weigert deze bibliotheek: de beheerder moet het toegangsbewijs nakijken."
    ),
    "username_taken": N_(
        "Alle gebruikersnamen die voor deze klant bedacht zijn, zijn al in gebruik."
    ),
    "conflict": N_(
        "De accountdienst heeft al een account met iets van deze klant, waarschijnlijk het"
        " e-mailadres: koppel dat account, of wijzig het e-mailadres."
    ),
    "no_username": N_("Van naam en pas van deze klant is geen gebruikersnaam te maken."),
    "no_email": N_("De klant heeft geen e-mailadres."),
    "bad_email": N_("Het e-mailadres van de klant klopt niet."),
    "link": N_("Zoek het bestaande inlogaccount opnieuw op."),
    "customer_gone": N_("Deze klant is er niet meer."),
    "rejected": N_("De accountdienst wil dit inlogaccount niet maken: kijk de gegevens na."),
    "none": N_("Deze bibliotheek heeft geen accountdienst."),
    "linked": N_("De klant had intussen al een inlogaccount."),
    DISMISSED: N_("Het maken is afgeblazen."),
}
_OTHER = N_("Er ging iets mis met de accountdienst.")


def sentence(code: str) -> str:
    """The sentence of a job's error code; empty without a code."""
    return _(_SENTENCES.get(code, _OTHER)) if code else ""
