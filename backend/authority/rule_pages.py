"""/admin/rules: who signs what, as data; /admin/letters: every letter; /admin/posts: deputy and superior."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from litestar import Request, Response, get, post

from backend import catalogue, rulebooks, views
from backend.authority import absences, letters, rules
from backend.authority.absences import PostGiven
from backend.authority.api import READS_RULES, SECURITY
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.people import staff
from backend.people.guards import require_step_up, requires
from backend.people.pages.forms import Form, again, go, shaped
from backend.people.viewer import SignedIn
from shared_schemas.people import OfficerActor
from shared_schemas.signing import CapEffect, NewRule, RuleKind
from shared_schemas.vocabulary import ApprovalMode, Role, Step, Tier, Verb

Page = Response[Any]
_WORDS = ("kind", "department", "matter", "mode", "step", "verb", "tier", "field", "effect", "valid_from")
_PATH = "/admin/rules"


@get(_PATH, guards=[READS_RULES])
async def rules_page(request: Request[Any, Any, Any], signed_in: SignedIn, now: datetime) -> Page:
    """What counts today, what comes, what was; and the form for whoever may set one, once confirmed by passkey."""
    is_confirmed = signed_in.session.is_stepped_up(now)
    return views.page(request, "authority/rules.html", errors={}, is_confirmed=is_confirmed, **await _rules(now, {}))


@post(_PATH, guards=[SECURITY])
async def set_rule(
    request: Request[Any, Any, Any], data: Form, officer: OfficerActor, signed_in: SignedIn, now: datetime
) -> Page:
    """Set a rule, confirmed by passkey."""
    require_step_up(request, signed_in)
    try:
        await rules.set_rule(_given(data, now), by=officer, now=now)
    except Refusal as refusal:
        return again(request, "authority/rules.html", refusal, is_confirmed=True, **await _rules(now, data))
    return go(_PATH)


def _given(data: dict[str, str], now: datetime) -> NewRule:
    raw: dict[str, Any] = {name: data.get(name, "").strip() or None for name in _WORDS}
    raw["valid_from"] = raw["valid_from"] or day_of(now).isoformat()
    raw |= {name: data.get(name) == "yes" for name in ("needs_minutes", "is_lifted")}
    if above := data.get("above", "").replace(",", "").strip():
        raw["above"] = _number(above)
    kept = {name: value for name, value in raw.items() if value is not None}
    return shaped(NewRule, {"rule": kept, "reason": data.get("reason", "")})


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Refusal("rule.cap_not_positive") from None
    if not number.is_finite() or abs(number.adjusted()) > 14:
        raise Refusal("rule.cap_not_positive")
    return number


async def _rules(now: datetime, typed: dict[str, str]) -> dict[str, Any]:
    stock = catalogue.current()
    return {
        "kept": await rules.every(day_of(now)),
        "word_of": rules.word_of,
        "standard": rulebooks.standard(),
        "departments": sorted(stock.departments.values(), key=lambda each: each.code),
        "matters": stock.matters,
        "typed": {name: typed.get(name, "") for name in (*_WORDS, "above", "reason", "needs_minutes", "is_lifted")},
        "today": day_of(now),
        "kinds": list(RuleKind),
        "modes": list(ApprovalMode),
        "steps": [Step.ACCEPTED, Step.REVIEWED, Step.CHECKED],
        "verbs": [Verb.REVIEW, Verb.CHECK, Verb.SEND_BACK, Verb.GRANT, Verb.REFUSE],
        "tiers": list(Tier),
        "effects": list(CapEffect),
    }


@get("/admin/letters", guards=[requires(Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)])
async def letters_page(request: Request[Any, Any, Any], now: datetime, department: str = "") -> Page:
    """Every letter and delegation, with what became of it."""
    return views.page(
        request,
        "authority/letters.html",
        letters=await letters.every(day_of(now), department[:20]),
        department=department[:20],
        word_of=rules.word_of,
        departments=sorted(catalogue.current().departments.values(), key=lambda each: each.code),
    )


@get("/admin/posts/{officer_id:int}", guards=[SECURITY])
async def post_page(request: Request[Any, Any, Any], officer_id: int, signed_in: SignedIn, now: datetime) -> Page:
    """Who stands in for this officer."""
    is_confirmed = signed_in.session.is_stepped_up(now)
    found = await _post(officer_id, now, {})
    return views.page(request, "authority/post.html", errors={}, is_confirmed=is_confirmed, **found)


@post("/admin/posts/{officer_id:int}", guards=[SECURITY])
async def set_post(
    request: Request[Any, Any, Any],
    officer_id: int,
    data: Form,
    officer: OfficerActor,
    signed_in: SignedIn,
    now: datetime,
) -> Page:
    """Set deputy and superior, confirmed by passkey."""
    require_step_up(request, signed_in)
    await staff.one(officer_id)
    try:
        given = PostGiven(data.get("deputy", "").strip()[:20], data.get("superior", "").strip()[:20])
        await absences.set_post(officer_id, given, by=officer, now=now)
    except Refusal as refusal:
        return again(request, "authority/post.html", refusal, is_confirmed=True, **await _post(officer_id, now, data))
    return go(f"/admin/officers/{officer_id}")


async def _post(officer_id: int, now: datetime, typed: dict[str, str]) -> dict[str, Any]:
    return {"of": await staff.one(officer_id), "post": await absences.post_of(officer_id, now), "typed": typed}


handlers = [rules_page, set_rule, letters_page, post_page, set_post]
