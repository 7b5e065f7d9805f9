"""Publish checks of DOMAIN.md, one by one."""

import pytest
from msgspec.structs import replace

from backend.domain.publishing import Breach, breaches, is_surely_longer
from shared_schemas.form import FormDefinition
from shared_schemas.matter import Faq, Limit, Matter
from shared_schemas.matter_codes import MatterKind, MatterType, OnlineDepth
from shared_schemas.vocabulary import ApplicantKind, ApprovalMode, Channel, TimeUnit

GOOD = Matter(
    code="scj-18", name="食品经营许可", name_en="Food business licence", department="scj", type=MatterType.LICENCE,
    kind=MatterKind.PROMISED, applicants=(ApplicantKind.COMPANY,), approval_mode=ApprovalMode.SUBMIT,
    channels=(Channel.ONLINE,), online_depth=OnlineDepth.HANDLE, promised=Limit(8, TimeUnit.WORKING_DAY),
    statutory=Limit(20, TimeUnit.WORKING_DAY), result="许可证", result_sample="sample.pdf", steps=("受理",),
    faqs=(Faq("要多久？", "8 个工作日。"),), form=FormDefinition(),
)


def test_a_good_matter_breaks_nothing():
    assert breaches(GOOD) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"promised": Limit(0, TimeUnit.ON_THE_SPOT)}, {Breach("on_the_spot_is_instant", "kind")}),
        ({"visits": 1, "visit_reason": "核验原件"}, {Breach("fully_online_needs_no_visit", "visits")}),
        ({"visits": 1, "online_depth": OnlineDepth.ACCEPT}, {Breach("visit_has_reason", "visit_reason")}),
        ({"has_fee": True}, {Breach("fee_has_standard", "fee_note"), Breach("fee_has_basis", "fee_basis")}),
        ({"has_fee": True, "fee_note": "10 元", "fee_basis": "价格法"}, set()),
        ({"faqs": (), "steps": ()}, {Breach("licence_has_faq", "faqs"), Breach("licence_has_steps", "steps")}),
        ({"faqs": (), "steps": (), "type": MatterType.PUBLIC_SERVICE}, set()),
        ({"result_sample": ""}, {Breach("result_has_sample", "result_sample")}),
        ({"promised": Limit(21, TimeUnit.WORKING_DAY)}, {Breach("promise_within_law", "promised")}),
    ],
)
def test_every_breach_has_its_name_and_place(changes, expected):
    assert set(breaches(replace(GOOD, **changes))) == expected


def test_units_are_compared_only_where_no_calendar_could_save_the_promise():
    day, working, month, spot = TimeUnit.NATURAL_DAY, TimeUnit.WORKING_DAY, TimeUnit.MONTH, TimeUnit.ON_THE_SPOT
    assert is_surely_longer(Limit(2, month), Limit(20, working))
    assert not is_surely_longer(Limit(20, working), Limit(1, month))
    assert not is_surely_longer(Limit(20, working), Limit(20, day))
    assert is_surely_longer(Limit(21, working), Limit(20, day))
    assert is_surely_longer(Limit(1, working), Limit(0, spot))
    assert not is_surely_longer(Limit(5, working), Limit())
    assert not is_surely_longer(Limit(0, spot), Limit(1, day))
