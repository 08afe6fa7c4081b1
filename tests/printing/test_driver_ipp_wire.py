"""IPP as bytes, and what its words mean."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.printing.drivers.ipp_wire import (
    Attribute,
    BadMessage,
    Message,
    Operation,
    Tag,
    Value,
    answer,
    request,
)
from deskterm.printing.drivers.ipp_words import Trouble, printer_state, trouble, why_not_taken
from deskterm.printing.model import NotSent, Readiness, Reason, SentUnsure

# The answer of RFC 8010, appendix A.2, to a Print-Job that was taken.
TAKEN = (
    b"\x01\x01\x00\x00\x00\x00\x00\x01\x01"
    b"\x47\x00\x12attributes-charset\x00\x05utf-8"
    b"\x48\x00\x1battributes-natural-language\x00\x05en-us"
    b"\x41\x00\x0estatus-message\x00\x0dsuccessful-ok"
    b"\x02"
    b"\x21\x00\x06job-id\x00\x04\x00\x00\x00\x93"
    b"\x45\x00\x07job-uri\x00\x2bipp://printer.example.com/ipp/print/pinetree"
    b"\x23\x00\x09job-state\x00\x04\x00\x00\x00\x03"
    b"\x03"
).replace(
    b"\x00\x2bipp", struct.pack(">H", len("ipp://printer.example.com/ipp/print/pinetree")) + b"ipp"
)


def test_an_answer_of_the_standard_is_read() -> None:
    message = answer(TAKEN)
    assert message.status == 0
    assert message.number("job-id") == 147
    assert message.number("job-state") == 3
    assert message.words("status-message") == ("successful-ok",)
    assert message.number("job-uri") == 0
    assert message.first("nothing-of-the-kind") is None


def test_a_request_is_read_back_with_several_values_of_one_attribute() -> None:
    asked = [Attribute(Tag.KEYWORD, "requested-attributes", name) for name in ("one", "two")]
    media: dict[str, Value] = {
        "media-size": {"x-dimension": 8560, "y-dimension": 5398},
        "media-source": "manual",
    }
    raw = request(
        Operation.PRINT_JOB,
        (Attribute(Tag.URI, "printer-uri", "ipp://printer/"), *asked),
        (
            Attribute(Tag.BEGIN_COLLECTION, "media-col", media),
            Attribute(Tag.KEYWORD, "print-scaling", "none"),
        ),
    )
    message = answer(raw)
    assert raw[:4] == b"\x02\x00\x00\x02"
    assert message.words("requested-attributes") == ("one", "two")
    # What is in a collection is no attribute of its own.
    assert list(message.attributes) == [
        "attributes-charset", "attributes-natural-language", "printer-uri",
        "requested-attributes", "print-scaling",
    ]  # fmt: skip


@given(st.binary(max_size=200))
def test_bytes_of_anything_are_read_or_refused(data: bytes) -> None:
    with suppress(BadMessage):
        answer(data)


def test_what_is_refused_is_not_repeated() -> None:
    # It may name people.
    with pytest.raises(BadMessage) as refused:
        answer(b"\x02\x00\x00\x00\x00\x00\x00\x01\x01\x42\x00\x04naam\x00\x06Zo\xebBos\x03")
    assert str(refused.value) == "UnicodeDecodeError"


@given(st.integers(min_value=0, max_value=len(TAKEN) - 1))
def test_an_answer_that_is_cut_off_is_refused(size: int) -> None:
    with pytest.raises(BadMessage):
        answer(TAKEN[:size])


@pytest.mark.parametrize(
    ("status", "reason", "lasting"),
    [
        (0x0403, Reason.REFUSED, True),
        (0x0406, Reason.NOT_FOUND, True),
        (0x040A, Reason.FORM, True),
        (0x040B, Reason.MEDIA, True),
        (0x0501, Reason.REFUSED, True),
        (0x0506, Reason.NOT_ACCEPTING, False),
        (0x0507, Reason.BUSY, False),
    ],
)
def test_a_printer_that_says_no_has_taken_nothing(
    status: int, reason: Reason, lasting: bool
) -> None:
    why = why_not_taken(status)
    assert isinstance(why, NotSent)
    assert (why.reason, why.lasting) == (reason, lasting)


def test_a_printer_that_fails_inside_may_have_taken_the_job() -> None:
    assert isinstance(why_not_taken(0x0500), SentUnsure)


@pytest.mark.parametrize(
    ("words", "errors", "warnings", "reports"),
    [
        (("none",), (), (), ()),
        (("media-jam-error",), (Reason.JAM,), (), ()),
        (("media-jam",), (Reason.JAM,), (), ()),
        (("media-jam-report",), (), (), (Reason.JAM,)),
        (("media-needed-warning",), (), (Reason.CARD_NEEDED,), ()),
        (("media-low",), (), (Reason.PAPER_LOW,), ()),
        (("media-needed-error", "media-jam-error"), (Reason.JAM, Reason.CARD_NEEDED), (), ()),
        (("com.example.lamp-error",), (Reason.FAULT,), (), ()),
        (("com.example.lamp", "com.example.lamp-report"), (), (), ()),
    ],
)
def test_words_of_a_printer_are_sorted(
    words: tuple[str, ...],
    errors: tuple[Reason, ...],
    warnings: tuple[Reason, ...],
    reports: tuple[Reason, ...],
) -> None:
    assert trouble(words, cards=True) == Trouble(errors, warnings, reports)


def test_a_printer_of_pages_needs_paper_not_cards() -> None:
    found = trouble(("media-needed-error", "media-empty-error"), cards=False)
    assert found.errors == (Reason.PAPER_OUT,)


@pytest.mark.parametrize(
    ("number", "words", "readiness", "reasons"),
    [
        (3, ("none",), Readiness.READY, ()),
        (3, ("media-jam-report",), Readiness.READY, ()),
        (3, ("media-low-warning",), Readiness.READY, (Reason.PAPER_LOW,)),
        (4, ("none",), Readiness.WAITING, (Reason.BUSY,)),
        (4, ("media-needed-warning",), Readiness.WAITING, (Reason.CARD_NEEDED,)),
        (5, ("media-needed-error",), Readiness.WAITING, (Reason.CARD_NEEDED,)),
        (5, ("cover-open-error",), Readiness.ATTENTION, (Reason.COVER_OPEN,)),
        (5, ("none",), Readiness.ATTENTION, (Reason.PAUSED,)),
    ],
)
def test_the_state_of_a_printer_is_judged(
    number: int, words: tuple[str, ...], readiness: Readiness, reasons: tuple[Reason, ...]
) -> None:
    said = Message(0, {"printer-state": [number], "printer-state-reasons": list(words)})
    state = printer_state(said, cards=True)
    assert (state.readiness, state.reasons) == (readiness, reasons)
