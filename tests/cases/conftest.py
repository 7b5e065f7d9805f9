"""A filing as the trunk takes it, without the slices above it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from shared_schemas.case import NewCase, NewMaterial
from shared_schemas.vocabulary import ApplicantKind, ApprovalMode, Channel, Delivery, FiledFor, GivenHow
from tests.desk import starter

__all__ = ["filing", "matters", "starter"]

PLAIN = NewCase(
    matter="scj-18",
    matter_version=1,
    matter_name="食品经营许可新办",
    department="scj",
    department_no="19",
    mode=ApprovalMode.REVIEW_AND_CHECK,
    channel=Channel.MOBILE,
    delivery=Delivery.DOWNLOAD,
    filed_for=FiledFor.SELF,
    applicant_kind=ApplicantKind.PERSON,
    applicant_name="王敏",
    form={"name": "王敏", "scope": "热食类"},
    owner="citizen:1",
    idempotency_key="",
    body_hash=b"",
    citizen=1,
    applicant_id_no="33040219900307124X",
    mobile="13812341234",
    materials=(
        NewMaterial("m1", "食品经营许可申请书", 1, True, GivenHow.PAPER),
        NewMaterial("m2", "营业执照", 2, True, GivenHow.FETCH),
    ),
)


@pytest.fixture(autouse=True)
def matters(starter: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The starter catalogue in memory: what the law asks of a case depends on its matter."""
    from backend.catalogue import shelf

    monkeypatch.setattr(shelf, "_current", starter)


@pytest.fixture
def filing() -> Callable[..., NewCase]:
    """`filing(key="a", name="…")`: a fresh filing, by default under a key of its own."""
    # Here, not above: a conftest is read before the run has a database for the settings to name.
    from backend.cases.receiving import body_hash

    def make(key: str | None = None, **changes: Any) -> NewCase:
        plain = msgspec.structs.replace(PLAIN, idempotency_key=key or secrets.token_hex(8), **changes)
        return msgspec.structs.replace(plain, body_hash=body_hash(plain.form))

    return make
