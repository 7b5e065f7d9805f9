"""A code hands over one draft: once, for ten minutes, and a kiosk's session reaches that draft and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.domain import one_draft, relay
from backend.domain.refusal import Refusal
from backend.domain.relay import Relay

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
BASE = "https://hall.example:8443"
TOKEN = "abcdefghijklmnopqrst-_"
DRAFT = "8c5f3a52-6c6e-4a44-9d0e-2f6a3a0d8a11"


def test_a_code_is_six_digits_and_a_token_128_bits() -> None:
    assert all(len(code) == 6 and code.isdigit() for code in (relay.new_code() for _ in range(200)))
    assert len({relay.new_token() for _ in range(200)}) == 200
    assert relay.scanned(relay.url(BASE, token := relay.new_token()), BASE) == token


@pytest.mark.parametrize(
    ("minutes", "used", "revoked", "opens"),
    [
        (0, False, False, True),
        (9.99, False, False, True),
        (10, False, False, False),
        (1, True, False, False),
        (1, False, True, False),
    ],
)
def test_a_code_works_once_within_ten_minutes_until_it_is_revoked(
    minutes: float, used: bool, revoked: bool, opens: bool
) -> None:
    made = Relay(NOW, NOW if used else None, NOW if revoked else None)
    at = NOW + timedelta(minutes=minutes)
    assert made.is_open(at) is opens
    if opens:
        relay.check_use(made, at)
    else:
        with pytest.raises(Refusal, match=r"relay\.unknown"):
            relay.check_use(made, at)


def test_a_code_that_nobody_has_is_refused_like_a_dead_one() -> None:
    with pytest.raises(Refusal, match=r"relay\.unknown"):
        relay.check_use(None, NOW)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("123456", "123456"),
        (" 123 456 ", "123456"),
        ("１２３４５６", "123456"),
        (f"{BASE}/relay/{TOKEN}", TOKEN),
        (TOKEN, TOKEN),
    ],
)
def test_what_is_typed_or_scanned(text: str, word: str) -> None:
    assert relay.scanned(text, BASE) == word


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12345", "relay.unknown"),
        ("1234567", "relay.unknown"),
        ("", "relay.unknown"),
        (f"https://evil.example/relay/{TOKEN}", "relay.foreign_address"),
        (f"{BASE}/relay/{TOKEN}?next=//evil", "relay.foreign_address"),
        (f"{BASE}/t/{TOKEN}", "relay.foreign_address"),
        (f"{BASE}/relay/..", "relay.unknown"),
        ("http://[", "relay.foreign_address"),
    ],
)
def test_foreign_and_broken_codes_are_refused_by_name(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        relay.scanned(text, BASE)
    assert refused.value.code == code


def test_nobody_takes_in_the_filing_of_a_relative_or_of_their_own_company() -> None:
    relay.check_conflict(frozenset({"a"}), frozenset({"9133"}), frozenset({"b"}), frozenset())
    for kin, companies in ((frozenset({"a"}), frozenset[str]()), (frozenset[str](), frozenset({"9133"}))):
        with pytest.raises(Refusal, match=r"approval\.conflict_of_interest"):
            relay.check_conflict(frozenset({"a"}), frozenset({"9133"}), kin, companies)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/drafts/{d}"),
        ("GET", "/drafts/{d}/topics/form-1"),
        ("POST", "/drafts/{d}/topics/form-1"),
        ("GET", "/drafts/{d}/check"),
        ("POST", "/drafts/{d}/submission"),
        ("GET", "/drafts/{d}/receipt"),
        ("POST", "/drafts/{d}/rivals"),
        ("PATCH", "/api/v1/drafts/{d}"),
        ("PUT", "/api/v1/drafts/{d}/materials/zxsqb"),
        ("POST", "/api/v1/uploads"),
        ("HEAD", "/api/v1/uploads/1"),
        ("PATCH", "/api/v1/uploads/1"),
        ("GET", "/uploads/1/pages/1.png"),
    ],
)
def test_a_kiosk_finishes_its_draft(method: str, path: str) -> None:
    assert one_draft.may(DRAFT, method, path.replace("{d}", DRAFT))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/me"),
        ("GET", "/cases"),
        ("GET", "/drafts/0c5f3a52-6c6e-4a44-9d0e-2f6a3a0d8a11"),
        ("GET", "/drafts/{d}/relay"),
        ("POST", "/drafts/{d}/relay"),
        ("POST", "/drafts/{d}/relay/return"),
        ("POST", "/drafts/{d}/removal"),
        ("DELETE", "/api/v1/drafts/{d}"),
        ("GET", "/api/v1/drafts/{d}/relay"),
        ("DELETE", "/api/v1/drafts/{d}/relay"),
        ("GET", "/api/v1/drafts"),
        ("POST", "/api/v1/drafts"),
        ("POST", "/api/v1/cases"),
        ("GET", "/api/v1/me"),
        ("GET", "/drafts/{d}/../../me"),
        ("GET", "/drafts/{d}/topics/a/b"),
        ("PUT", "/drafts/{d}"),
        ("GET", "/xdrafts/{d}"),
    ],
)
def test_a_kiosk_reaches_nothing_else(method: str, path: str) -> None:
    assert not one_draft.may(DRAFT, method, path.replace("{d}", DRAFT))
