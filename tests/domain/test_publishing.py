"""Publish checks of DOMAIN.md, one by one."""

import pytest
from msgspec.structs import replace

from backend.domain.publishing import faults_of, is_surely_longer, may_publish
from shared_schemas.form import FormDefinition, FormField
from shared_schemas.matter import Basis, Faq, Limit, Material, Matter
from shared_schemas.matter_codes import MatterKind, MatterType, OnlineDepth
from shared_schemas.vocabulary import ApplicantKind, ApprovalMode, Channel, TimeUnit

GOOD = Matter(
    code="scj-18",
    name="食品经营许可",
    name_en="Food business licence",
    department="scj",
    type=MatterType.LICENCE,
    kind=MatterKind.PROMISED,
    applicants=(ApplicantKind.COMPANY,),
    approval_mode=ApprovalMode.SUBMIT,
    channels=(Channel.ONLINE,),
    online_depth=OnlineDepth.HANDLE,
    promised=Limit(8, TimeUnit.WORKING_DAY),
    statutory=Limit(20, TimeUnit.WORKING_DAY),
    result="许可证",
    result_sample="sample.pdf",
    steps=("受理",),
    basis=(Basis("食品安全法", "35"),),
    faqs=(Faq("要多久？", "8 个工作日。"),),
    form=FormDefinition(),
)


def test_a_good_matter_breaks_nothing():
    assert faults_of(GOOD) == ()
    assert may_publish(GOOD)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"promised": Limit(0, TimeUnit.ON_THE_SPOT)}, {("publish.on_the_spot", "promised")}),
        ({"visits": 1, "visit_reason": "核验原件"}, {("publish.online_visits", "visits")}),
        ({"visits": 1, "online_depth": OnlineDepth.ACCEPT}, {("publish.visit_reason", "visit_reason")}),
        ({"has_fee": True}, {("publish.fee_standard", "fee_note"), ("publish.fee_basis", "fee_basis")}),
        ({"has_fee": True, "fee_note": "10 元", "fee_basis": "价格法"}, set()),
        ({"faqs": (), "steps": ()}, {("publish.faq", "faqs"), ("publish.steps", "steps")}),
        ({"faqs": (), "steps": (), "type": MatterType.PUBLIC_SERVICE}, set()),
        ({"result_sample": ""}, {("publish.result_sample", "result_sample")}),
        ({"promised": Limit(21, TimeUnit.WORKING_DAY)}, {("publish.promise_over_law", "promised")}),
    ],
)
def test_every_fault_has_its_name_and_place(changes, expected):
    assert {(fault.code, fault.place) for fault in faults_of(replace(GOOD, **changes))} == expected


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "publish.empty"),
        ({"basis": ()}, "publish.no_basis"),
        ({"channels": ()}, "publish.online_channel"),
        ({"applicants": ()}, "publish.no_applicant"),
        ({"promised": Limit()}, "publish.no_promise"),
        ({"promised": Limit(0, TimeUnit.WORKING_DAY)}, "publish.limit"),
        ({"inquiry_phone": "1", "complaint_phone": "1"}, "publish.phones"),
        ({"materials": (Material("a", "甲"), Material("a", "乙"))}, "publish.material_key"),
        ({"form": FormDefinition((), (FormField("x", "题", "Q", "sound"),))}, "publish.field_type"),
        ({"form": FormDefinition((), (FormField("x", "题", "Q", rule="len:9-2"),))}, "publish.field_rule"),
    ],
)
def test_what_contradicts_itself_is_not_published(changes, code):
    matter = replace(GOOD, **changes)
    assert code in {fault.code for fault in faults_of(matter)}
    assert not may_publish(matter)


def test_units_are_compared_only_where_no_calendar_could_save_the_promise():
    day, working, month, spot = TimeUnit.NATURAL_DAY, TimeUnit.WORKING_DAY, TimeUnit.MONTH, TimeUnit.ON_THE_SPOT
    assert is_surely_longer(Limit(2, month), Limit(20, working))
    assert not is_surely_longer(Limit(20, working), Limit(1, month))
    assert not is_surely_longer(Limit(20, working), Limit(20, day))
    assert is_surely_longer(Limit(21, working), Limit(20, day))
    assert is_surely_longer(Limit(1, working), Limit(0, spot))
    assert not is_surely_longer(Limit(5, working), Limit())
    assert not is_surely_longer(Limit(0, spot), Limit(1, day))
