"""Which materials of a filing are there, which may follow, which are missing: by name, all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from shared_schemas.filing import GivenMaterial
from shared_schemas.labelled import Labelled
from shared_schemas.matter import Material
from shared_schemas.matter_codes import MaterialForm, MaterialNeed
from shared_schemas.vocabulary import GivenHow, MaterialVerdict


class MaterialFault(Labelled):
    """Why a material is not in order."""

    MISSING = "missing", "还没交", "Not given yet"
    NO_FILE = "no_file", "还没传文件", "No file yet"
    NOT_SHARED = "not_shared", "这份我们调不到，要您来交", "We can't fetch this one; please give it"
    MAY_NOT_FOLLOW = "may_not_follow", "这份不能后补", "This one can't follow later"
    MAY_NOT_COMMIT = "may_not_commit", "这份不能用承诺代替", "A commitment can't stand for this one"
    PAPER_ONLY = "paper_only", "这份要到窗口交纸质的", "Bring this one on paper"
    ELECTRONIC_ONLY = "electronic_only", "这份只收电子的", "This one is taken electronically only"
    UNKNOWN = "unknown", "这件事不要这份材料", "This matter doesn't ask for it"
    TWICE = "twice", "同一份交了两次", "Given twice"


class Standing(Struct, frozen=True):
    """How the materials stand. `faults` and `following` are by material key."""

    faults: dict[str, MaterialFault]
    following: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Nothing is missing and nothing follows later: plain acceptance."""
        return not self.faults and not self.following

    @property
    def may_be_accepted(self) -> bool:
        """Main materials complete: plain, or with what follows later (容缺受理)."""
        return not self.faults


def standing(asked: Sequence[Material], given: Sequence[GivenMaterial]) -> Standing:
    """Every fault of what was given against what the matter asks for."""
    by_key: dict[str, GivenMaterial] = {}
    faults: dict[str, MaterialFault] = {}
    known = {material.key for material in asked}
    for each in given:
        if each.key not in known:
            faults[each.key] = MaterialFault.UNKNOWN
        elif each.key in by_key:
            faults[each.key] = MaterialFault.TWICE
        by_key.setdefault(each.key, each)
    for material in asked:
        fault = _fault_of(material, by_key.get(material.key))
        if fault is not None:
            faults.setdefault(material.key, fault)
    following = (key for key, each in by_key.items() if each.how is GivenHow.LATER and key not in faults)
    return Standing(faults, tuple(following))


def is_needed(material: Material) -> bool:
    """Whether a filing must say how it gives this material. What may follow still must be promised."""
    return material.is_required and material.need is not MaterialNeed.OPTIONAL


def may_follow(material: Material) -> bool:
    """Whether it may come after acceptance (容缺后补)."""
    return material.may_follow or material.need is MaterialNeed.MAY_FOLLOW


def _fault_of(material: Material, given: GivenMaterial | None) -> MaterialFault | None:
    if given is None:
        return MaterialFault.MISSING if is_needed(material) else None
    match given.how:
        case GivenHow.FETCH:
            fault = None if material.is_shareable else MaterialFault.NOT_SHARED
        case GivenHow.LATER:
            fault = None if may_follow(material) else MaterialFault.MAY_NOT_FOLLOW
        case GivenHow.COMMIT:
            fault = None if material.may_commit else MaterialFault.MAY_NOT_COMMIT
        case GivenHow.PAPER:
            fault = MaterialFault.ELECTRONIC_ONLY if material.form is MaterialForm.ELECTRONIC else None
        case GivenHow.UPLOAD | GivenHow.REUSE:
            is_paper_only = material.form is MaterialForm.PAPER and not material.is_electronic
            no_file = None if given.uploads else MaterialFault.NO_FILE
            fault = MaterialFault.PAPER_ONLY if is_paper_only else no_file
    return fault


def is_judged(verdicts: Mapping[str, MaterialVerdict | None]) -> bool:
    """Whether the clerk has ticked every material."""
    return all(verdict is not None for verdict in verdicts.values())


def to_fix(verdicts: Mapping[str, MaterialVerdict | None]) -> tuple[str, ...]:
    """The keys of the materials that go into the one-time notice: all of them, at once (§32(4))."""
    return tuple(key for key, verdict in verdicts.items() if verdict is MaterialVerdict.FIX)
