"""Rules over several columns at once, held against the row as it would become."""

from collections.abc import Mapping
from datetime import date

from deskterm.rules.faults import N_
from deskterm.services.edit.draft import Draft

_DEBIT = ("direct_debit", "iban", "mandate_given_on")
_KIND = ("sex", "organization_type")
_MANDATE = ("mandate_given_on", "mandate_revoked_on")


def check(draft: Draft, typed: Mapping[str, str]) -> None:
    """Note the faults between columns of which at least one was typed; nothing else is judged."""
    row = _Row(draft)
    if any(name in typed for name in _DEBIT):
        _check_debit(draft, row)
    if any(name in typed for name in _MANDATE):
        _check_mandate(draft, row)
    if "iban" in typed or "bic" in typed:
        _check_bic(draft, row)
    if any(name in typed for name in _KIND):
        _check_kind(draft, row)


class _Row:
    """The customer with the draft's changes already in it."""

    def __init__(self, draft: Draft) -> None:
        self._customer = draft.customer
        self._new = {change.name: change.value for change in draft.changes}

    def value(self, name: str) -> object:
        return self._new[name] if name in self._new else getattr(self._customer, name)

    def text(self, name: str) -> str:
        return str(self.value(name) or "")

    def day(self, name: str) -> date | None:
        value = self.value(name)
        return value if isinstance(value, date) else None


def _check_debit(draft: Draft, row: _Row) -> None:
    if not row.value("direct_debit"):
        return
    if not row.text("iban"):
        draft.fault("iban", N_("Voor incasso is een IBAN nodig."))
    if row.day("mandate_given_on") is None:
        draft.fault("mandate_given_on", N_("Voor incasso is de datum van de machtiging nodig."))


def _check_kind(draft: Draft, row: _Row) -> None:
    if row.text("organization_type") and row.text("sex") != "I":
        draft.fault("organization_type", N_("{label} is er alleen bij een instelling."))


def _check_mandate(draft: Draft, row: _Row) -> None:
    given, revoked = row.day("mandate_given_on"), row.day("mandate_revoked_on")
    if revoked is not None and given is None:
        draft.fault("mandate_given_on", N_("Er is geen machtiging om in te trekken."))
    elif revoked is not None and given is not None and revoked < given:
        draft.fault("mandate_revoked_on", N_("De intrekking ligt voor de afgifte."))


def _check_bic(draft: Draft, row: _Row) -> None:
    """A BIC is for foreign accounts only (seed document 1), and needed outside SEPA."""
    iban = row.text("iban")
    if not iban or "iban" in draft.faults:
        if row.text("bic") and not iban:
            draft.fault("bic", N_("Een BIC hoort bij een IBAN."))
        return
    from schwifty import IBAN

    # One that was kept before it was checked may be wrong; only its country is asked for.
    account = IBAN(iban, allow_invalid=True)
    if account.country_code == "NL":
        if row.text("bic"):
            draft.fault("bic", N_("Een BIC is er alleen bij buitenlandse rekeningnummers."))
    elif not row.text("bic") and account.is_valid and not account.in_sepa_zone:
        draft.fault("bic", N_("Bij een rekening buiten het SEPA-gebied is een BIC nodig."))
