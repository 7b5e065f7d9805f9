"""The page of one material: files, earlier ones, what the hall fetches, what may follow or come on paper."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect

from backend import catalogue
from backend.catalogue import blanks, samples
from backend.domain import materials
from backend.domain.refusal import Refusal
from backend.intake import actions, queries, topics, uploads
from backend.intake.owners import owner_of
from backend.intake.sheet import Sheet
from backend.people.guards import signed_in_only
from shared_schemas.draft import Choice
from shared_schemas.matter import Material
from shared_schemas.matter_codes import MaterialForm
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import GivenHow

_PIECE = 1 << 20


async def context(sheet: Sheet, material: Material) -> dict[str, Any]:
    """What the page of a material needs: files here, earlier ones, the ways that are open."""
    files = sheet.files_of(material.key)
    earlier = await _earlier(sheet, material)
    form_pdf, sample_pdf = blanks.addresses(sheet.matter, catalogue.current().known(sheet.matter.code))
    return {
        "material": material,
        "is_form": material == blanks.form_material(sheet.matter),
        "form_pdf": form_pdf,
        "sample_pdf": sample_pdf,
        "picture": samples.picture_for(material, sheet.matter),
        "files": files,
        "earlier": earlier,
        "how": topics.how_given(material, sheet.draft, files) or GivenHow.UPLOAD,
        "ways": ways(material, is_desk=sheet.is_desk, has_earlier=bool(earlier)),
        "is_needed": materials.is_needed(material),
        "is_paper_only": material.form is MaterialForm.PAPER and not material.is_electronic,
    }


async def _earlier(sheet: Sheet, material: Material) -> list[tuple[str, str, datetime]]:
    """Papers of the citizen's earlier cases; none at a kiosk, which knows this one draft."""
    if sheet.draft.citizen is None or sheet.draft.owner.startswith("kiosk:"):
        return []
    return (await queries.reusable(sheet.draft.citizen, [material.name])).get(material.name, [])


def ways(material: Material, *, is_desk: bool, has_earlier: bool) -> list[GivenHow]:
    """How this paper may be given here."""
    open_ways = [] if material.form is MaterialForm.PAPER and not material.is_electronic else [GivenHow.UPLOAD]
    if has_earlier and open_ways:
        open_ways.append(GivenHow.REUSE)
    if material.is_shareable:
        open_ways.append(GivenHow.FETCH)
    if material.form is not MaterialForm.ELECTRONIC and (is_desk or not material.is_electronic):
        open_ways.append(GivenHow.PAPER)
    if materials.may_follow(material):
        open_ways.append(GivenHow.LATER)
    if material.may_commit:
        open_ways.append(GivenHow.COMMIT)
    return open_ways


async def choose(sheet: Sheet, material: Material, form: Any, now: datetime) -> None:
    """The person pressed one of the ways. Raises Refusal("input.invalid") for one that is not open here."""
    earlier = tuple(upload for upload, _case, _at in await _earlier(sheet, material))
    word = str(form.get("how"))
    open_ways = ways(material, is_desk=sheet.is_desk, has_earlier=bool(earlier))
    if word not in set(open_ways):
        raise Refusal("input.invalid", status=400)
    how = GivenHow(word)
    choice = Choice(how, earlier if how is GivenHow.REUSE else ())
    await actions.choose(sheet.draft.id, sheet.draft.owner, material.key, choice, now)


@post("/drafts/{draft_id:str}/files/{material:str}", guards=[signed_in_only])
async def add_files(
    request: Request[Any, Any, Any], draft_id: str, material: str, actor: CitizenActor | OfficerActor, now: datetime
) -> Response[Any]:
    """Files from a browser without scripts: the same rules, in one request."""
    form = await request.form()
    owner = owner_of(actor)
    for file in form.getall("file", []):
        if not isinstance(file, UploadFile) or not file.filename:
            continue
        await _take(file, owner, draft_id, material, now)
    slug = str(form.get("_topic") or f"m-{material}")
    return _go(f"/drafts/{quote(draft_id)}/topics/{quote(slug)}")


async def _take(file: UploadFile, owner: str, draft_id: str, material: str, now: datetime) -> None:
    length = file.file.seek(0, 2)
    file.file.seek(0)
    upload = await uploads.create(
        owner,
        length=length,
        name=file.filename,
        declared_type=file.content_type,
        draft=draft_id,
        material=material,
        now=now,
    )
    try:
        await uploads.append(upload, owner, offset=0, stream=_pieces(file), checksum=None, now=now)
    except Refusal:
        return  # the page shows the file with the reason


async def _pieces(file: UploadFile) -> AsyncIterator[bytes]:
    while piece := await file.read(_PIECE):
        yield piece


@post("/drafts/{draft_id:str}/uploads/{upload_id:str}/removal", guards=[signed_in_only])
async def remove_file(
    request: Request[Any, Any, Any], draft_id: str, upload_id: str, actor: CitizenActor | OfficerActor, now: datetime
) -> Response[Any]:
    """Take a file out, without scripts."""
    slug = str((await request.form()).get("_topic", ""))
    await uploads.remove(upload_id, owner_of(actor), now)
    return _go(f"/drafts/{quote(draft_id)}/topics/{quote(slug)}")


def _go(path: str) -> Redirect:
    return Redirect(path, status_code=303, headers={"cache-control": "no-store"})


handlers = [add_files, remove_file]
