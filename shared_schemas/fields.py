"""Types of single values that cross a border: shape only, in a pattern every browser understands too.

Check characters, birth dates and the like are judged by `shared_schemas.checking`, which finds the judge by the
`kind` in `Meta.extra`. Patterns spell digits `[0-9]` (Python's backslash-d takes ٣ too) and fixed lengths carry
`max_length`, because Python's `$` lets a newline through.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from shared_schemas.identity import NAME_PATTERN

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def _exactly(pattern: str, length: int, kind: str, example: str) -> Meta:
    return Meta(pattern=pattern, min_length=length, max_length=length, extra={"kind": kind}, examples=[example])


Mobile = Annotated[str, _exactly("^1[3-9][0-9]{9}$", 11, "mobile", "13812346021")]
OneTimeCode = Annotated[str, _exactly("^[0-9]{6}$", 6, "one_time_code", "290417")]
CitizenId = Annotated[str, _exactly("^[0-9]{17}[0-9X]$", 18, "citizen_id", "33040219900307123X")]
# An ID document of any kind; which kind is another field, so only the alphabet is fixed here.
IdNumber = Annotated[str, Meta(pattern="^[A-Z0-9]+$", min_length=5, max_length=18, extra={"kind": "id_number"})]
CreditCode = Annotated[str, _exactly("^[0-9A-HJ-NP-RTUW-Y]{18}$", 18, "credit_code", "91330402MA2B8C4D5E")]
# No max_length in browsers: it counts UTF-16 units there, and 𠮷 has two. The judge counts characters.
PersonName = Annotated[str, Meta(pattern=NAME_PATTERN, min_length=1, extra={"kind": "name"}, examples=["张三"])]
OrganisationName = Annotated[str, Meta(min_length=2, max_length=100, extra={"kind": "text"})]
Address = Annotated[str, Meta(min_length=2, max_length=200, extra={"kind": "text"})]
ShortText = Annotated[str, Meta(min_length=1, max_length=200, extra={"kind": "text"})]
LongText = Annotated[str, Meta(min_length=1, max_length=2000, extra={"kind": "text"})]

# 26 Crockford characters carry 130 bits: the 128 of the token and two zero bits in front.
TrackingCode = Annotated[
    str, _exactly("^[0-7][0-9A-HJKMNP-TV-Z]{25}$", 26, "tracking_code", "01KAR5Z7W3C8Q2N9V4T6H0MXBE")
]
# Region 6, department 2, yyyymmdd, sequence 5, check 1 (ISO 7064 MOD 11,10): `backend.domain.case_number`.
CaseNo = Annotated[str, _exactly("^[0-9]{22}$", 22, "case_no", "3304020120261122000017")]
QueryPassword = Annotated[str, _exactly("^[0-9]{8}$", 8, "query_password", "40295117")]
LastFour = Annotated[str, _exactly("^[0-9]{3}[0-9X]$", 4, "last_four", "1234")]
MatterCode = Annotated[str, Meta(pattern="^[a-z]+-[0-9]+$", min_length=3, max_length=50, extra={"kind": "text"})]
IdempotencyKey = Annotated[str, Meta(pattern="^[!-~]+$", min_length=8, max_length=128, extra={"kind": "text"})]
