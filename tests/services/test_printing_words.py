"""What staff read of a printer's trouble."""

import pytest

from deskterm.printing.model import Reason
from deskterm.services.printing_words import SENTENCES, sentence


def test_every_reason_has_one_sentence_of_its_own() -> None:
    assert set(SENTENCES) == set(Reason)
    assert len(set(SENTENCES.values())) == len(Reason)


@pytest.mark.parametrize("reason", Reason)
def test_a_sentence_ends_and_fits_on_a_line(reason: Reason) -> None:
    said = sentence(reason)
    assert said.endswith((".", "?"))
    assert len(said) <= 78


def test_no_reason_is_no_sentence_and_an_unknown_one_is_shown() -> None:
    assert sentence("") == ""
    assert sentence("from_a_newer_program") == "from_a_newer_program"
