"""What the hall says when it refuses: one registry of codes, statuses and sentences in both languages.

A slice adds its own with `register` in its `refusals.py`. `backend.answers` turns the result into problem+json (RFC
9457), a fragment for htmx or a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from msgspec import Struct

from backend.domain.refusal import Refusal
from backend.formats import day, moment
from backend.i18n import language
from shared_schemas.labelled import Labelled

TITLES = {
    400: ("这样收不了", "That can't be read"),
    401: ("先登录", "Please sign in"),
    403: ("这一步您做不了", "You can't do this"),
    404: ("没找到", "Not found"),
    405: ("这里不能这样做", "Not possible here"),
    409: ("要您定一下", "Please have a look"),
    410: ("已经过期", "No longer there"),
    413: ("太大了", "Too large"),
    415: ("这种格式收不了", "This format can't be taken"),
    421: ("网址不对", "Wrong address"),
    422: ("有几处要改", "A few things to correct"),
    429: ("歇一会儿再试", "Please wait a little"),
    500: ("我们这边出错了", "Something broke on our side"),
    503: ("正在恢复，稍后再来", "Back in a moment"),
}


class Sentence(Struct, frozen=True):
    """Status and the two sentences of a refusal; `{name}` is filled from its facts, `title` from the status."""

    status: int
    zh: str
    en: str
    title: tuple[str, str] | None = None


class Problem(Struct, frozen=True):
    """A refusal ready to be shown. `errors` is {field: sentence}; `retry_after` is seconds."""

    code: str
    status: int
    title: str
    detail: str
    errors: dict[str, str]
    facts: dict[str, Any]
    retry_after: int | None = None


_registry: dict[str, Sentence] = {}


def register(sentences: Mapping[str, Sentence]) -> None:
    """Add a slice's refusals. A code has one meaning: registering it twice with another one is a ValueError."""
    for code, sentence in sentences.items():
        if _registry.setdefault(code, sentence) != sentence:
            raise ValueError(f"refusal code registered twice: {code}")


def registered() -> Mapping[str, Sentence]:
    """All codes known so far."""
    return _registry


def problem_of(refusal: Refusal) -> Problem:
    """The refusal in the reader's language. An unregistered code is our own mistake and shows as such (500)."""
    facts = dict(refusal.facts)
    errors = facts.pop("errors", None)
    retry_after = facts.get("retry_after")
    sentence = _registry.get(refusal.code) or _registry["server.error"]
    status = facts.pop("status", None) or getattr(refusal, "status", None) or sentence.status
    lang = language()
    zh, en = sentence.title or TITLES.get(status, TITLES[400])
    return Problem(
        code=refusal.code if refusal.code in _registry else "server.error",
        status=status,
        title=en if lang == "en" else zh,
        detail=_filled(sentence.en if lang == "en" else sentence.zh, facts, lang),
        errors=_field_errors(errors, lang),
        facts={name: _plain(value) for name, value in facts.items()} if refusal.code in _registry else {},
        retry_after=retry_after if isinstance(retry_after, int) else None,
    )


def sentence_of(refusal: Refusal) -> str:
    """Only the sentence, for a spot inside a page."""
    return problem_of(refusal).detail


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _filled(template: str, facts: Mapping[str, object], lang: str) -> str:
    words = {name: _word(value, lang) for name, value in facts.items()}
    if lang == "en":  # `who_en` beside `who`: the English of a fact kept in two languages
        words |= {name[:-3]: word for name, word in words.items() if name.endswith("_en") and word}
    return template.format_map(_Facts(words))


def _word(value: object, lang: str) -> str:
    if isinstance(value, Labelled):
        return value.label(lang)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ("、" if lang == "zh" else ", ").join(_word(item, lang) for item in value)
    return "" if value is None else str(value)


def _plain(value: object) -> object:
    """A fact as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | dict | None) else str(value)


def _field_errors(errors: object, lang: str) -> dict[str, str]:
    """Sentences by field; a registered code stands for its sentence."""
    if not isinstance(errors, Mapping):
        return {}
    return {str(field): _field_sentence(value, lang) for field, value in errors.items()}


def _field_sentence(value: object, lang: str) -> str:
    found = _registry.get(value) if isinstance(value, str) else None
    if found is None:
        return str(value)
    return found.en if lang == "en" else found.zh


register(
    {
        "request.malformed": Sentence(
            400,
            "没读懂发来的内容，检查格式再发一次。",
            "What was sent can't be read. Check its format and send it again.",
        ),
        "request.foreign": Sentence(
            403,
            "这个请求来自别的网站，没有执行。请从本站操作。",
            "This request came from another site and was not carried out. Please start from our own page.",
        ),
        "request.form_expired": Sentence(
            403,
            "页面放得太久了。返回、刷新一下再交，填的内容还在。",
            "This page was open too long. Go back, reload and send again; what you typed is kept.",
        ),
        "request.host": Sentence(421, "这个网址不归本大厅管。", "This address does not belong to the hall."),
        "request.method": Sentence(
            405, "这个地址不支持这样访问，可以用：{allow}。", "This address doesn't take that method; use {allow}."
        ),
        "request.too_large": Sentence(
            413,
            "发来的内容太大，最多 {limit}。拆开或缩小再发。",
            "That is too large; at most {limit}. Split or shrink it.",
        ),
        "request.unsupported_type": Sentence(
            415,
            "这种格式收不了。",
            "This format can't be taken.",
        ),
        "input.invalid": Sentence(422, "有几处要改，改好再交。", "A few things need correcting; then send it again."),
        "auth.needed": Sentence(401, "先登录，登录后回到这一步。", "Sign in first; you will come back to this step."),
        "auth.forbidden": Sentence(
            403,
            "这一步要由别的岗位来做。找您的主管，或换个身份登录。",
            "Someone in another role does this. Ask your supervisor, or sign in as another.",
        ),
        "page.missing": Sentence(
            404,
            "这页没找到，您办的事都还在。",
            "This page isn't here. Your cases are safe.",
        ),
        "rate.limited": Sentence(
            429, "试得太勤了，{retry_after} 秒后再来。", "Too many tries. Come back in {retry_after} seconds."
        ),
        "server.error": Sentence(
            500,
            "我们这边出错了，不是您的问题。您交的都还在，过一会儿再试；还不行就打大厅电话。",
            "Something broke on our side, not yours. What you sent is kept. Try again shortly, or ring the hall.",
        ),
        "server.unavailable": Sentence(
            503,
            "大厅系统正在恢复，一分钟后再来。没交成的还在您手机里。",
            "We are just recovering; come back in a minute. What wasn't sent is still with you.",
        ),
    }
)
