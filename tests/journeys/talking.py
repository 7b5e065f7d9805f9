"""Talking to the hall in JSON: a person with a session, the verbs of a case as short words."""

from __future__ import annotations

import base64
import hashlib
import io
import secrets
from typing import Any, Self

import httpx
from PIL import Image

from backend import clock

API = "/api/v1"
_TUS = {"tus-resumable": "1.0.0"}


class Person:
    """Somebody with a session. Every call returns the decoded answer and insists on the status it names."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str, expect: int = 200) -> Any:
        """GET below /api/v1."""
        return _answer(await self.client.get(API + path), expect)

    async def send(self, method: str, path: str, body: Any = None, *, expect: int = 201, **headers: str) -> Any:
        """Any other method; `headers` with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return _answer(
            await self.client.request(method, API + path, json={} if body is None else body, headers=named), expect
        )

    async def post(self, path: str, body: Any = None, *, expect: int = 201, **headers: str) -> Any:
        """POST below /api/v1."""
        return await self.send("POST", path, body, expect=expect, **headers)

    async def verb(self, case_no: str, resource: str, expect: int = 201, **body: Any) -> Any:
        """One sub-resource of a case per verb."""
        return await self.post(f"/cases/{case_no}/{resource}", body, expect=expect)

    async def upload(
        self, data: bytes, *, name: str = "照片.jpg", kind: str = "image/jpeg", pieces: int = 1, **told: str
    ) -> str:
        """A file by tus, in `pieces` PATCHes with an interruption asked about between them; its id."""
        made = await self.client.post(
            f"{API}/uploads",
            headers={
                **_TUS,
                "upload-length": str(len(data)),
                "upload-metadata": _metadata(filename=name, filetype=kind, **told),
            },
        )
        assert made.status_code == 201, made.text
        place = made.headers["location"]
        step = -(-len(data) // pieces)
        for begin in range(0, len(data), step):
            where = await self.client.head(place, headers=_TUS)
            assert int(where.headers["upload-offset"]) == begin
            sent = await self.client.patch(
                place,
                content=data[begin : begin + step],
                headers={
                    **_TUS,
                    "upload-offset": str(begin),
                    "content-type": "application/offset+octet-stream",
                    "upload-checksum": "sha256 "
                    + base64.b64encode(hashlib.sha256(data[begin : begin + step]).digest()).decode(),
                },
            )
            assert sent.status_code == 204, sent.text
        return str(place.rsplit("/", 1)[1])

    async def file(
        self, matter: dict[str, Any], form: dict[str, Any], *, key: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """File `matter` in one piece: a photo for every paper that has to be uploaded."""
        body = {
            "matter": matter["code"],
            "form": form,
            "declared": True,
            "materials": await self.papers(matter),
            **more,
        }
        return await self.post("/cases", body, idempotency_key=key or secrets.token_hex(12))

    async def papers(self, matter: dict[str, Any]) -> list[dict[str, Any]]:
        """How each needed material is given: fetched by the hall where it may, else a photo."""
        found = []
        for material in matter["materials"]:
            if material["is_shareable"]:
                found.append({"key": material["key"], "how": "fetch"})
            else:
                found.append(
                    {"key": material["key"], "how": "upload", "uploads": [await self.upload(photo(material["key"]))]}
                )
        return found


class People:
    """The demo's people by key; each signs in once."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._known: dict[str, Person] = {}
        self._clients: list[httpx.AsyncClient] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for client in self._clients:
            await client.aclose()

    def stranger(self) -> Person:
        """Nobody yet."""
        client = httpx.AsyncClient(base_url=self.base_url, timeout=30, trust_env=False)
        self._clients.append(client)
        return Person(client)

    async def __call__(self, key: str) -> Person:
        """The person behind the key, signed in."""
        if key not in self._known:
            person = self.stranger()
            session = await person.post("/demo/sessions", {"persona": key})
            person.client.cookies.clear()
            person.client.headers["authorization"] = f"Bearer {session['token']}"
            self._known[key] = person
        return self._known[key]

    async def confirmed(self, key: str) -> Person:
        """The same, having just shown the passkey: that counts for five minutes, a run of journeys takes longer."""
        self._known.pop(key, None)
        return await self(key)

    async def decide(self, case_no: str, mode: str) -> dict[str, Any]:
        """Up to the grant, in the matter's own mode; its site is seen where the law wants that. The state after it."""
        await self.survey(case_no)
        third, second, chief = [await self.confirmed(f"approver_{tier}") for tier in ("third", "second", "chief")]
        decider = third
        if mode != "sole":
            await third.verb(case_no, "reviews", proposal="grant", opinion="材料齐全，符合法定条件")
            decider = second
        if mode == "submit":
            await second.verb(case_no, "checks", opinion="同意初审意见")
            decider = chief
        return await decider.verb(case_no, "grant", opinion="准予")

    async def survey(self, case_no: str, conclusion: str = "pass") -> None:
        """Two surveyors go, look and sign, if this case waits for that; sent out now where nobody was."""
        third, zhao = await self("approver_third"), await self("surveyor")
        known = await third.get(f"/cases/{case_no}/survey")
        if known is None or known["state"] == "concluded":
            return
        if known["state"] == "none":
            await self.send_out(case_no)
        record = await self.survey_record(case_no, conclusion)
        await zhao.verb(case_no, "survey/record", **record)

    async def send_out(self, case_no: str, **more: Any) -> None:
        """Both surveyors, at a time agreed by telephone unless `more` offers some."""
        given = {"inspectors": ["NH0201", "NH0202"], "place": "嘉兴市南湖区勤俭路 218 号", **more}
        given |= {} if "offered" in given else {"agreed_at": clock.now().isoformat()}
        await (await self("approver_third")).verb(case_no, "survey", **given)

    async def survey_record(self, case_no: str, conclusion: str = "pass") -> dict[str, Any]:
        """A whole record; `fail` finds the first item wrong."""
        zhao, pen = await self("surveyor"), [[[60, 60], [300, 140], [520, 60]]]
        asked = await zhao.get(f"/cases/{case_no}/survey/checklist")
        now = clock.now().isoformat()
        wrong = {"found": "not_ok", "note": "与图纸不一致"} if conclusion == "fail" else {"found": "ok"}
        return {
            "surveyed_at": now,
            "conclusion": conclusion,
            "findings": "现场与申请材料一致" if conclusion == "pass" else "现场与图纸不一致",
            "items": [
                {"key": item["key"], **(wrong if place == 0 else {"found": "ok"})}
                for place, item in enumerate(asked["items"])
            ],
            "values": [{"key": v["key"], "value": max(v["least"], min(v["most"], 5))} for v in asked["values"]],
            "photos": [
                {"taken_at": now, "uploads": [await zhao.upload(photo(f"{case_no}{n}"))]}
                for n in range(asked["photos"])
            ],
            "signed": [{"staff_no": number, "strokes": pen} for number in ("NH0201", "NH0202")],
            "applicant": {"name": "在场人", "strokes": pen},
        }

    async def take_and_tick(self, case_no: str, clerk: str = "clerk", verdict: str = "fits") -> Person:
        """The clerk takes the case and finds every paper fitting."""
        officer = await self(clerk)
        await officer.verb(case_no, "handling")
        for material in (await officer.get(f"/cases/{case_no}"))["materials"]:
            await officer.send(
                "PUT", f"/cases/{case_no}/materials/{material['key']}/verdict", {"verdict": verdict}, expect=204
            )
        return officer


def photo(text: str = "", size: tuple[int, int] = (160, 120)) -> bytes:
    """A small JPEG; `text` makes it another one."""
    out = io.BytesIO()
    Image.new("RGB", size, (len(text) * 7 % 255, 90, 120)).save(out, "JPEG", comment=text.encode() or b"x")
    return out.getvalue()


def _metadata(**told: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())


def _answer(response: httpx.Response, expect: int) -> Any:
    assert response.status_code == expect, (
        f"{response.request.method} {response.request.url}: {response.status_code} {response.text[:2000]}"
    )
    return (
        response.json() if response.content and "json" in response.headers.get("content-type", "") else response.content
    )


async def answers(
    citizen: Person, matter: dict[str, Any], *, draft: dict[str, Any] | None = None, **fixed: Any
) -> dict[str, Any]:
    """An answer to every open required question of the matter, asked round by round since answers open questions."""
    own = draft or await citizen.post("/drafts", {"matter": matter["code"]})
    place, given = f"/drafts/{own['id']}", dict[str, Any]()
    for _ in range(5):
        seen = await citizen.get(place)
        missing = {
            name[5:]
            for name in (await citizen.post(f"{place}/check", expect=200))["errors"]
            if name.startswith("form.")
        }
        asked = {q["path"]: q["field"] for q in seen["questions"] if not q["is_locked"] and q["path"] not in given}
        blank = [path for path in asked if path in missing or path in fixed or (not draft and seen["values"].get(path))]
        stubborn = [path for path in given if path in missing and given[path] is False]  # a consent that must be given
        if not blank and not stubborn:
            break
        given |= dict.fromkeys(stubborn, True)
        for path in blank:
            known = fixed.get(path, seen["values"].get(path))
            given[path] = known or await _made_up(citizen, asked[path], path, draft)
        await citizen.send("PATCH", place, {"fields": given}, expect=200)
    if draft is None:
        await citizen.send("DELETE", place, expect=204)
    return given


_TEXT = {
    "mobile": "13805730001",
    "id_document": "330499198803120425",
    "idcard": "330499198803120425",
    "postcode": "314000",
}
_NUMBER = {"int": 2, "decimal": "86.5", "money": "1200.00"}


async def _made_up(citizen: Person, field: dict[str, Any], path: str, draft: dict[str, Any] | None) -> Any:
    """An answer that fits the type of a question."""
    kind, rule = field["type"], field.get("rule", "")
    if kind == "file":
        told = {"draft": draft["id"], "material": f"form.{path}"} if draft else {}
        return [await citizen.upload(photo(path, (358, 441)), **told)]
    if kind in {"enum", "multi"} and field["options"]:
        choice = next((o for o in field["options"] if o in {"一般程序", "电子证照"}), field["options"][0])
        return [choice] if kind == "multi" else choice
    if kind == "table":
        columns = rule.partition("cols:")[2].split(";")[0].split(",")
        return [{column: "1" if column in {"qty", "count", "amount"} else "灶台" for column in columns}]
    made = {
        "bool": False,
        "date": "2026-01-05",
        "person": {"name": "王敏", "id_no": _TEXT["id_document"], "mobile": _TEXT["mobile"]},
        "period": {"start": "2026-12-01", "end": "2027-11-30"},
        "address": "嘉兴市南湖区勤俭路 218 号",
        "multi": ["其他"],
    }
    return made.get(kind, _NUMBER.get(kind, _TEXT.get(kind, "如实填写")))
