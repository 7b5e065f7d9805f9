"""The identity documents the hall takes. The Chinese labels are the catalogue's own options of `id_type`."""

from __future__ import annotations

from shared_schemas.labelled import Labelled


class IdKind(Labelled):
    """Which identity document a number belongs to."""

    RESIDENT = "resident", "居民身份证", "Resident ID card"
    HK_MACAO_PERMIT = "hk_macao_permit", "港澳居民居住证", "Residence permit for Hong Kong and Macao residents"
    TAIWAN_PERMIT = "taiwan_permit", "台湾居民居住证", "Residence permit for Taiwan residents"
    HK_MACAO_PASS = (
        "hk_macao_pass",
        "港澳居民来往内地通行证",
        "Mainland travel permit for Hong Kong and Macao residents",
    )
    TAIWAN_PASS = "taiwan_pass", "台湾居民来往大陆通行证", "Mainland travel permit for Taiwan residents"
    FOREIGN_RESIDENT = "foreign_resident", "外国人永久居留身份证", "Foreign permanent resident ID card"
    PASSPORT = "passport", "护照", "Passport"
