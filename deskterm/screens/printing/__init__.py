"""Print klantgegevens: the dialog over a card printer, receipts, a class of cards, Afdruktaken."""
