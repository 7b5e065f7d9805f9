"""The pages of walk-in intake: a clerk files for somebody at the window."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import httpx

from tests.intake.conftest import SCHOOL, citizen
from tests.intake.posting import send


async def test_a_clerk_files_for_somebody_at_the_window(
    clerk: httpx.AsyncClient, visitors: Callable[[], httpx.AsyncClient], db: ModuleType
) -> None:
    account = await citizen(visitors(), "13812341234", "王敏", "330402199003071245")
    assert "转学" in (await clerk.get("/desk/intake?q=转学")).text
    start = f"/desk/intake/{SCHOOL}"
    wrong = await send(clerk, start, filed_for="self", id_number="33040219900307124", name="王敏", mobile="13812341234")
    assert wrong.status_code == 422
    assert "少了 1 位" in wrong.text
    begun = await send(
        clerk, start, filed_for="self", id_number="330402199003071245", name="王敏", mobile="13812341234"
    )
    home = begun.headers["location"]
    assert (
        (
            await send(
                clerk,
                f"{home}/topics/applicant",
                name="王敏",
                id_type="居民身份证",
                id_no="330402199003071245",
                mobile="13812341234",
            )
        )
        .headers["location"]
        .endswith("/topics/m-zxsqb")
    )
    for key in ("zxsqb", "zxlyzm"):
        assert (await send(clerk, f"{home}/topics/m-{key}", how="paper")).status_code == 303
    await send(clerk, f"{home}/topics/delivery", delivery_mode="窗口领取")
    filed = await send(clerk, f"{home}/submission", declared="yes")
    assert filed.headers["location"] == f"{home}/receipt", filed.text
    printed = await clerk.get(f"{home}/receipt.pdf")
    assert printed.content.startswith(b"%PDF")
    case = await db.fetchrow("SELECT channel, handler, first_handler, received_by, citizen, case_no FROM case_file")
    assert case["channel"] == "window"
    assert case["handler"] == case["first_handler"] == case["received_by"] is not None
    assert (await account.get(f"/cases/{case['case_no']}")).status_code == 200
    assert {r["how"] for r in await db.fetch("SELECT how FROM case_material")} == {"paper", "fetch"}


async def test_walk_in_intake_is_for_clerks(wang: httpx.AsyncClient) -> None:
    assert (await wang.get("/desk/intake")).status_code == 403
    assert (await wang.get(f"/desk/intake/{SCHOOL}")).status_code == 403


async def test_a_clerk_does_not_file_for_kin(clerk: httpx.AsyncClient, db: ModuleType) -> None:
    from backend.people.sealing import id_index
    from shared_schemas.id_kind import IdKind

    number = "330402199003071245"
    await db.execute("UPDATE officer SET kin = ARRAY[$1]", id_index(IdKind.RESIDENT, number).hex())
    answer = await send(
        clerk, f"/desk/intake/{SCHOOL}", filed_for="self", id_number=number, name="王敏", mobile="13812341234"
    )
    assert answer.status_code == 403
