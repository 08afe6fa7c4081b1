"""What scan-test says about a scan, and what it advises."""

import pytest

from deskterm.cli.raw_terminal import Stroke
from deskterm.cli.scan_report import Scan, report, setup_sheet, verdict
from deskterm.config import CardSettings, ScannerSettings, Settings

CARD = "29401000075868"
ITEM = "30009401000018"
USUAL = Settings()


def scan(text: str, *ends: str, gap: float = 0.002) -> Scan:
    strokes = tuple(Stroke(one, one, one, place * gap) for place, one in enumerate(text))
    return Scan(strokes, ends)


@pytest.mark.parametrize(
    ("text", "settings", "words"),
    [
        (CARD, USUAL, "pas van vestiging 9401, volgnummer 7586, controlecijfer klopt"),
        ("29401000075869", USUAL,
         "pas van vestiging 9401, volgnummer 7586, controlecijfer klopt NIET"),
        (f"A{CARD}B", USUAL, "pas van vestiging 9401, volgnummer 7586, controlecijfer klopt"),
        (ITEM, USUAL, "exemplaar, controlecijfer klopt"),
        ("30009401000019", USUAL, "exemplaar, controlecijfer klopt NIET"),
        ("2940100007586", USUAL, "onbekend: geen exemplaar, en een pas heeft hier 14 cijfers"),
        ("2940100007586", Settings(cards=CardSettings(lengths=(13, 14))),
         "pas van vestiging 2940, volgnummer 100007586"),
        ("é'àçà\"", USUAL, "onbekend: er zitten andere tekens dan cijfers in"),
        ("", USUAL, "onbekend: er zitten andere tekens dan cijfers in"),
        ("85073003328", USUAL, "onbekend: geen exemplaar, en een pas heeft hier 14 cijfers"),
        ("85073003328", Settings(cards=CardSettings(national_number=True)),
         "nationaal nummer, controlegetal klopt"),
        (f"]C0{CARD}", Settings(scanner=ScannerSettings(prefix="]C0")),
         "pas van vestiging 9401, volgnummer 7586, controlecijfer klopt"),
    ],
)  # fmt: skip
def test_the_verdict_is_that_of_the_desk(text: str, settings: Settings, words: str) -> None:
    assert verdict(text, settings) == words


def test_the_report_tells_characters_gaps_and_ending() -> None:
    told = dict(report(scan(CARD, "enter"), USUAL))
    assert told["Ontvangen"] == f"{CARD} (14 tekens)"
    assert told["Tussenpozen"] == "2 tot 2 ms, samen 26 ms"
    assert told["Einde"] == "Enter (CR)"
    assert told["Scanner"] == "goed ingesteld"


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        (scan(CARD), "er komt geen Enter"),
        (scan(CARD, "enter", "ctrl+j"), "er komt een LF"),
        (scan(CARD, "tab"), "er komt een Tab"),
        (scan("é'à&ààà(§('", "enter"), "de toetsenbordindeling klopt niet"),
        (scan(f"]C0{CARD}", "enter"), "scanner.prefix op ]C0"),
        (scan(f"A{CARD}B", "enter"), "Codabar-letters komen mee"),
        (Scan((Stroke("paste", CARD, CARD, 0),), ("enter",)), "dit werd geplakt"),
    ],
)
def test_a_scanner_that_is_set_otherwise_is_put_right(given: Scan, advice: str) -> None:
    said = [words for label, words in report(given, USUAL) if label == "Scanner"]
    assert any(advice in words for words in said)


def test_tab_is_an_ending_where_the_settings_say_so() -> None:
    settings = Settings(scanner=ScannerSettings(tab_ends=True))
    assert dict(report(scan(CARD, "tab"), settings))["Scanner"] == "goed ingesteld"


def test_the_setup_sheet_asks_for_a_carriage_return_only() -> None:
    assert any("alleen Enter (CR)" in line for line in setup_sheet())
