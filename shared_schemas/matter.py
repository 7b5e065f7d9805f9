"""A matter (事项) as the catalogue holds it, and the guide (办事指南) a citizen reads.

`Matter` is the content of one version; a case keeps the version it was filed under. Sources: GB/T 39554-2020
(elements), GB/T 39046-2020 (base data), GB/T 36114 (guides).
"""

from __future__ import annotations

from msgspec import Struct

from shared_schemas.form import FormDefinition
from shared_schemas.matter_codes import (
    ApplicantCode,
    Confidence,
    EntryMode,
    KioskService,
    MaterialForm,
    MaterialNeed,
    MaterialSource,
    MaterialType,
    MatterKind,
    MatterType,
    OnlineDepth,
    Reach,
    SpecialProcedure,
    WindowKind,
)
from shared_schemas.vocabulary import ApplicantKind, ApprovalMode, Channel, TimeUnit


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """A span of time in the unit its law or promise uses; n is 0 for on the spot and for none."""

    n: int = 0
    unit: TimeUnit = TimeUnit.NONE

    def __bool__(self) -> bool:
        return self.unit is not TimeUnit.NONE

    def label(self, lang: str) -> str:
        """In words: "5 个工作日", "当场", "" when there is none."""
        if self.unit is TimeUnit.NONE:
            return ""
        if self.unit is TimeUnit.ON_THE_SPOT:
            return self.unit.label(lang)
        unit = self.unit.label(lang)
        if lang == "en":
            return f"{self.n} {unit.removesuffix('s') if self.n == 1 else unit}"
        return f"{self.n} {unit}"


class Basis(Struct, frozen=True, forbid_unknown_fields=True):
    """A law the matter rests on, with its articles ("12-26") where known."""

    law: str
    articles: str = ""


class Faq(Struct, frozen=True, forbid_unknown_fields=True):
    """A question citizens ask, with the organ's answer."""

    question: str
    answer: str


class Material(Struct, frozen=True, forbid_unknown_fields=True):
    """One required paper. `key` is stable inside the matter and names its uploads.

    `is_required`: must be there before the decision. `may_follow` (容缺): the case may be accepted without it.
    `may_commit` (告知承诺): a signed commitment may stand in its place; never where safety or ecology is at stake.
    `is_shareable`: the hall can fetch it from another department, so it must not be asked for (国务院令716).
    """

    key: str
    name: str
    name_en: str = ""
    type: MaterialType = MaterialType.OTHER
    source: MaterialSource = MaterialSource.APPLICANT
    need: MaterialNeed = MaterialNeed.REQUIRED
    form: MaterialForm = MaterialForm.EITHER
    is_shareable: bool = False
    is_required: bool = True
    may_follow: bool = False
    may_commit: bool = False
    is_electronic: bool = True
    copies: int = 1
    how_to: str = ""
    standard: str = ""
    blank_form: str = ""
    sample: str = ""

    def label(self, lang: str) -> str:
        """Its name in `lang`; the Chinese name where nobody has written an English one."""
        return (self.name_en or self.name) if lang == "en" else self.name


class Department(Struct, frozen=True, forbid_unknown_fields=True):
    """委办局. `name` is the name at the time of the reform (2018), `current_name` the one it has now."""

    code: str
    name: str
    name_en: str
    current_name: str = ""
    nature: str = ""
    entry: EntryMode = EntryMode.WHOLE
    confidence: Confidence = Confidence.LIKELY
    phone: str = ""

    def label(self, lang: str) -> str:
        """What to call it today."""
        return self.name_en if lang == "en" else (self.current_name or self.name)


class Matter(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One version of a matter. `code` is the catalogue's id ("scj-18"); `version` counts from 1 (0: not stored)."""

    code: str
    version: int = 0
    name: str
    name_en: str
    local_code: str = ""
    department: str
    current_department: str = ""
    type: MatterType
    kind: MatterKind
    applicants: tuple[ApplicantKind, ...]
    applicant_codes: tuple[ApplicantCode, ...] = ()
    statutory: Limit = Limit()
    promised: Limit = Limit()
    extension: Limit = Limit()
    approval_mode: ApprovalMode
    channels: tuple[Channel, ...]
    kiosk: tuple[KioskService, ...] = ()
    online_depth: OnlineDepth = OnlineDepth.CONSULT
    visits: int = 0
    visit_reason: str = ""
    reach: Reach = Reach.DISTRICT
    window: WindowKind = WindowKind.ANY
    has_survey: bool = False
    special_procedures: tuple[SpecialProcedure, ...] = ()
    allows_commitment: bool = False
    is_automatic: bool = False
    groups: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    result: str = ""
    result_sample: str = ""
    has_fee: bool = False
    fee_note: str = ""
    fee_basis: str = ""
    basis: tuple[Basis, ...] = ()
    conditions: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    faqs: tuple[Faq, ...] = ()
    inquiry_phone: str = ""
    complaint_phone: str = ""
    confidence: Confidence = Confidence.LIKELY
    note: str = ""
    has_own_form: bool = False
    form: FormDefinition
    materials: tuple[Material, ...] = ()

    def label(self, lang: str) -> str:
        """Its name in `lang`."""
        return self.name_en if lang == "en" else self.name

    @property
    def may_file_online(self) -> bool:
        """Filed here and accepted without a visit; pre-review (depth 3) is filed here but accepted at a window."""
        return self.online_depth.is_accepted_online

    def material(self, key: str) -> Material | None:
        """The material called `key`, or None."""
        return next((m for m in self.materials if m.key == key), None)


class MatterHit(Struct, frozen=True):
    """A row of a list of matters. The `*_ranges` say where to mark the words that made it a hit (from, to).

    `alias` is the everyday word that was matched when the name alone doesn't show why; "" otherwise.
    """

    code: str
    name: str
    name_en: str
    department: str
    department_name: str
    department_name_en: str
    channels: tuple[Channel, ...]
    applicants: tuple[ApplicantKind, ...]
    promised: Limit
    has_fee: bool
    may_file_online: bool
    name_ranges: tuple[tuple[int, int], ...] = ()
    name_en_ranges: tuple[tuple[int, int], ...] = ()
    alias: str = ""
    alias_ranges: tuple[tuple[int, int], ...] = ()

    def label(self, lang: str) -> str:
        """Its name in `lang`."""
        return self.name_en if lang == "en" else self.name


class GuideStage(Struct, frozen=True):
    """One bead of the guide: what happens, who does it, by when (texts in both languages)."""

    icon: str
    zh: str
    en: str
    who_zh: str = ""
    who_en: str = ""
    when_zh: str = ""
    when_en: str = ""


class Guide(Matter, frozen=True, kw_only=True):
    """办事指南: the matter with its department, the way it goes and the marks that keep it honest.

    `form_pdf` and `sample_pdf` are the addresses of 空白表 and 样表 (`?lang=en` adds English labels); `form_material` is the
    key of the material that they are, "" where the application form stands in no list of materials.
    """

    organ: Department
    stages: tuple[GuideStage, ...]
    is_demonstration: bool = True
    form_pdf: str = ""
    sample_pdf: str = ""
    form_material: str = ""
