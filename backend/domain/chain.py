"""The hash chain of a case's events: each hash covers the event and the hash before it (SHA-256).

Personal data never enters `particulars` (docs: "The trunk"), so that erasing a person's data leaves the chain whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol

import msgspec

from shared_schemas.vocabulary import Verb

# b"" before the first event: the case number inside the hash already ties it to its case.
START = b""
_encoder = msgspec.json.Encoder(order="deterministic")


class Chained(Protocol):
    """What the chain needs to know of an event."""

    @property
    def seq(self) -> int:
        """From 1, without gaps."""
        ...

    @property
    def verb(self) -> Verb:
        """What was done."""
        ...

    @property
    def by_kind(self) -> str:
        """One of "citizen", "officer", "system"."""
        ...

    @property
    def by_id(self) -> int | None:
        """Whose account, where there is one."""
        ...

    @property
    def by_name(self) -> str:
        """An officer's name; else empty."""
        ...

    @property
    def at(self) -> datetime:
        """When, aware."""
        ...

    @property
    def particulars(self) -> dict[str, Any]:
        """Facts of the act, without personal data."""
        ...

    @property
    def previous_hash(self) -> bytes:
        """Of the event before; `START` at the first."""
        ...

    @property
    def hash(self) -> bytes:
        """Of this event."""
        ...


def signatory(kind: str, number: int | None, name: str) -> str:
    """Who acted, as the hash covers it: an officer's name is part of what he signed."""
    return f"{kind}:{number or ''}:{name}"


def event_hash(
    *, previous: bytes, case_no: str, seq: int, verb: Verb, by: str, at: datetime, particulars: Mapping[str, Any]
) -> bytes:
    """32 bytes over canonical JSON (sorted keys, UTC). `by` is the actor's `signatory`."""
    if at.tzinfo is None:
        msg = "an event's instant is aware"
        raise ValueError(msg)
    body = _encoder.encode(
        {
            "previous": previous.hex(),
            "case": case_no,
            "seq": seq,
            "verb": str(verb),
            "by": by,
            "at": at.astimezone(UTC),
            "particulars": dict(particulars),
        }
    )
    return hashlib.sha256(body).digest()


def first_fault(case_no: str, events: Iterable[Chained]) -> int | None:
    """The seq of the first event that is missing, moved or changed; None when the chain holds.

    A chain cut at its end is still a chain: compare the last hash with the daily head for that.
    """
    previous = START
    for place, event in enumerate(events, start=1):
        expected = event_hash(
            previous=previous,
            case_no=case_no,
            seq=place,
            verb=event.verb,
            by=signatory(event.by_kind, event.by_id, event.by_name),
            at=event.at,
            particulars=event.particulars,
        )
        if event.seq != place or event.previous_hash != previous or event.hash != expected:
            return place
        previous = event.hash
    return None


def verify(case_no: str, events: Iterable[Chained]) -> bool:
    """Whether the whole log of a case, oldest first, is unchanged."""
    return first_fault(case_no, events) is None


def merkle_root(heads: Sequence[bytes]) -> bytes:
    """One hash over the last hashes of many cases, in the given order: the daily head kept outside the database.

    Leaves and nodes are hashed under different prefixes (RFC 9162 §2.1); the root of nothing is SHA-256 of nothing.
    """
    if not heads:
        return hashlib.sha256().digest()
    if len(heads) == 1:
        return hashlib.sha256(b"\x00" + heads[0]).digest()
    split = 1 << (len(heads) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + merkle_root(heads[:split]) + merkle_root(heads[split:])).digest()


def inclusion_proof(heads: Sequence[bytes], place: int) -> tuple[bytes, ...]:
    """The hashes that lead from the head at `place` to the root (RFC 9162 §2.1.3.1), the nearest first."""
    if len(heads) <= 1:
        return ()
    split = 1 << (len(heads) - 1).bit_length() - 1
    if place < split:
        return (*inclusion_proof(heads[:split], place), merkle_root(heads[split:]))
    return (*inclusion_proof(heads[split:], place - split), merkle_root(heads[:split]))


def root_from(head: bytes, place: int, count: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that `head` at `place` of `count` and its proof give (RFC 9162 §2.1.3.2); None for a proof that can't be."""
    if count == 1 and place == 0:
        return hashlib.sha256(b"\x00" + head).digest() if not proof else None
    if not 0 <= place < count or not proof:
        return None
    split = 1 << (count - 1).bit_length() - 1
    if place < split:
        below = root_from(head, place, split, proof[:-1])
        return below and hashlib.sha256(b"\x01" + below + proof[-1]).digest()
    below = root_from(head, place - split, count - split, proof[:-1])
    return below and hashlib.sha256(b"\x01" + proof[-1] + below).digest()


def anchor_hash(*, previous: bytes, day: date, leaves: int, root: bytes) -> bytes:
    """32 bytes over a day's anchor and the anchor before it (b"" before the first)."""
    body = {"previous": previous.hex(), "day": day, "leaves": leaves, "root": root.hex()}
    return hashlib.sha256(_encoder.encode(body)).digest()
