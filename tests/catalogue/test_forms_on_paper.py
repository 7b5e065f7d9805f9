"""空白表 and 样表: every question finds room on paper, samples would pass, and no text acts as markup."""

from __future__ import annotations

import asyncio
import io
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from backend.catalogue import blanks, prints, samples
from backend.domain.forms import check_form, questions
from shared_schemas.form import FormDefinition, FormField
from shared_schemas.matter import Matter

INJECTION = '#panic() $x$ *粗* _斜_ `raw` <b> @ref // /* "], [" ) } \\n = 标题 #image("/etc/passwd")'


def letters(text: str) -> str:
    """Text without what lines and pages do to it; compatibility forms folded."""
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text))


def words(pdf: bytes) -> str:
    return letters("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


@pytest.fixture(scope="module")
def some(built) -> list[Matter]:
    """Every matter with a form of its own, and ten with the shared groups only."""
    own = [matter for matter in built.matters.values() if matter.has_own_form]
    others = [matter for matter in built.matters.values() if not matter.has_own_form]
    assert len(own) == 63
    return [*own, *others[:: len(others) // 10][:10]]


async def test_every_question_of_every_form_is_on_paper(built, some):
    for number, matter in enumerate(some):
        said = words(await prints.pdf(built, matter, "zh" if number % 3 else "en", is_sample=bool(number % 2)))
        lacking = [q.field.zh for q in questions(matter.form) if letters(q.field.zh) not in said]
        lacking += [option for q in questions(matter.form) for option in q.field.options
                    if q.field.type in ("enum", "multi") and letters(option) not in said]  # fmt: skip
        assert lacking == [], matter.code
        for word in (matter.name, matter.code, "申请表", "声明", "签名或盖章", "大厅填写"):
            assert letters(word) in said, (matter.code, word)


def test_every_sample_would_pass_the_checks_of_its_form(some):
    faults = {m.code: check_form(m.form, prints.sample_answers(m), prints.SAMPLE_DAY) for m in some}
    assert {code: found for code, found in faults.items() if found} == {}


def test_the_answers_made_for_one_matter_name_its_questions(built):
    for code, answers in prints.fitting().items():
        known = {field.key for group in built.matters[code].form.groups for field in group.fields}
        known |= {field.key for field in built.matters[code].form.fields}
        assert set(answers) <= known, code


async def test_a_sample_says_on_every_page_that_it_is_one_and_a_blank_form_does_not(built):
    matter = built.matter("scj-18")
    sample = PdfReader(io.BytesIO(await prints.pdf(built, matter, "zh", is_sample=True)))
    assert len(sample.pages) > 1
    for page in sample.pages:
        assert "样表·示例:内容都是编的" in letters(page.extract_text()).replace("・", "·")
    blank = words(await prints.pdf(built, matter, "zh", is_sample=False))
    assert "样表" not in blank
    assert "沈小样" not in blank
    assert "演示目录的表" in blank
    assert "冷藏柜" in words(await prints.pdf(built, matter, "zh", is_sample=True))


async def test_who_reads_english_gets_english_labels_too(built):
    said = words(await prints.pdf(built, built.matter("scj-18"), "en", is_sample=False))
    for word in ("Food business permit", "Business form", "Name", "ID number", "For the hall", "Collect at a window"):
        assert letters(word) in said


async def test_text_is_never_markup(built):
    field = FormField(key="x", zh=INJECTION, en=INJECTION, type="multi", options=(INJECTION, "乙"))
    matter = replace(
        built.matter("scj-18"), code="scj-x", name=INJECTION, name_en=INJECTION, form=FormDefinition((), (field,))
    )
    said = words(await prints.pdf(built, matter, "en", is_sample=True))
    assert said.count(letters("#panic() $x$ *粗* _斜_ `raw` <b> @ref // /*")) >= 4


async def test_the_same_form_prints_the_same_bytes(built):
    matter = built.matter("gaj-07")
    first = await prints.pdf(built, matter, "zh", is_sample=True)
    assert await prints.pdf(built, matter, "zh", is_sample=True) is first
    prints.forget()
    again = await asyncio.gather(*(prints.pdf(built, matter, "zh", is_sample=True) for _ in range(2)))
    assert set(again) == {first}


async def test_no_more_is_kept_than_fits(built, monkeypatch):
    prints.forget()
    monkeypatch.setattr(prints, "KEPT", 2)
    for code in ("scj-18", "gaj-07", "gaj-01"):
        await prints.pdf(built, built.matter(code), "zh", is_sample=False)
    assert prints.kept() == 2


async def test_both_papers_are_served_and_cached(visitor):
    for name, word in (("form", "空白表"), ("sample", "样表")):
        answer = await visitor.get(f"/matters/scj-18/{name}.pdf")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert unquote(answer.headers["content-disposition"]).endswith(f"{word}.pdf")
        again = await visitor.get(f"/matters/scj-18/{name}.pdf", headers={"if-none-match": answer.headers["etag"]})
        assert again.status_code == 304
        other = await visitor.get(f"/matters/scj-18/{name}.pdf?lang=en")
        assert other.headers["etag"] != answer.headers["etag"]


@pytest.mark.parametrize("name", ["form", "sample"])
@pytest.mark.parametrize("query", ["", "?lang=%00&version=x", "?version=0"])
async def test_an_unknown_matter_has_no_form(visitor, name, query):
    answer = await visitor.get(f"/matters/nobody-9/{name}.pdf{query}", headers={"accept": "application/json"})
    assert answer.status_code == 404


async def test_the_guide_links_both_at_the_application_form(visitor):
    page = (await visitor.get("/matters/scj-18")).text
    assert 'href="/matters/scj-18/form.pdf"' in page
    assert 'href="/matters/scj-18/sample.pdf"' in page
    assert page.count("看样表") == 1
    visitor.cookies.set("lang", "en")
    english = (await visitor.get("/matters/scj-18")).text
    assert 'href="/matters/scj-18/form.pdf?lang=en"' in english
    assert "Filled sample" in english
    assert "How it should look" in english


async def test_the_api_names_both(visitor):
    guide = (await visitor.get("/api/v1/matters/scj-18")).json()
    assert guide["form_pdf"] == "/matters/scj-18/form.pdf"
    assert guide["sample_pdf"] == "/matters/scj-18/sample.pdf"
    assert guide["form_material"] in {material["key"] for material in guide["materials"]}


def test_the_application_form_is_no_statement_beside_it(built):
    found = {m.code: form.name for m in built.matters.values() if (form := blanks.form_material(m))}
    assert len(found) > 700
    assert not [name for name in found.values() if name.endswith(("声明", "章程", "说明"))]


def test_each_kind_of_paper_has_its_drawing(built):
    drawn = {
        material.name: picture.slug
        for matter in built.matters.values()
        for material in matter.materials
        if (picture := samples.picture_for(material, matter))
    }
    for name, slug in {
        "申请表": "form", "护照": "licence", "近期照片": "photo", "平面图": "plan", "安全管理制度": "rules", "劳动合同": "proof",
    }.items():  # fmt: skip
        assert drawn[name] == slug
    assert "场所照片" not in drawn
    assert set(drawn.values()) == {"form", "licence", "plan", "photo", "rules", "proof"}


def test_the_drawings_are_small_and_hold_no_words():
    folder = Path(samples.__file__).parents[2] / "pwa" / "static" / "img" / "samples"
    pictures = sorted(folder.glob("*.svg"))
    assert len(pictures) == 6
    for picture in pictures:
        text = picture.read_text(encoding="utf-8")
        assert len(text) < 6000
        assert re.findall(r"<text[^>]*>([^<]*)<", text) == ["1", "2", "3"]
        assert not re.search(r"<script|href=|style=", text)
