"""A walk of enrolling outlives a dropped line, and sends the services what they need."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.screens.enrolment.steps import account_choices
from deskterm.screens.enrolment.walk import Walk, resumed
from deskterm.views.accounts import AccountState, AccountView, FoundAccount
from deskterm.views.enrolment import EnrolmentStart

NAMES = ("surname", "initials", "prefix", "born", "email", "address.1.postcode")
BLANK = dict.fromkeys(NAMES, "") | {"address.1.country": "NL"}
ANN = FoundAccount("ref-1", "Ann", "ann@example.org", active=True)
TYPED = st.dictionaries(st.sampled_from(NAMES), st.text(min_size=1))


def start(actor_id: int | None, **known: str) -> EnrolmentStart:
    return EnrolmentStart(
        actor_id=actor_id,
        version=3,
        customer_type="00",
        values=BLANK | known,
        required=frozenset({"surname"}),
        required_of_institution=frozenset({"surname"}),
        card_number="",
        use_account=False,
        valid_until=None,
        suggested_membership="",
    )


@given(TYPED, st.text(), st.booleans(), st.sampled_from(["", "new", "existing"]))
def test_a_draft_goes_on_as_it_was_left(
    typed: dict[str, str], card: str, use_account: bool, account: str
) -> None:
    for actor_id in (None, 413700):
        walk = Walk(start(actor_id), typed=typed, card=card, use_account=use_account)
        walk.account, walk.membership_code = account, "53"
        walk.found = ANN if account == "existing" else None
        payload = json.loads(json.dumps(walk.payload()))
        assert resumed(walk.start, walk.key, payload).form() == walk.form()


def test_of_a_known_customer_only_what_was_typed_is_sent() -> None:
    walk = Walk(start(413700, surname="Testabo"), typed={"email": ""})
    assert walk.form().values == {"email": ""}


def test_a_country_alone_is_no_address() -> None:
    walk = Walk(start(None), typed={"surname": "Testabo"})
    assert walk.form().values == {"surname": "Testabo"}
    walk.typed["address.1.postcode"] = "9468 BG"
    assert walk.form().values["address.1.country"] == "NL"


def test_an_account_that_was_chosen_is_forgotten_with_the_answer_no() -> None:
    walk = Walk(start(413700), account="new", use_account=False)
    assert walk.form().account == ""


def test_no_two_walks_have_the_same_key() -> None:
    assert Walk(start(None)).key != Walk(start(None)).key


def test_a_draft_without_the_account_that_was_found_has_it_chosen_again() -> None:
    walk = Walk(start(413700), use_account=True, account="existing", found=ANN)
    payload = {**walk.payload(), "found": None}
    assert resumed(walk.start, walk.key, payload).form().account == ""


def test_of_an_account_that_was_given_up_for_a_new_one_nothing_is_sent() -> None:
    walk = Walk(start(413700), use_account=True, account="new", found=ANN)
    assert walk.form().found is None


@pytest.mark.parametrize(
    ("state", "email", "possible"),
    [
        ("none", "t@example.org", ["existing", "new"]),
        ("none", " ", ["existing"]),
        ("failed", "t@example.org", ["existing", "new"]),
        ("expired", "t@example.org", ["existing", "new"]),
        ("queued", "t@example.org", ["existing"]),
        ("active", "t@example.org", ["keep", "existing"]),
        ("pending", "t@example.org", ["keep", "existing"]),
        ("unknown", "", ["keep", "existing"]),
    ],
)
def test_a_new_account_needs_a_mail_address_and_that_there_is_none_yet(
    state: AccountState, email: str, possible: list[str]
) -> None:
    begun = replace(start(413700, email=email), account=AccountView(state, username="Testklant"))
    choices = account_choices(Walk(begun))
    assert [choice.code for choice in choices if not choice.why_not] == possible
    assert {choice.code for choice in choices} >= {"existing", "new"}
