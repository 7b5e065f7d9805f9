"""Three SMS gateways. Each checks the request's own signature, written here from the provider's rules, not from ours."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from tests.channels.providers.serving import Answer, Asked, Provider

KEY_ID, SECRET = "AKID-test", "secret-test"


def _json(found: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(found).encode(), {"content-type": "application/json"})


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _sha(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


class PlainGateway(Provider):
    """De-duplicates by `id`."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, dict[str, Any]] = {}

    def take(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != "Bearer token":
            return _json({"code": "token"}, 401)
        body = json.loads(asked.body)
        if asked.headers["idempotency-key"] != body["id"]:
            return _json({"code": "key"}, 400)
        status = 409 if body["id"] in self.sent else 200
        self.sent.setdefault(body["id"], body)
        return _json({"id": f"p-{len(self.sent)}"}, status)


class Aliyun(Provider):
    """SendSms. `code` is what it answers; "OK" sends."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, Any]] = []
        self.code = "OK"

    def take(self, asked: Asked) -> Answer:
        if not self._is_signed(asked):
            return _json({"Code": "SignatureDoesNotMatch"}, 400)
        if self.code != "OK":
            return _json({"Code": self.code, "Message": "no", "RequestId": "r"})
        self.sent.append(asked.query)
        return _json({"Code": "OK", "Message": "OK", "BizId": f"biz-{len(self.sent)}", "RequestId": "r"})

    def _is_signed(self, asked: Asked) -> bool:
        match = re.fullmatch(
            r"ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=(\w+)", asked.headers["authorization"]
        )
        assert match is not None
        names = match[2].split(";")
        must = {name for name in asked.headers if name.startswith("x-acs-")} | {"host"}
        query = "&".join(
            f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in sorted(asked.query.items())
        )
        headers = "".join(f"{name}:{asked.headers[name]}\n" for name in names)
        canonical = f"{asked.method}\n{asked.path}\n{query}\n{headers}\n{match[2]}\n{_sha(asked.body)}"
        right = _hmac(SECRET.encode(), f"ACS3-HMAC-SHA256\n{_sha(canonical.encode())}").hex()
        return match[1] == KEY_ID and must <= set(names) and match[3] == right


class Tencent(Provider):
    """SendSms. `code` is what it answers for the number, `error` for the whole request."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, Any]] = []
        self.code = "Ok"
        self.error = ""

    def take(self, asked: Asked) -> Answer:
        error = self.error or ("" if self._is_signed(asked) else "AuthFailure.SignatureFailure")
        if error:
            return _json({"Response": {"Error": {"Code": error, "Message": "no"}, "RequestId": "r"}})
        body = json.loads(asked.body)
        if self.code == "Ok":
            self.sent.append(body)
        status = {
            "SerialNo": f"s-{len(self.sent)}" if self.code == "Ok" else "",
            "PhoneNumber": body["PhoneNumberSet"][0],
            "Fee": 1,
            "SessionContext": body["SessionContext"],
            "Code": self.code,
            "Message": "-",
            "IsoCode": "CN",
        }
        return _json({"Response": {"SendStatusSet": [status], "RequestId": "r"}})

    def _is_signed(self, asked: Asked) -> bool:
        match = re.fullmatch(
            r"TC3-HMAC-SHA256 Credential=([^/]+)/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)",
            asked.headers["authorization"],
        )
        assert match is not None
        at = asked.headers["x-tc-timestamp"]
        day = datetime.fromtimestamp(int(at), UTC).date().isoformat()
        values = {name: asked.headers[name] for name in match[3].split(";")}
        values["x-tc-action"] = values["x-tc-action"].lower()
        headers = "".join(f"{name}:{value}\n" for name, value in values.items())
        canonical = f"POST\n/\n\n{headers}\n{match[3]}\n{_sha(asked.body)}"
        key = _hmac(_hmac(_hmac(f"TC3{SECRET}".encode(), day), "sms"), "tc3_request")
        right = _hmac(key, f"TC3-HMAC-SHA256\n{at}\n{match[2]}\n{_sha(canonical.encode())}").hex()
        named = asked.headers["x-tc-action"] == "SendSms" and asked.headers["x-tc-version"] == "2021-01-11"
        return named and match[1] == KEY_ID and match[2] == f"{day}/sms/tc3_request" and match[4] == right
