"""A filing in the making, as it is kept and as the API shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct, field

from shared_schemas.form import FormField
from shared_schemas.labelled import Labelled
from shared_schemas.notice import WhoIsTold
from shared_schemas.vocabulary import Delivery, FiledFor, GivenHow

FieldKey = Annotated[str, Meta(min_length=1, max_length=60)]
DraftId = Annotated[str, Meta(max_length=100)]
UploadId = Annotated[str, Meta(pattern="^[0-9a-f-]{36}$", max_length=36)]


class Progress(Labelled):
    """How far one topic of the task list is."""

    EMPTY = "empty", "还没填", "Not started"
    PARTLY = "partly", "填了一半", "Half done"
    DONE = "done", "填好了", "Done"
    WRONG = "wrong", "要处理", "Needs attention"


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """How one material is given. `uploads` names earlier files to use again, and only for `reuse`."""

    how: GivenHow
    uploads: Annotated[tuple[UploadId, ...], Meta(max_length=30)] = ()


class DraftStart(Struct, frozen=True, forbid_unknown_fields=True):
    """What begins a draft. `company` and `dependent` are ids from the citizen's own profile.

    `id` is the draft's own, a UUID that the device made, so that it may begin without network and say so twice.
    `matter_version` is the version a device without network began under; None is the one in force.
    """

    matter: Annotated[str, Meta(min_length=1, max_length=50)]
    filed_for: FiledFor = FiledFor.SELF
    company: int | None = None
    dependent: int | None = None
    id: DraftId | None = None
    matter_version: Annotated[int, Meta(ge=1)] | None = None


class DraftChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Some fields anew.

    `revision` is what the writer had before their eyes: a field that somebody else changed after it is not overwritten
    but handed back as a conflict. None overwrites.
    """

    fields: Annotated[dict[FieldKey, Any], Meta(max_length=200)] = field(default_factory=dict[str, Any])
    revision: Annotated[int, Meta(ge=0)] | None = None
    delivery: Delivery | None = None
    told: WhoIsTold | None = None


class Conflict(Struct, frozen=True):
    """A field that was changed on another device meanwhile: what stays, and what this device wrote."""

    kept: Any
    yours: Any


class Writing(Struct, frozen=True):
    """Who wrote an answer, when, and at which revision of the draft.

    `device` is what its owner knows it by ("iPhone · Safari", "window:3", "kiosk"), `mark` tells one person's devices apart.
    """

    revision: int
    at: datetime
    device: str = ""
    mark: str = ""


class Rival(Struct, frozen=True):
    """Another device's answer, kept beside the one that stands until the person chooses."""

    value: Any
    by: Writing


class Former(Struct, frozen=True):
    """A question or paper of a version before, and what was answered; kept aside when its matter changed."""

    field: FormField
    value: Any = None


class Saved(Struct, frozen=True):
    """The answer to an autosave."""

    revision: int
    saved_at: datetime
    conflicts: dict[str, Conflict] = field(default_factory=dict[str, Conflict])


class Draft(Struct, frozen=True):
    """One draft. `revisions` says at which revision each field was last written, `written` by whom, `others` conflicting answers.

    `overrides` maps a question to the very credit code that a clerk compared with the licence.
    """

    id: str
    owner: str
    matter: str
    matter_version: int
    filed_for: FiledFor
    delivery: Delivery
    revision: int
    created_at: datetime
    updated_at: datetime
    citizen: int | None = None
    company: int | None = None
    dependent: int | None = None
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    revisions: dict[str, int] = field(default_factory=dict[str, int])
    written: dict[str, Writing] = field(default_factory=dict[str, Writing])
    others: dict[str, list[Rival]] = field(default_factory=dict[str, list[Rival]])
    before: dict[str, Any] = field(default_factory=dict[str, Any])
    former: dict[str, Former] = field(default_factory=dict[str, Former])
    locked: tuple[str, ...] = ()
    known: dict[str, Any] = field(default_factory=dict[str, Any])
    topics_done: tuple[str, ...] = ()
    overrides: dict[str, str] = field(default_factory=dict[str, str])
    materials: dict[str, Choice] = field(default_factory=dict[str, Choice])
    submitted_case_id: int | None = None
    told: WhoIsTold = WhoIsTold.HELPER

    @property
    def rivals(self) -> dict[str, Any]:
        """The newest conflicting answer of each question that has one."""
        return {key: others[-1].value for key, others in self.others.items() if others}


class DraftRow(Struct, frozen=True):
    """A draft in a list. `where`, in the reader's language: the window or kiosk it was handed to."""

    id: str
    matter: str
    matter_name: str
    matter_name_en: str
    updated_at: datetime
    kept_until: datetime
    where: str = ""


class UploadView(Struct, frozen=True):
    """The state of one upload. `state`: receiving, stored, refused. `refusal` is a sentence in the reader's language.

    `client_id` is what the device that sent it calls it.
    """

    id: str
    name: str
    material: str
    length: int
    received: int
    state: str
    media_type: str = ""
    pages: int = 0
    code: str = ""
    refusal: str = ""
    client_id: str | None = None


class Difference(Struct, frozen=True):
    """One thing that changed between two versions of a matter. `what`: added, removed, changed; `kind`: field, material."""

    what: str
    kind: str
    key: str
    zh: str
    en: str
    notes: tuple[str, ...] = ()

    def label(self, lang: str) -> str:
        """Its name in `lang`."""
        return self.en if lang == "en" else self.zh


class FilingResult(Struct, frozen=True):
    """What a filing gives back. `is_new` False: this very filing had been received before.

    `undo_until`: until then its owner may take it back to change it, while no officer has touched it.
    """

    case_no: str
    tracking_code: str
    query_password: str
    track_url: str
    is_new: bool
    undo_until: datetime | None = None


class Undone(Struct, frozen=True):
    """A filing that was taken back: the case that ended, and the draft that is open again."""

    case_no: str
    draft: str
