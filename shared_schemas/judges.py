"""Which judge knows a field's `kind` (see `fields`): its faults beyond the bare pattern."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from types import MappingProxyType

from shared_schemas import identity
from shared_schemas.faults import Fault
from shared_schemas.numbers import mod_11_10

Judge = Callable[[str, date | None], Fault | None]


def fault_in_case_no(number: str) -> Fault | None:
    """A case number: 22 digits of which the last is the MOD 11,10 check of the others."""
    if not re.fullmatch("[0-9]{22}", number):
        return Fault("case_no.format")
    return None if mod_11_10(number[:21]) == number[21] else Fault("case_no.checksum")


def _shape(code: str, pattern: str) -> Judge:
    return lambda value, _today: None if re.fullmatch(pattern, value) else Fault(code)


JUDGES: MappingProxyType[str, Judge] = MappingProxyType(
    {
        "mobile": lambda value, _: identity.fault_in_mobile(value),
        "citizen_id": identity.fault_in_citizen_id,
        "credit_code": lambda value, _: identity.fault_in_credit_code(value),
        "name": lambda value, _: identity.fault_in_name(value),
        "case_no": lambda value, _: fault_in_case_no(value),
        "id_number": _shape("field.characters", "[A-Z0-9]{5,18}"),
        "one_time_code": _shape("one_time_code.format", "[0-9]{6}"),
        "tracking_code": _shape("tracking_code.format", "[0-7][0-9A-HJKMNP-TV-Z]{25}"),
        "query_password": _shape("query_password.format", "[0-9]{8}"),
        "last_four": _shape("last_four.format", "[0-9]{3}[0-9X]"),
    }
)
