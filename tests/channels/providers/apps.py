"""WeChat and Alipay, as far as one message goes."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import parse_qsl

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.channels.providers.serving import Answer, Asked, Provider


def _json(found: Any) -> Answer:
    return Answer(200, json.dumps(found).encode(), {"content-type": "application/json"})


class WeChatApi(Provider):
    """`errcode` is what a message gets; `end_token` makes the present token invalid, as another process may."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, Any]] = []
        self.errcode = 0
        self.tokens = 0
        self.spent: set[str] = set()
        self._valid = ""

    def end_token(self) -> None:
        self._valid = ""

    def take(self, asked: Asked) -> Answer:
        if asked.path == "/sns/jscode2session":
            return self._who(asked.query)
        body = json.loads(asked.body)
        if asked.path == "/cgi-bin/stable_token":
            return self._token(body)
        assert asked.path == "/cgi-bin/message/subscribe/send"
        if asked.query["access_token"] != self._valid:
            return _json({"errcode": 40001, "errmsg": "invalid credential"})
        if self.errcode:
            return _json({"errcode": self.errcode, "errmsg": "no"})
        self.sent.append(body)
        return _json({"errcode": 0, "errmsg": "ok", "msgid": 7000 + len(self.sent)})

    def _who(self, query: dict[str, str]) -> Answer:
        """A code is its openid behind "code-", once."""
        code = query["js_code"]
        is_ours = (query["appid"], query["secret"], query["grant_type"]) == ("wx1", "s1", "authorization_code")
        if not is_ours or not code.startswith("code-") or code in self.spent:
            return _json({"errcode": 40029, "errmsg": "invalid code"})
        self.spent.add(code)
        return _json({"openid": code.removeprefix("code-"), "session_key": "k"})

    def _token(self, body: dict[str, Any]) -> Answer:
        if (body["grant_type"], body["appid"], body["secret"]) != ("client_credential", "wx1", "s1"):
            return _json({"errcode": 40013, "errmsg": "invalid appid"})
        self.tokens += 1
        if body.get("force_refresh") or not self._valid:
            self._valid = f"token {self.tokens}"
        return _json({"access_token": self._valid, "expires_in": 7200})


class AlipayGateway(Provider):
    """Checks RSA2, answers signed. `code` and `sub_code` are what a message gets; `signs` off: an impostor."""

    def __init__(self) -> None:
        super().__init__()
        self._own = rsa.generate_private_key(65537, 2048)
        self._app = rsa.generate_private_key(65537, 2048)
        self.sent: list[dict[str, Any]] = []
        self.code, self.sub_code, self.signs = "10000", "", True

    @property
    def public_key(self) -> str:
        der = self._own.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(der).decode()

    @property
    def app_private_key(self) -> str:
        der = self._app.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return base64.b64encode(der).decode()

    def take(self, asked: Asked) -> Answer:
        form = dict(parse_qsl(asked.body.decode(), keep_blank_values=True))
        sign = base64.b64decode(form.pop("sign"))
        text = "&".join(f"{name}={value}" for name, value in sorted(form.items()))
        try:
            self._app.public_key().verify(sign, text.encode(), padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return self._answer({"code": "40002", "sub_code": "isv.invalid-signature"})
        if form["method"] == "alipay.system.oauth.token":
            known = form["code"].startswith("code-")
            return self._answer({"user_id": form["code"].removeprefix("code-")} if known else {}, form["method"])
        assert form["method"] == "alipay.open.app.mini.templatemessage.send"
        if self.code == "10000":
            self.sent.append(json.loads(form["biz_content"]))
        return self._answer({"code": self.code, "msg": "-", "sub_code": self.sub_code})

    def _answer(self, node: dict[str, str], method: str = "alipay.open.app.mini.templatemessage.send") -> Answer:
        text = json.dumps(node, separators=(", ", " : "))  # spaced as we would not: the very bytes are signed
        sign = base64.b64encode(self._own.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()
        name = f"{method.replace('.', '_')}_response"
        shown = f'{{"{name}":{text},"sign":"{sign if self.signs else ""}"}}'
        return Answer(200, shown.encode())
