"""开办餐饮店: a company comes into being; its food permit and tax wait for the licence, the sign doesn't."""

from __future__ import annotations

from typing import Any

import pytest

from shared_schemas.numbers import id_check_character
from tests.bundles import newborn
from tests.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")
CODE = "yjs-catering~1"  # licence, food, tax, and the sign of the optional ones
CHIEF = "33049919880312042" + id_check_character("33049919880312042")
SEAT = "嘉兴市南湖区勤俭路 218 号"
PERSON = {"name": "王敏", "mobile": "13805730001"}
SHOP: dict[str, Any] = {
    "legal_rep_id": CHIEF,
    "licence_name": "嘉兴南湖好味餐饮有限公司",
    "company_type": "有限责任公司（自然人独资）",
    "registered_capital": "10",
    "domicile": SEAT,
    "scope": ["餐饮服务"],
    "term": "长期",
    "shareholders": [
        {
            "name": "王敏",
            "id_type": "居民身份证",
            "id_no": CHIEF,
            "subscribed": "10",
            "due_date": "2030-01-01",
            "mode": "货币",
        }
    ],
    "legal_rep": PERSON,
    "directors": [{"name": "王敏", "id_no": CHIEF, "position": "执行董事"}],
    "finance_officer": PERSON,
    "contact": PERSON,
    "beneficial_owner": [{"name": "王敏"}],
    "business_form": "餐饮服务经营者",
    "items": ["热食类食品制售"],
    "area": "86.5",
    "kitchen_area": "30",
    "equipment": [{"name": "六眼灶", "qty": "1", "position": "后厨"}],
    "safety_manager": PERSON,
    "employees": "3",
    "health_certs": "3",
    "apply_mode": "一般程序",
    "ad_kind": "墙面",
    "position": "120.75,30.75",
    "size": "3×1",
    "carrier_owner": "王敏",
    "period": {"start": "2027-01-01", "end": "2027-12-31"},
    "content_type": "商业广告",
    "delivery_mode": "电子证照",
}


async def test_a_restaurant_opens(desk: Desk) -> None:
    from backend.bundles import queries
    from backend.cases import reading

    draft = await newborn.draft_of(desk, CODE, SHOP)
    owner = f"citizen:{(await desk.who('wangmin')).id}"
    await newborn.give(desk, draft, owner, "form.layout")
    filing = await newborn.filing_of(await newborn.submit(desk, draft, "restaurant-1"))
    view = await queries.view(filing)
    assert {part.matter_zh: part.state for part in view.parts} == {
        "公司设立登记": "started",
        "食品经营许可新办": "waiting",
        "一照一码户信息确认": "waiting",
        "设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批": "started",
    }
    assert {case.department for case in await queries.cases_of(filing)} == {"scj", "zfj"}, "at once in both"

    await newborn.granted(desk, await newborn.case_of(filing, "scj-01"))
    food = await newborn.case_of(filing, "scj-18")
    form = await reading.form_of(food)
    assert (food.applicant_kind, await reading.applicant_name(food)) == ("company", "嘉兴南湖好味餐饮有限公司")
    assert (form["org_name"], form["premises"], form["legal_rep_id"]) == ("嘉兴南湖好味餐饮有限公司", SEAT, CHIEF)
    assert "uscc" not in form, "a certificate's number is no credit code: it is read off the licence"
    layout = next(m for m in await reading.materials_of(food.id) if m.key.startswith("form."))
    assert layout.uploads
    assert (await newborn.case_of(filing, "swj-01")).step == "received"
