"""What formal documents share: the head, the party they are for, where to turn against a decision."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Letterhead(Struct, frozen=True):
    """What every document carries (DOMAIN "Documents").

    `number` is the 文号, `organ` decides and seals under `seal_name` (the full name on the ring), `hall` is the
    service hall that hands the paper over. `legal_articles` empty means the wording's own articles.
    `tracking_url` becomes the QR code. `is_demo` prints the demonstration marks.
    """

    number: str
    organ: str
    matter_name: str
    case_no: str
    issued_on: date
    handler: str
    phone: str
    tracking_url: str
    hall: str
    seal_name: str = ""
    hall_address: str = ""
    legal_articles: tuple[str, ...] = ()
    is_demo: bool = False


class Party(Struct, frozen=True):
    """The applicant as the document names them; `id_label` 身份证号 or 统一社会信用代码, `id_number` masked by the caller."""

    name: str
    id_label: str = ""
    id_number: str = ""
    agent: str = ""


class Remedies(Struct, frozen=True):
    """Where a citizen may turn against a decision: 复议机关 and 法院 by name."""

    review_organ: str
    court: str
