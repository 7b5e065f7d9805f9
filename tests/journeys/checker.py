"""After every storm: server and phone agree, nothing is there twice, nothing is gone, nothing that nobody filed.

A `Witness` remembers what the person really did; `agree` holds it, the server and the phones against one another.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any, Self

import asyncpg

from shared_schemas.vocabulary import Verb
from tests.journeys import evidence
from tests.journeys.browser import Visitor
from tests.journeys.evidence import FiledCase, Paper, Phone, Server
from tests.journeys.server import Hall

_FILING, _DEED, _DONE = "filing", "deed", "done"


class Witness:
    """What one person did since the storm began, by the test's own memory."""

    def __init__(self, hall: Hall, persona: str, before: Server) -> None:
        self.hall, self.persona = hall, persona
        self._cases, self._drafts, self._deeds = set(before.cases), set(before.drafts), set(before.deeds)
        self.acts = {number: _acts(case) for number, case in before.cases.items()}
        self.chosen: Counter[str] = Counter()
        self.typed: list[tuple[str, Any]] = []

    @classmethod
    async def of(cls, hall: Hall, persona: str, connection: asyncpg.Connection | None = None) -> Self:
        """Whatever stood before is none of this storm's."""
        return cls(hall, persona, await evidence.of_server(hall, persona, connection))

    def chose(self, data: bytes) -> bytes:
        """A file was chosen that the server keeps byte by byte (a PDF; pictures are drawn anew)."""
        self.chosen[hashlib.sha256(data).hexdigest()] += 1
        return data

    def wrote(self, **values: Any) -> dict[str, Any]:
        """Answers that must be found again."""
        self.typed += values.items()
        return values

    def cases(self, server: Server) -> dict[str, FiledCase]:
        """The cases that came since."""
        return {number: case for number, case in server.cases.items() if number not in self._cases}

    def deeds(self, server: Server) -> dict[str, str]:
        """What was done since with cases, by key."""
        return {key: number for key, number in server.deeds.items() if key not in self._deeds}

    def papers(self, server: Server) -> list[Paper]:
        """Every file that came since, in cases and in drafts."""
        drafts = [draft for key, draft in server.drafts.items() if key not in self._drafts]
        return [paper for each in [*self.cases(server).values(), *drafts] for paper in each.papers]

    def values(self, server: Server) -> list[dict[str, Any]]:
        """Every form that was filled since, and what stands beside it to be chosen."""
        drafts = [draft for key, draft in server.drafts.items() if key not in self._drafts]
        return [
            *(case.form for case in self.cases(server).values()),
            *(answers for draft in drafts for answers in (draft.values, *draft.rivals)),
        ]


async def agree(
    witness: Witness, *visitors: Visitor, filed: int = 0, done: int = 0, waiting: int | range = 0
) -> Server:
    """Insist on it: `filed` cases came of this storm, `done` deeds were done, `waiting` items are still on these phones."""
    phones = [await evidence.of_phone(visitor.page) for visitor in visitors]
    server = await evidence.of_server(witness.hall, witness.persona)
    found = faults(witness, server, phones, filed=filed, done=done, waiting=waiting)
    assert not found, "server and phone disagree:\n" + "\n".join(f"  - {fault}" for fault in found)
    return server


def faults(
    witness: Witness, server: Server, phones: list[Phone], *, filed: int, done: int, waiting: int | range
) -> list[str]:
    """Everything that is wrong, in words."""
    return [
        *server.broken,
        *_cases(witness, server, filed),
        *_deeds(witness, server, phones, done),
        *_papers(witness, server, phones),
        *_answers(witness, server, phones),
        *[fault for phone in phones for fault in _acknowledged(server, phone)],
        *_waiting(phones, waiting),
    ]


def _cases(witness: Witness, server: Server, filed: int) -> list[str]:
    """As many as were filed, each under one key and of one draft at most."""
    new = witness.cases(server)
    found = []
    if len(new) != filed:
        found.append(f"{filed} filed, but the server has {len(new)} cases: {', '.join(new) or 'none'}")
    for case in new.values():
        if len(case.keys) != 1:
            found.append(f"{case.case_no} has {len(case.keys)} keys")
        if len(case.drafts) > 1:
            found.append(f"{case.case_no} came of {len(case.drafts)} drafts")
    return found


def _deeds(witness: Witness, server: Server, phones: list[Phone], done: int) -> list[str]:
    """Each deed that a phone calls done stands under its key, and as an act of its case: as often as there are keys."""
    new = witness.deeds(server)
    found = [] if len(new) == done else [f"{done} deeds were done, but the server has {len(new)}"]
    told = {item["id"] for phone in phones for item in phone.outbox if item["kind"] == _DEED and item["state"] == _DONE}
    found += [
        f"a deed was acknowledged under {key}, which the server does not have" for key in told - set(server.deeds)
    ]
    for number, times in Counter(new.values()).items():
        acts = _acts(server.cases.get(number)) - witness.acts.get(number, 0)
        if acts != times:
            found.append(f"{times} deeds of {number}, but {acts} acts in its log")
    return found


def _acts(case: FiledCase | None) -> int:
    """What people did with a case after its receipt; that it is closed then follows by itself."""
    return sum(verb not in {Verb.RECEIVE, Verb.CLOSE} for verb in case.verbs) if case else 0


def _papers(witness: Witness, server: Server, phones: list[Phone]) -> list[str]:
    """Each chosen file is there as often as it was chosen: on the server, or still on a phone; never changed."""
    found = []
    there: Counter[str] = Counter()
    for paper in witness.papers(server):
        if paper.sha256 != paper.on_disk:
            found.append(f"the bytes of {paper.material} are not those of its row")
        there[paper.on_disk] += 1
    stored = {paper.id for paper in witness.papers(server)}
    for phone in phones:
        for record in [*phone.blobs, *phone.uploads]:
            if record.get("upload") not in stored and record.get("blob"):
                there[record["blob"]["sha256"]] += 1
    for digest, times in witness.chosen.items():
        if there[digest] != times:
            found.append(f"the file {digest[:8]} was chosen {times} times and is there {there[digest]} times")
    return found


def _answers(witness: Witness, server: Server, phones: list[Phone]) -> list[str]:
    """What was typed stands in a form of the server, or in a draft of a phone."""
    forms = [*witness.values(server), *(_local(draft) for phone in phones for draft in phone.filings)]
    forms += [words for phone in phones for words in phone.drafts]
    return [
        f"{name}: {value!r} was typed and is nowhere"
        for name, value in witness.typed
        if not any(_at(form, name) == value for form in forms)
    ]


def _local(draft: dict[str, Any]) -> dict[str, Any]:
    return {**draft.get("values", {}), **draft.get("unsent", {})}


def _at(form: dict[str, Any], name: str) -> Any:
    """A value by its dotted name, however deep it was merged."""
    if name in form:
        return form[name]
    head, _, rest = name.partition(".")
    inner = form.get(head)
    return _at(inner, rest) if rest and isinstance(inner, dict) else None


def _acknowledged(server: Server, phone: Phone) -> list[str]:
    """Every filing that a phone calls sent is a case, the one it names, under its key or its draft's first."""
    found = []
    done = [item for item in phone.outbox if item["kind"] == _FILING and item["state"] == _DONE]
    for item in done:
        number = (item.get("result") or {}).get("case_no")
        case = server.cases.get(number or "")
        if case is None:
            found.append(f"the phone has a receipt for {number}, which the server does not know")
        elif item["id"] not in case.keys and item["draft"] not in case.drafts:
            found.append(f"{number} was acknowledged under a key that the server does not have")
    numbers = Counter((item.get("result") or {}).get("case_no") for item in done)
    found += [f"{number} was acknowledged {times} times" for number, times in numbers.items() if times > 1]
    return found


def _waiting(phones: list[Phone], waiting: int | range) -> list[str]:
    """As much waits as should; a range where it is chance how far the phone has come."""
    right = range(waiting, waiting + 1) if isinstance(waiting, int) else waiting
    items = [item for phone in phones for item in phone.outbox if item["state"] != _DONE]
    if len(items) not in right:
        found = ", ".join(f"{item['kind']} {item['state']} {item.get('cause')}" for item in items)
        return [f"{right[0]} items should wait, but there are {len(items)}: {found or 'none'}"]
    return []
