"""Every document carries what DOMAIN.md lists, prints the same twice, and lets no text act as markup."""

from __future__ import annotations

import io
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from backend.documents.composing import IncompleteError
from backend.documents.rendering import press, render
from backend.documents.shapes import KINDS, CertificateSheet, Paper, Party, ReceivedMaterial
from backend.documents.wording import WordingError, load_wordings
from shared_schemas.vocabulary import DocumentKind
from tests.documents import papers

if TYPE_CHECKING:
    from pathlib import Path

REMEDIES = ("60日内向南湖区人民政府申请行政复议", "6个月内依法向嘉兴市南湖区人民法院提起行政诉讼")
SAYS = {
    DocumentKind.RECEIPT: (
        "2026年11月22日15:20", "食品经营许可申请书", "从业人员健康证明", "复印件", "窗口交纸质", "收件人", "吴静", "综合窗口6",
        "本凭证不等于受理", "在2026年11月27日前", "查询密码", "K7MT-29QP", "第三十二条",
    ),
    DocumentKind.ACCEPTANCE_NOTICE: (
        "2026年11月23日", "9个工作日", "2026年12月4日前", "法定期限届满", "2026年12月21日", "不计入办理时限", "听证、招标、拍卖",
        "收费", "不收费", "投诉与监督", "0573-82830000", "12345", "第四十二条",
    ),
    DocumentKind.ONE_TIME_NOTICE: (
        "经营场所平面图", "没有标出洗消区", "标明加工、洗消、储存的位置", "写清洗消区再拍一张", "从业人员健康证明", "九月到期",
        "应当在有效期内", "换一张有效的", "2026年12月6日前补齐", "第三十二条第一款第四项",
    ),
    DocumentKind.DECLINE_DECISION: (
        "不属于本机关职权范围", "经营场所不在本机关辖区内", "秀洲区市场监督管理局", "决定不予受理", *REMEDIES,
    ),
    DocumentKind.GRANT_DECISION: (
        "决定准予许可", "热食类食品制售", "食品经营许可证", "2031年11月21日", "许可证挂在醒目的地方", "第三十八条", *REMEDIES,
    ),
    DocumentKind.REFUSE_DECISION: (
        "查明的事实", "操作间面积4平方米", "不予许可的理由", "审查通则》第十六条", "第三十八条第二款", "决定不予许可", *REMEDIES,
    ),
    DocumentKind.COLLECTION_NOTICE: (
        "2026年12月1日", "任意综合窗口", "9:00至17:00", "请带上", "有效身份证件", "委托书",
    ),
    DocumentKind.PROCEDURE_NOTICE: (
        "依法需要检测", "产品质量法》第十五条", "要送检样品", "10日", "送达之日起停止计算", "第四十五条",
    ),
    DocumentKind.EXTENSION_NOTICE: (
        "不能在2026年12月4日前作出决定", "经本机关负责人批准", "延长10个工作日", "要到外地核实产权", "2026年12月18日前", "第四十二条",
    ),
    DocumentKind.HEARING_RIGHT: (
        "拟不予许可", "操作间面积4平方米", "2026年11月30日前提出", "视为放弃", "不承担组织听证的费用", "第四十七条",
    ),
    DocumentKind.HEARING_NOTICE: (
        "2026年12月7日09:30", "三楼听证室", "郑和", "申请回避", "委托一至二人", "第四十八条",
    ),
    DocumentKind.HEARING_RECORD: (
        "2026年12月7日09:30", "三楼听证室", "郑和", "王敏、审查员二人", "出示了平面图", "根据听证笔录作出决定", "签名",
    ),
    DocumentKind.PROMISE_LETTER: (
        "管理制度目录清单", "检测报告", "补交期限：受理后5个工作日内", "终止办理", "签名", "2026年11月22日15:20", "亲手输入姓名",
        "第三十一条", "电子签名法",
    ),
    DocumentKind.COMMITMENT_LETTER: (
        "有固定的经营场所", "有三名专职人员", "经营场所使用权证明", "承诺不实的", "依法撤销", "签名", "国办发〔2020〕42号",
    ),
    DocumentKind.TERMINATION_NOTICE: (
        "决定终止办理", "后补的材料到期没有交齐", "2026年11月30日", "管理制度目录清单", "重新申请", "第三十二条", *REMEDIES,
    ),
    DocumentKind.REVOCATION_DECISION: (
        "承诺的经营场所并不存在", "与承诺不符", "《出版物经营许可证》", "第六十九条第二款", "本机关决定撤销", *REMEDIES,
    ),
    DocumentKind.REOPENING_NOTICE: (
        "原来的结果是“不予许可”", "行政复议决定", "南政复〔2026〕8号", "认定的面积有误", "2026年12月4日前", "第六十八条",
    ),
    DocumentKind.SURVEY_RECORD: (
        "建设路88号", "2026年12月2日09:30", "赵刚（NH0201）、孙丽（NH0202）", "卫健局、消防", "生熟交叉", "86.5m²", "0到8℃",
        "结论：不符合条件", "隔断明天就装", "不同意结论", "操作间", "勘查人员孙丽", "第三十四条第三款",
    ),
    DocumentKind.DELIVERY_RECEIPT: (
        "准予许可决定书", "南市监许〔2026〕421号", "窗口直接送达", "综合窗口6", "送达人", "吴静", "签收人", "与受送达人的关系", "本人",
        "2026年11月22日15:20", "扫码核验",
    ),
    DocumentKind.CERTIFICATE: (
        "食品经营许可证", "JY23304020012345", "经营者名称", "嘉兴吉祥面馆", "张𬭼", "建设路88号", "2031年11月29日", "2026年11月30日",
        "食品安全法", "扫码核验真伪", "verify/JY23304020012345", "南湖区市场监督管理局", "演示",
    ),
}  # fmt: skip
EVERY_LETTERHEAD = (
    "南湖区市场监督管理局", "食品经营许可（新办）", "330402SJ202611220042X", "嘉兴吉祥面馆（张𬭼）", "周小满", "0573-82831234",
    "2026年11月22日", "/t/Zk3v9Qx1bT7uW0pLr5mYaH", "南湖区政务服务大厅", "演示文书不具法律效力", "演示专用章",
)  # fmt: skip
PAPERS = [pytest.param(paper, id=KINDS[type(paper)].value) for paper in papers.every_paper()]


def said(pdf: bytes) -> str:
    """The text of all pages without spaces, line ends and break marks."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cf")


def scanned(pdf: bytes, page: int) -> list[str]:
    """What a phone reads off `page`."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[page].render(scale=2).to_pil()
    document.close()
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def test_every_kind_has_a_paper_here() -> None:
    assert {KINDS[type(paper)] for paper in papers.every_paper()} == set(DocumentKind) == set(SAYS)


@pytest.mark.parametrize("paper", PAPERS)
async def test_paper_says_everything(paper: Paper) -> None:
    kind = KINDS[type(paper)]
    text = said(await render(paper))

    expected = SAYS[kind]
    if not isinstance(paper, CertificateSheet):
        pages = "第1页，共2页" if kind is DocumentKind.SURVEY_RECORD else "第1页，共1页"  # photos and signatures
        expected += (*EVERY_LETTERHEAD, pages, "".join(paper.head.number.split()))
        expected += (load_wordings()[kind].title, kind.zh)
    assert [words for words in expected if words not in text] == []


@pytest.mark.parametrize("paper", PAPERS)
async def test_same_facts_same_bytes(paper: Paper) -> None:
    assert await render(paper) == await render(msgspec.structs.replace(paper))


@pytest.mark.parametrize("paper", PAPERS)
async def test_code_scans(paper: Paper) -> None:
    url = papers.VERIFY_URL if isinstance(paper, CertificateSheet) else papers.URL

    pdf = await render(paper)
    last = len(PdfReader(io.BytesIO(pdf)).pages) - 1
    assert scanned(pdf, page=last) == [url]


async def test_portrait_certificate_for_ever() -> None:
    pdf = await render(papers.certificate(is_portrait=True, valid_until=None, is_demo=False))
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox

    assert box.height > box.width
    assert "长期有效" in said(pdf)
    assert "演示" not in said(pdf)


async def test_query_password_is_on_the_receipt_only() -> None:
    assert {type(paper) for paper in papers.every_paper() if "query_password" in paper.__struct_fields__} == {
        type(papers.receipt())
    }


async def test_own_legal_articles_go_before_the_wordings() -> None:
    text = said(await render(papers.refusal(head=papers.head("1", legal_articles=("《取水许可条例》第十四条",)))))

    assert "依据《取水许可条例》第十四条，本机关决定" in text
    assert "第三十八条第二款" not in text


@pytest.mark.parametrize(
    "words",
    [
        '#import "@preview/x:1.0.0"',
        "#panic()",
        "$x^2$",
        "]) #[*b*] ([",
        "\\u{41}",
        "*粗* _斜_ `码` <label> @ref",
        "= 标题",
        "{number}",
        "// 注",
    ],
)
async def test_text_is_never_markup(words: str) -> None:
    text = said(await render(papers.refusal(reasons=words, applicant=Party(words))))

    assert text.count("".join(words.split())) >= 2


async def test_long_words_stay_on_the_page() -> None:
    pdf = await render(papers.receipt(materials=(ReceivedMaterial("A" * 300, 1, "B" * 100, "C" * 100),)))
    document = pypdfium2.PdfDocument(pdf)
    width, _ = document[0].get_size()
    words = document[0].get_textpage()
    right = max(words.get_charbox(i)[2] for i in range(words.count_chars()))
    words.close()
    document.close()

    assert right < width - 40
    assert "A" * 300 in said(pdf)


async def test_long_reasons_take_more_pages_and_keep_every_character() -> None:
    reasons = "".join(chr(0x4E00 + i % 5000) for i in range(5000))
    pdf = await render(papers.refusal(reasons=reasons))
    pages = PdfReader(io.BytesIO(pdf)).pages

    assert len(pages) > 4
    assert f"第{len(pages)}页，共{len(pages)}页" in said(pdf)
    assert sum(text_length(page.extract_text()) for page in pages) > 5000
    assert scanned(pdf, len(pages) - 1) == [papers.URL]


def text_length(text: str) -> int:
    return sum(0x4E00 <= ord(c) <= 0x9FFF for c in text)


async def test_many_lines_keep_their_paragraphs() -> None:
    text = said(await render(papers.refusal(facts="一、第一点\n二、第二点\r\n\n三、第三点")))

    assert "一、第一点" in text
    assert "三、第三点" in text
    assert "U+000D" not in text


async def test_lacking_fact_is_named() -> None:
    with pytest.raises(IncompleteError, match="不予许可决定书: reasons"):
        await render(papers.refusal(reasons=""))


async def test_district_changes_the_wording_without_code(tmp_path: Path) -> None:
    own = load_wordings.__globals__["OWN_FOLDER"] / "receipt.toml"
    (tmp_path / "receipt.toml").write_text(
        own.read_text("utf-8").replace("本凭证不等于受理", "请注意：收件不是受理"), "utf-8"
    )

    assert "请注意：收件不是受理" in said(await render(papers.receipt(), wording_folder=tmp_path))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('title = "收件"', "title_en"),
        ('title = "收件"\ntitle_en = "R"\n[[blocks]]\nblock = "note"\ntext = "{secret}"', "{secret}"),
    ],
)
def test_faulty_wording_is_named_when_loaded(tmp_path: Path, line: str, fault: str) -> None:
    (tmp_path / "receipt.toml").write_text(line, "utf-8")

    with pytest.raises(WordingError, match=r"receipt\.toml.*" + fault):
        load_wordings(tmp_path)


async def test_paper_is_tagged_archivable_and_titled() -> None:
    reader = PdfReader(io.BytesIO(await render(papers.receipt())))

    assert "收件凭证" in str(reader.metadata.title)
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert b"pdfaid:part>2<" in reader.trailer["/Root"]["/Metadata"].get_data()


async def test_paper_of_a_leap_day_and_of_an_empty_list() -> None:
    pdf = await render(papers.receipt(materials=(), told_by=date(2028, 2, 29)))

    assert "2028年2月29日" in said(pdf)


def test_missing_characters_of_a_paper_are_named() -> None:
    paper = papers.receipt(applicant=Party("𠮷野家"), materials=(ReceivedMaterial("𠮷的证明"),))

    assert press().missing(paper) == ["𠮷"]
    assert press().missing(papers.receipt()) == []
