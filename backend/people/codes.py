"""One-time codes by text message. The same answer and the same work whether or not the number is known."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from backend import crypto, db, ratelimit
from backend.domain.refusal import Refusal
from backend.i18n import gettext as _
from backend.i18n import language
from backend.people.messages import write
from backend.people.sealing import mobile_index
from backend.settings import settings
from shared_schemas.identity import fault_in_mobile, plain_number
from shared_schemas.reasons import sentence

VALID = timedelta(minutes=5)  # GB/T 47797: at least three minutes, and extendable
TRIES = 5
EXTENSIONS = 3
_WINDOW_S = 300
_HALL = 20


def checked_mobile(mobile: str) -> str:
    """The number in its normal form; "+86" may stand before it. Raises Refusal("input.invalid")."""
    number = plain_number(mobile)
    number = number.removeprefix("+86")
    if fault := fault_in_mobile(number):
        raise Refusal("input.invalid", errors={"mobile": sentence(fault, language())})
    return number


async def send(mobile: str, purpose: str, *, ip: str, now: datetime) -> datetime:
    """Send a fresh code, replacing any earlier one; returns when it expires.

    `mobile` is in normal form. `purpose` is "sign_in", "confirm" or "new_mobile".
    Raises Refusal("rate.limited") after `sign_in_limit` messages for the number or the address in five minutes.
    """
    await ratelimit.hit(f"code.send|mobile|{mobile}", settings.sign_in_limit, _WINDOW_S, now)
    # A whole hall shares one address on its Wi-Fi: sending is looser by address, guessing (`use`) is not.
    await ratelimit.hit(f"code.send|ip|{ip}", settings.sign_in_limit * _HALL, _WINDOW_S, now)
    code = f"{secrets.randbelow(1_000_000):06}"
    async with db.transaction():
        await db.execute(
            """INSERT INTO one_time_code (mobile_index, purpose, code_hash, sent_at, expires_at)
               VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (mobile_index, purpose) DO UPDATE SET code_hash = excluded.code_hash, attempts = 0,
                 extensions = 0, sent_at = excluded.sent_at, expires_at = excluded.expires_at""",
            mobile_index(mobile),
            purpose,
            _hash(mobile, purpose, code),
            now,
            now + VALID,
        )
        minutes = VALID.seconds // 60
        text = _(
            "【一码办】验证码 %(code)s，%(minutes)s 分钟内有效。别告诉任何人，大厅的人也不会问您要。",
            code=code,
            minutes=minutes,
        )
        params = {"code": code, "minutes": str(minutes)}
        await write(mobile, "one_time_code", text, now, params=params, lasting=VALID)
    return now + VALID


async def extend(mobile: str, purpose: str, now: datetime) -> datetime | None:
    """Five more minutes for a code that is still alive; at most three times.

    Returns the new end, or None when there is no such code (said alike for every number).
    """
    return await db.fetchval(
        """UPDATE one_time_code SET expires_at = $3, extensions = extensions + 1
           WHERE mobile_index = $1 AND purpose = $2 AND expires_at > $4 AND extensions < $5 AND attempts < $6
           RETURNING expires_at""",
        mobile_index(mobile),
        purpose,
        now + VALID,
        now,
        EXTENSIONS,
        TRIES,
    )


async def use(mobile: str, purpose: str, code: str, *, ip: str, now: datetime) -> None:
    """Spend the code. Raises Refusal("code.wrong", left=…), "code.spent" or "rate.limited".

    Call it outside any transaction: a wrong try must count although it is refused.
    """
    await ratelimit.hit(f"code.use|mobile|{mobile}", settings.sign_in_limit, _WINDOW_S, now)
    if await ratelimit.is_spent(f"code.wrong|ip|{ip}", settings.sign_in_limit, _WINDOW_S, now):
        raise Refusal("rate.limited", retry_after=_WINDOW_S)
    index = mobile_index(mobile)
    row = await db.fetchrow(
        """UPDATE one_time_code SET attempts = attempts + 1
           WHERE mobile_index = $1 AND purpose = $2 AND expires_at > $3 AND attempts < $4
           RETURNING id, code_hash, attempts""",
        index,
        purpose,
        now,
        TRIES,
    )
    if row is None:
        await _count_miss(ip, now)
        raise Refusal("code.spent")
    if not secrets.compare_digest(row["code_hash"], _hash(mobile, purpose, plain_number(code))):
        left = TRIES - row["attempts"]
        await _count_miss(ip, now)
        raise Refusal("code.wrong", left=left) if left else Refusal("code.spent")
    # Two requests with the right code race here; the row is gone for the second.
    if await db.fetchval("DELETE FROM one_time_code WHERE id = $1 RETURNING id", row["id"]) is None:
        raise Refusal("code.spent")


async def _count_miss(ip: str, now: datetime) -> None:
    await ratelimit.hit(f"code.wrong|ip|{ip}", settings.sign_in_limit, _WINDOW_S, now)


def _hash(mobile: str, purpose: str, code: str) -> bytes:
    """A six-digit code is guessable from a plain hash, so it is keyed and bound to number and purpose."""
    return crypto.sign("one-time-code", f"{purpose}|{mobile}|{code}")
