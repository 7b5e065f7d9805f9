"""Through the OpenAPI with nonsense in hand: for each operation, requests that reach into it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx

from tests.security.conftest import API

NUL, SURROGATE = "张\x00三", "张\ud800"
TEXTS = (
    NUL,
    SURROGATE,
    "\r\nset-cookie: a=b",
    "\u202e\u0000",
    "{{7*7}}%s${x}",
    "' OR 1=1 --",
    "\U0010ffff",
    "x" * 20_000,
    *("长" * length for length in (21, 31, 37, 41, 61, 101, 201, 301, 501, 1001)),
)
NONSENSE: tuple[Any, ...] = (
    *TEXTS,
    None,
    True,
    0,
    -1,
    2**31,
    2**63,
    2**64,
    -(2**63) - 1,
    10**400,
    1.5,
    1e308,
    [],
    {},
    [None],
    [[]],
    {"\x00": "\x00"},
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
)
BODIES = (
    b"",
    b"{",
    b"null",
    b"[]",
    b"7",
    b'"x"',
    b"\xff\xfe",
    b"\x00",
    b"[" * 50_000,
    b'{"a":' * 50_000,
    b'{"x": 1e999}',
    b'{"x": NaN}',
    b"\xef\xbb\xbf{}",
    '{"x": 1}'.encode("utf-16"),
    b'{"a": 1, "a": 2}',
)
TYPES = (
    "application/json",
    "application/json; charset=nope",
    "text/plain",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/msgpack",
    "",
    "é/ü",
    "application/offset+octet-stream",
)
FITTING = {
    "mobile": "13805739999",
    "code": "123456",
    "id_number": "33049919880312042X",
    "matter": "scj-18",
    "credit_code": "91330402MA2D0002YX",
    "last_four": "0001",
    "persona": "wangmin",
    "verdict": "fits",
    "level": "1",
    "how": "later",
    "value": "x",
    "departments": ["scj"],
    "modes": ["sole"],
    "tier": "third",
    "staff_no": "NH9999",
    "name": "张三",
    "company": None,
    "dependent": None,
}


class Walk:
    """The operations of the API, and requests that reach into them."""

    def __init__(self, schema: dict[str, Any], world: dict[str, str]) -> None:
        self.schemas = schema["components"]["schemas"]
        self.world = world
        self.operations = [
            (method.upper(), path, operation)
            for path, methods in schema["paths"].items()
            if path.startswith(API)
            for method, operation in methods.items()
            if method in {"get", "post", "put", "patch", "delete", "head"}
        ]

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rsplit("/", 1)[1]]
        return schema

    def fitting(self, name: str, schema: dict[str, Any]) -> Any:
        """Something that fits the field."""
        schema = self.resolved(schema)
        if name in FITTING:
            return FITTING[name]
        if choices := schema.get("oneOf") or schema.get("anyOf"):
            return self.fitting(name, next(s for s in choices if s.get("type") != "null"))
        if schema.get("enum"):
            return schema["enum"][0]
        kind = schema.get("type")
        kind = next(k for k in kind if k != "null") if isinstance(kind, list) else kind
        if kind == "object":
            return {
                key: self.fitting(key, sub)
                for key, sub in schema.get("properties", {}).items()
                if key in schema.get("required", ())
            }
        if kind == "array":
            return [self.fitting(name, schema.get("items", {}))] if schema.get("minItems") else []
        text = "2026-12-01" if schema.get("format") == "date" else "如实说明"
        return {"integer": 1, "number": 1, "boolean": True}.get(str(kind), text)

    def body_of(self, operation: dict[str, Any]) -> dict[str, Any] | None:
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        return self.resolved(content["schema"]) if content else None

    def bodies(self, operation: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """Bodies with one field spoilt, and what was done to it."""
        schema = self.body_of(operation)
        if schema is None or schema.get("type") not in {"object", None}:
            return
        if not schema.get("properties"):
            yield from (("whole", {"x": value, "id": value, "response": value}) for value in NONSENSE)
            return
        good = self.fitting("", {**schema, "required": list(schema.get("required", ()))})
        yield "fitting", good
        for field, sub in schema["properties"].items():
            for value in NONSENSE:
                yield field, {**good, field: value}
            if self.resolved(sub).get("type") == "array":
                yield from ((f"{field}[]", {**good, field: [value]}) for value in NONSENSE)
                inner = self.resolved(self.resolved(sub).get("items", {}))
                for name in inner.get("properties", {}):
                    each = self.fitting("", inner)
                    yield from ((f"{field}[].{name}", {**good, field: [{**each, name: value}]}) for value in NONSENSE)
        if "fields" in schema["properties"]:
            for key in ("name", "mobile", "address", "area", "\x00", "a" * 60):
                yield from ((f"fields.{key}", {"fields": {key: value}}) for value in NONSENSE)

    def place(self, address: str, /, **given: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: given.get(found[1]) or self.world.get(found[1], "1"), address)


def guard_of(method: str, path: str) -> str:
    from backend.app import app
    from backend.doors import doors

    for door in doors(app):
        if re.sub(r":\w+}", "}", door.path) == path and method in door.methods.split():
            return door.guard
    return "public"


def keys_for(guard: str) -> list[str]:
    """Whom the guard lets in."""
    if guard.startswith("requires "):
        role = guard.removeprefix("requires ").split(" + ")[0].split("/")[0]
        return [{"acceptance_clerk": "clerk", "approver": "approver_third", "hall_guide": "guide"}.get(role, role)]
    return {"public": [""], "officer_only": ["clerk"], "signed_in_only": ["wangmin", "clerk"]}.get(
        guard.split(" + ", maxsplit=1)[0], ["wangmin"]
    )


async def sent(browser: httpx.AsyncClient, method: str, url: str, body: Any) -> httpx.Response:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await browser.request(
        method, url, content=raw, headers={"content-type": "application/json", "idempotency-key": "k" * 12}
    )


def judged(answer: httpx.Response, what: str, value: Any, faults: list[str]) -> None:
    said = f"{answer.request.method} {answer.request.url.path} {what}={str(value)[:40]!r}: {answer.status_code} {answer.text[:160]}"
    kind = answer.headers.get("content-type", "")
    if answer.status_code >= 500 or (
        answer.status_code >= 400 and answer.request.method != "HEAD" and "problem+json" not in kind
    ):
        faults.append(said)
