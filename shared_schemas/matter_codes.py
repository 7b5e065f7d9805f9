"""The code lists of a matter (GB/T 39046-2020 annex A, GB/T 36114), each code with its name in zh and en.

National codes are opaque strings: the value is what the state writes, the member's name is what our code says.
"""

from __future__ import annotations

from shared_schemas.labelled import Labelled


class MatterType(Labelled):
    """A.1: what kind of power the organ uses."""

    LICENCE = "01", "行政许可", "Administrative licence"
    PENALTY = "02", "行政处罚", "Penalty"
    COERCION = "03", "行政强制", "Coercive measure"
    LEVY = "04", "行政征收", "Levy"
    BENEFIT = "05", "行政给付", "Benefit"
    INSPECTION = "06", "行政检查", "Inspection"
    CONFIRMATION = "07", "行政确认", "Confirmation"
    REWARD = "08", "行政奖励", "Reward"
    RULING = "09", "行政裁决", "Ruling"
    OTHER = "10", "其他行政权力", "Other power"
    PUBLIC_SERVICE = "20", "公共服务", "Public service"


class MatterKind(Labelled):
    """A.6: decided at once, or by a promised day."""

    ON_THE_SPOT = "1", "即办件", "Done on the spot"
    PROMISED = "2", "承诺件", "Done by a promised day"


class ApplicantCode(Labelled):
    """A.4: who may apply."""

    PERSON = "1", "自然人", "Natural person"
    ENTERPRISE = "2", "企业法人", "Enterprise"
    INSTITUTION = "3", "事业法人", "Public institution"
    SOCIAL_ORGANISATION = "4", "社会组织法人", "Social organisation"
    STATE_ORGAN = "5", "行政机关", "State organ"
    OTHER = "6", "其他组织", "Other organisation"


class OnlineDepth(Labelled):
    """How far a matter goes without coming to the hall."""

    CONSULT = "1", "网上咨询", "Ask online"
    COLLECT = "2", "网上收件", "Send papers online"
    PRE_REVIEW = "3", "网上预审", "Papers checked online, accepted at a window"
    ACCEPT = "4", "网上受理", "Accepted online"
    HANDLE = "5", "网上办理", "Handled online"
    RESULT = "6", "网上出结果", "Result sent online"
    E_CERTIFICATE = "7", "电子证照", "Electronic certificate"

    @property
    def is_accepted_online(self) -> bool:
        """True where a case can be filed and accepted without paper at a window (depth 4 to 7)."""
        return self.value >= "4"


class MaterialType(Labelled):
    """What a required paper is."""

    CERTIFICATE = "1", "证件证书证明", "ID, certificate or proof"
    FORM = "2", "申请表格文书", "Form or written statement"
    OTHER = "3", "其他", "Other"


class MaterialSource(Labelled):
    """Where the paper comes from."""

    APPLICANT = "10", "申请人自备", "You prepare it"
    GOVERNMENT = "20", "政府部门核发", "Issued by a government department"
    OTHER = "99", "其他", "Issued by someone else"


class MaterialNeed(Labelled):
    """Whether a filing can do without it."""

    REQUIRED = "1", "必要", "Required"
    OPTIONAL = "2", "非必要", "Only if it applies to you"
    MAY_FOLLOW = "3", "容缺后补", "May follow later"


class MaterialForm(Labelled):
    """On what the hall takes it."""

    PAPER = "1", "纸质", "Paper"
    ELECTRONIC = "2", "电子", "Electronic"
    EITHER = "3", "纸质或电子", "Paper or electronic"


class SpecialProcedure(Labelled):
    """What may be done between acceptance and decision. Which of them stop the clock is `domain.clock`'s to say."""

    SURVEY = "现场勘查", "现场勘查", "On-site survey"
    EXPERT_REVIEW = "专家评审", "专家评审", "Expert review"
    TESTING = "检验检测鉴定", "检验检测鉴定", "Inspection, testing or appraisal"
    PUBLICITY = "公示公告", "公示公告", "Public notice"
    INVESTIGATION = "调查核实", "调查核实", "Investigation"
    OPINIONS = "征求意见", "征求意见", "Asking other bodies"
    HEARING = "听证", "听证", "Hearing"
    WAITING_PERIOD = "法定等待期", "法定等待期", "Waiting period set by law"
    SUSPENSION = "中止", "中止", "Suspension"
    EXAMINATION = "考试考核", "考试考核", "Examination"


class Reach(Labelled):
    """通办范围: from where a matter can be done."""

    DISTRICT = "区内", "全区通办", "Anywhere in the district"
    PROVINCE = "省内", "全省通办", "Anywhere in the province"
    NATION = "全国", "全国通办", "Anywhere in the country"


class WindowKind(Labelled):
    """Which windows take it."""

    ANY = "综合窗口", "任一综合窗口", "Any window"
    DEDICATED = "专窗", "专窗", "Its own window"


class KioskService(Labelled):
    """What a self-service terminal does for the matter; only filing and printing count as a way to do it."""

    APPLY = "apply", "自助申办", "File"
    PRINT = "print", "自助打印", "Print"
    QUERY = "query", "自助查询", "Look up"
    BOOK = "book", "自助预约取号", "Book or take a ticket"


class Confidence(Labelled):
    """How sure the compilers are of an entry. The mark stays visible on the guide."""

    SURE = "A", "名称、依据和法定期限有把握", "Name, legal basis and statutory limit are well founded"
    LIKELY = (
        "B", "名称、依据有把握，期限、材料以本地清单为准",
        "Name and basis are well founded; limits and papers depend on the local list",
    )  # fmt: skip
    ASSUMED = "C", "机构、权限或依据文号为推定", "The organ, its power or the basis is assumed"


class EntryMode(Labelled):
    """How a department came into the hall."""

    WHOLE = "整体入驻", "整体入驻", "The whole department"
    MATTERS = "事项入驻", "事项入驻", "Single matters"
    IT = "信息化入驻", "信息化入驻", "By IT link"
