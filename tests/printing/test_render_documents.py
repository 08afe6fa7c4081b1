"""Documents survive the spool, and what is no document is refused."""

import json

import pytest

from deskterm.printing.documents import (
    Align,
    Barcode,
    CardDocument,
    Columns,
    Document,
    DocumentFault,
    ReceiptDocument,
    Rule,
    Space,
    Symbology,
    Text,
    from_json,
    to_json,
)

CARD = CardDocument("29401000075868", "Zoë d’Arrière", "9401", "Bibliotheek Annen")
RECEIPT = ReceiptDocument(
    "payment",
    "Betaalbewijs",
    (
        Text("Zoë", bold=True, large=True, align=Align.CENTRE),
        Rule(),
        Columns(("Abonnement", "€ 58,00")),
        Columns(("Totaal", "€ 58,00"), bold=True),
        Space(2),
        Barcode("29401000075868", Symbology.CODABAR, shown=False),
    ),
    cut=False,
)


@pytest.mark.parametrize("document", [CARD, RECEIPT, CardDocument("1", "", symbology=Symbology.QR)])
def test_a_document_comes_back_as_it_went(document: Document) -> None:
    text = to_json(document)
    assert from_json(text) == document
    assert to_json(from_json(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"kind": "letter"}',
        '{"kind": "card", "number": "1"}',
        '{"kind": "card", "number": 1, "name": "x"}',
        '{"kind": "card", "number": "1", "name": "x", "colour": "red"}',
        '{"kind": "card", "number": "1", "name": "x", "symbology": "morse"}',
        '{"kind": "receipt", "what": "a", "title": "b", "lines": "c"}',
        '{"kind": "receipt", "what": "a", "title": "b", "lines": [{"line": "poem"}]}',
        '{"kind": "receipt", "what": "a", "title": "b", "lines": [{"line": "columns"}]}',
        '{"kind": "receipt", "what": "a", "title": "b", "cut": "yes"}',
    ],
)
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(DocumentFault):
        from_json(text)


def test_a_fault_does_not_repeat_what_it_read() -> None:
    table = json.loads(to_json(CARD)) | {"symbology": CARD.name}
    with pytest.raises(DocumentFault) as fault:
        from_json(json.dumps(table))
    assert CARD.name not in str(fault.value)
