"""One paper of each kind, as the demo hall would issue it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from backend.documents.shapes import (
    AcceptanceNotice,
    CertificateSheet,
    CollectionNotice,
    CommitmentLetter,
    DeclineDecision,
    Defect,
    Delivered,
    DeliveryReceipt,
    Entry,
    ExtensionNotice,
    GrantDecision,
    HearingNotice,
    HearingRecord,
    HearingRight,
    Letterhead,
    OneTimeNotice,
    Paper,
    Party,
    ProcedureNotice,
    PromiseLetter,
    Receipt,
    ReceivedMaterial,
    RefuseDecision,
    Remedies,
    ReopeningNotice,
    RevocationDecision,
    TerminationNotice,
)
from backend.documents.survey_shapes import CheckedItem, MeasuredValue, Picture, SurveyRecord

ORGAN = "南湖区市场监督管理局"
URL = "https://hall.nanhu.example/t/Zk3v9Qx1bT7uW0pLr5mYaH"
VERIFY_URL = "https://hall.nanhu.example/verify/JY23304020012345"
APPLICANT = Party("嘉兴吉祥面馆（张𬭼）", "统一社会信用代码", "91330402********7K", agent="李*")
REMEDIES = Remedies("南湖区人民政府", "嘉兴市南湖区人民法院")
RECEIVED_AT = datetime(2026, 11, 22, 7, 20, tzinfo=UTC)


def head(number: str, **changes: object) -> Letterhead:
    """A letterhead of the demo hall."""
    return Letterhead(
        **{
            "number": number,
            "organ": ORGAN,
            "matter_name": "食品经营许可（新办）",
            "case_no": "330402SJ202611220042X",
            "issued_on": date(2026, 11, 22),
            "handler": "周小满",
            "phone": "0573-8283 1234",
            "tracking_url": URL,
            "hall": "南湖区政务服务大厅",
            "hall_address": "南湖区广益路 883 号",
            "is_demo": True,
        }
        | changes
    )


def receipt(**changes: object) -> Receipt:
    """收件凭证."""
    return Receipt(
        **{
            "head": head("南市监收〔2026〕421 号"),
            "applicant": APPLICANT,
            "received_at": RECEIVED_AT,
            "materials": (
                ReceivedMaterial("食品经营许可申请书", 1, "电子件", "上传"),
                ReceivedMaterial("从业人员健康证明", 3, "复印件", "窗口交纸质"),
            ),
            "receiver": "吴静",
            "told_by": date(2026, 11, 27),
            "query_password": "K7MT-29QP",
            "channel": "网上",
            "window": "综合窗口 6",
        }
        | changes
    )


def refusal(**changes: object) -> RefuseDecision:
    """不予许可决定书."""
    return RefuseDecision(
        **{
            "head": head("南市监不许〔2026〕3 号"),
            "applicant": APPLICANT,
            "applied_on": date(2026, 11, 2),
            "facts": "现场勘查，操作间面积 4 平方米，没有独立的洗消设施。",
            "reasons": "不符合《食品经营许可审查通则》第十六条。",
            "remedies": REMEDIES,
        }
        | changes
    )


def certificate(**changes: object) -> CertificateSheet:
    """证照."""
    return CertificateSheet(
        **{
            "name": "食品经营许可证",
            "number": "JY23304020012345",
            "holder": "嘉兴吉祥面馆",
            "entries": (Entry("经营者", "张𬭼"), Entry("经营场所", "嘉兴市南湖区建设路 88 号")),
            "organ": ORGAN,
            "issued_on": date(2026, 11, 30),
            "verify_url": VERIFY_URL,
            "legal_basis": "依据《中华人民共和国食品安全法》颁发",
            "holder_label": "经营者名称",
            "valid_until": date(2031, 11, 29),
            "is_demo": True,
        }
        | changes
    )


def every_paper() -> list[Paper]:
    """One of each kind."""
    return [
        receipt(),
        AcceptanceNotice(
            head("南市监受〔2026〕421 号"),
            APPLICANT,
            accepted_on=date(2026, 11, 23),
            due_on=date(2026, 12, 4),
            limit="9 个工作日",
            complaint_channels=("一楼投诉台 0573-8283 0000", "12345 政务服务热线"),
            statutory_due_on=date(2026, 12, 21),
        ),
        OneTimeNotice(
            head("南市监补〔2026〕421 号"),
            APPLICANT,
            received_on=date(2026, 11, 22),
            defects=(
                Defect("经营场所平面图", "没有标出洗消区", "标明加工、洗消、储存的位置", "写清洗消区再拍一张"),
                Defect("从业人员健康证明", "九月到期", "应当在有效期内", "换一张有效的"),
            ),
            answer_by=date(2026, 12, 6),
        ),
        DeclineDecision(
            head("南市监不受〔2026〕7 号"),
            APPLICANT,
            applied_on=date(2026, 11, 20),
            ground="申请事项依法不属于本机关职权范围",
            remedies=REMEDIES,
            reasons="经营场所不在本机关辖区内。",
            competent_organ="秀洲区市场监督管理局",
        ),
        GrantDecision(
            head("南市监许〔2026〕421 号"),
            APPLICANT,
            applied_on=date(2026, 11, 22),
            content="热食类食品制售",
            result_name="食品经营许可证",
            remedies=REMEDIES,
            conditions=("许可证挂在醒目的地方", "条件变化的，10 个工作日内报告"),
            valid_until=date(2031, 11, 21),
        ),
        refusal(),
        CollectionNotice(
            head("南市监领〔2026〕421 号"),
            APPLICANT,
            result_name="食品经营许可证",
            ready_on=date(2026, 12, 1),
            place="任意综合窗口",
            hours="工作日 9:00 至 17:00",
        ),
        DeliveryReceipt(
            head("南市监送〔2026〕421 号"),
            APPLICANT,
            delivered=(
                Delivered("准予许可决定书", "南市监许〔2026〕421 号"),
                Delivered("食品经营许可证", "JY233040"),
            ),
            method="窗口直接送达",
            place="综合窗口 6",
            deliverer="吴静",
            recipient="张𬭼",
            relation="本人",
            evidence="扫码核验",
            delivered_at=RECEIVED_AT,
        ),
        *side_papers(),
        certificate(),
    ]


DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200"><path d="M10 10L500 150" stroke="#14252A"/></svg>'


def survey_record(**changes: object) -> SurveyRecord:
    """勘查笔录."""
    return SurveyRecord(
        **{
            "head": head("南市监勘〔2026〕3 号"),
            "applicant": APPLICANT,
            "place": "建设路 88 号",
            "surveyed_at": datetime(2026, 12, 2, 1, 30, tzinfo=UTC),
            "inspectors": "赵刚（NH0201）、孙丽（NH0202）",
            "checklist": "餐饮食品现场核查",
            "items": (CheckedItem("生进熟出，流程不交叉", "不符合", "生熟交叉"), CheckedItem("防蝇防鼠到位", "符合")),
            "values": (MeasuredValue("实测使用面积", "86.5 m²"), MeasuredValue("冷藏温度", "4 ℃", "0 到 8 ℃")),
            "findings": "操作间生熟交叉。",
            "conclusion": "不符合条件",
            "photos": (Picture(DOT, "2026年12月2日 09:35　操作间"),),
            "signatures": (Picture(DOT, "勘查人员 赵刚"), Picture(DOT, "勘查人员 孙丽")),
            "joint": "卫健局、消防",
            "present": "张𬭼",
            "refusal": "不同意结论",
            "disagreement": "隔断明天就装",
        }
        | changes
    )


def side_papers() -> list[Paper]:
    """One of each kind that a case's side ways make."""
    held_at = datetime(2026, 12, 7, 1, 30, tzinfo=UTC)
    return [
        ProcedureNotice(
            head("南市监特〔2026〕3 号"), APPLICANT, kind="检测", basis="《中华人民共和国产品质量法》第十五条",
            reason="要送检样品", needed="10 日",
        ),
        ExtensionNotice(
            head("南市监延〔2026〕3 号"), APPLICANT, reason="要到外地核实产权", extended_by="10 个工作日",
            due_on=date(2026, 12, 18), was_due_on=date(2026, 12, 4),
        ),
        HearingRight(
            head("南市监听告〔2026〕3 号"), APPLICANT, intended="不予许可", facts="操作间面积 4 平方米",
            choose_by=date(2026, 11, 30),
        ),
        HearingNotice(
            head("南市监听通〔2026〕3 号"), APPLICANT, held_at=held_at, place="三楼听证室", presider="郑和",
        ),
        HearingRecord(
            head("南市监听录〔2026〕3 号"), APPLICANT, held_at=held_at, place="三楼听证室", presider="郑和",
            present="王敏、审查员二人", record="申请人出示了平面图。",
        ),
        PromiseLetter(
            head("南市监容〔2026〕3 号"), APPLICANT, materials=("管理制度目录清单", "检测报告"),
            within="受理后 5 个工作日内", signer="张𬭼", signed_at=RECEIVED_AT, evidence="实名账号登录后亲手输入姓名",
        ),
        CommitmentLetter(
            head("南市监承〔2026〕3 号"), APPLICANT, conditions=("有固定的经营场所", "有三名专职人员"),
            materials=("经营场所使用权证明",), signer="张𬭼", signed_at=RECEIVED_AT, evidence="在综合窗口当面签",
        ),
        TerminationNotice(
            head("南市监终〔2026〕3 号"), APPLICANT, applied_on=date(2026, 11, 22), reason="后补的材料到期没有交齐。",
            remedies=REMEDIES, owed=("管理制度目录清单",), owed_by=date(2026, 11, 30),
        ),
        RevocationDecision(
            head("南市监撤〔2026〕3 号"), APPLICANT, certificate="《出版物经营许可证》（证 3 号）", facts="承诺的经营场所并不存在",
            reasons="与承诺不符", remedies=REMEDIES,
        ),
        ReopeningNotice(
            head("南市监重〔2026〕3 号"), APPLICANT, set_aside_by="行政复议决定", instrument="南政复〔2026〕8 号",
            reason="认定的面积有误", ended_as="不予许可", due_on=date(2026, 12, 4),
        ),
        survey_record(),
    ]  # fmt: skip
