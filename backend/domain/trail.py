"""Checking an exported trail with nothing but the file: its chain, its verdict, its place in the day's anchor."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from backend.domain import chain
from shared_schemas.trail import Trail, TrailAnchor
from shared_schemas.vocabulary import Verb

# What `findings` may say, in Chinese and English.
FINDINGS = {
    "chain": ("第 {seq} 条起，哈希链对不上：有事件被改、被移或缺失", "The chain breaks at event {seq}: changed, moved or missing"),
    "head": ("链尾和导出时的结论不是同一个哈希", "The last hash is not the one the verdict names"),
    "verdict": ("导出时的结论说链断在第 {seq} 条", "The hall itself found the chain broken at event {seq} when it exported"),
    "anchor_event": ("锚点里的第 {seq} 条不在这份文件里，链尾被截", "Event {seq} of the anchor is not in the file: it was cut short"),
    "anchor_root": ("这条链算不出当日锚点的根", "The chain does not lead to the root of the day's anchor"),
    "anchor_hash": ("当日锚点自己的哈希对不上", "The hash of the day's anchor itself does not fit"),
}  # fmt: skip


class Finding(Struct, frozen=True):
    """One thing that does not fit; `code` is a key of `FINDINGS`."""

    code: str
    seq: int = 0

    def label(self, lang: str) -> str:
        """The finding in a sentence."""
        return FINDINGS[self.code][lang == "en"].format(seq=self.seq)


class _Link(Struct, frozen=True):
    """An event of the file as the chain wants it."""

    seq: int
    verb: Verb
    by_kind: str
    by_id: int | None
    by_name: str
    at: Any
    particulars: dict[str, Any]
    previous_hash: bytes
    hash: bytes


def findings(trail: Trail) -> tuple[Finding, ...]:
    """Everything in the file that does not fit; empty when it is whole."""
    links = [
        _Link(
            each.seq,
            each.verb,
            each.by_kind,
            each.by_id,
            each.by_name,
            each.at,
            each.particulars,
            bytes.fromhex(each.previous_hash),
            bytes.fromhex(each.hash),
        )
        for each in trail.events
    ]
    found: list[Finding] = []
    fault = chain.first_fault(trail.case_no, links) if links else 1
    if fault is not None:
        found.append(Finding("chain", fault))
    if trail.verdict.first_fault is not None or not trail.verdict.is_whole:
        found.append(Finding("verdict", trail.verdict.first_fault or 1))
    if links and links[-1].hash.hex() != trail.verdict.head:
        found.append(Finding("head"))
    if trail.anchor:
        found += _anchored(trail.anchor, links)
    return tuple(found)


def _anchored(anchor: TrailAnchor, links: list[_Link]) -> list[Finding]:
    found: list[Finding] = []
    head = next((link.hash for link in links if link.seq == anchor.seq), None)
    if head is None:
        found.append(Finding("anchor_event", anchor.seq))
    else:
        proof = [bytes.fromhex(each) for each in anchor.proof]
        root = chain.root_from(head, anchor.place, anchor.leaves, proof)
        if root is None or root.hex() != anchor.root:
            found.append(Finding("anchor_root"))
    expected = chain.anchor_hash(
        previous=bytes.fromhex(anchor.previous_hash),
        day=anchor.day,
        leaves=anchor.leaves,
        root=bytes.fromhex(anchor.root),
    )
    if expected.hex() != anchor.hash:
        found.append(Finding("anchor_hash"))
    return found
