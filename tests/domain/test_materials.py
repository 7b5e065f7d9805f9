"""What is missing in a filing, by name and all at once."""

from backend.domain.materials import MaterialFault, is_judged, standing, to_fix
from shared_schemas.filing import GivenMaterial
from shared_schemas.matter import Material
from shared_schemas.matter_codes import MaterialForm, MaterialNeed
from shared_schemas.vocabulary import GivenHow, MaterialVerdict

ASKED = (
    Material("form", "申请表"),
    Material("licence", "营业执照", is_shareable=True),
    Material("map", "平面图", may_follow=True),
    Material("more", "其他", need=MaterialNeed.OPTIONAL, is_required=False),
    Material("original", "原件", form=MaterialForm.PAPER, is_electronic=False),
)


def given(**how: GivenHow) -> list[GivenMaterial]:
    return [GivenMaterial(key, each, ("u1",) if each is GivenHow.UPLOAD else ()) for key, each in how.items()]


COMPLETE = {
    "form": GivenHow.UPLOAD,
    "licence": GivenHow.FETCH,
    "map": GivenHow.UPLOAD,
    "original": GivenHow.PAPER,
}


def test_a_complete_filing():
    assert standing(ASKED, given(**COMPLETE)).is_complete


def test_what_may_follow_lets_the_case_be_accepted():
    found = standing(ASKED, given(**COMPLETE | {"map": GivenHow.LATER}))
    assert found.following == ("map",)
    assert found.may_be_accepted and not found.is_complete


def test_every_fault_is_named_at_once():
    found = standing(
        ASKED,
        [
            GivenMaterial("form", GivenHow.UPLOAD),
            *given(map=GivenHow.FETCH, original=GivenHow.UPLOAD, x=GivenHow.UPLOAD),
        ],
    )
    assert found.faults == {
        "form": MaterialFault.NO_FILE,
        "licence": MaterialFault.MISSING,
        "map": MaterialFault.NOT_SHARED,
        "original": MaterialFault.PAPER_ONLY,
        "x": MaterialFault.UNKNOWN,
    }
    assert not found.may_be_accepted


def test_more_faults():
    twice = given(form=GivenHow.UPLOAD) * 2
    assert standing(ASKED[:1], twice).faults == {"form": MaterialFault.TWICE}
    assert standing(ASKED[:1], given(form=GivenHow.LATER)).faults == {"form": MaterialFault.MAY_NOT_FOLLOW}
    electronic = (Material("e", "电子表", form=MaterialForm.ELECTRONIC),)
    assert standing(electronic, given(e=GivenHow.PAPER)).faults == {"e": MaterialFault.ELECTRONIC_ONLY}


def test_the_notice_holds_every_defect():
    verdicts = {"a": MaterialVerdict.FIX, "b": MaterialVerdict.FITS, "c": MaterialVerdict.FIX, "d": None}
    assert to_fix(verdicts) == ("a", "c")
    assert not is_judged(verdicts)
    assert is_judged({"a": MaterialVerdict.UNNEEDED})
