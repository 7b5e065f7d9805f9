"""The staff of the demonstration hall, as data. Nobody here exists."""

from __future__ import annotations

from msgspec import Struct

from shared_schemas.vocabulary import Role, Tier

# The departments of the starter catalogue, in its order.
DEPARTMENTS = (
    "fgj", "jsj", "jwt", "kjj", "mzzj", "gaj", "mzj", "sfj", "czj", "rsj", "gtj", "hbj", "zjj", "jtj", "njj", "slj", "wjj",
    "ajj", "scj", "zfj", "daj", "rfb", "cl", "swj", "xf", "yc", "qxj", "gjj",
)  # fmt: skip


class DemoOfficer(Struct, frozen=True):
    """A demo officer. `tier`: holds letters of authority of this tier for `authority_over`.

    `deputy` and `superior` are staff numbers (AB 岗).
    """

    key: str
    staff_no: str
    name: str
    zh: str
    en: str
    home: str
    roles: tuple[Role, ...]
    department: str | None = None
    phone: str = ""
    window: int | None = None
    tier: Tier | None = None
    authority_over: tuple[str, ...] = ()
    kin_of: tuple[str, ...] = ()
    deputy: str = ""
    superior: str = ""


_C = Role.ACCEPTANCE_CLERK
OFFICERS: tuple[DemoOfficer, ...] = (
    DemoOfficer(
        "guide", "NH0001", "沈悦", "大厅引导专员", "Hall guide", "/desk", (Role.HALL_GUIDE,), phone="8281 0001"
    ),
    DemoOfficer(
        "smart_guide",
        "NH0002",
        "钱小满",
        "智慧专员，自助区",
        "Smart guide in the e-service zone",
        "/desk",
        (Role.SMART_GUIDE,),
        phone="8281 0002",
    ),
    DemoOfficer(
        "clerk",
        "NH0105",
        "陈洁",
        "5 号窗口受理专员",
        "Acceptance clerk at window 5",
        "/desk",
        (_C,),
        phone="8281 0105",
        window=5,
        deputy="NH0108",
        superior="NH0501",
    ),
    DemoOfficer(
        "clerk_1",
        "NH0101",
        "吴敏",
        "1 号窗口受理专员，李建国是她父亲",
        "Clerk at window 1; Li Jianguo is her father",
        "/desk",
        (_C,),
        phone="8281 0101",
        window=1,
        kin_of=("lijianguo",),
    ),
    DemoOfficer(
        "clerk_8",
        "NH0108",
        "徐航",
        "8 号窗口受理专员",
        "Acceptance clerk at window 8",
        "/desk",
        (_C,),
        phone="8281 0108",
        window=8,
    ),
    DemoOfficer(
        "clerk_12",
        "NH0112",
        "郑欣怡",
        "12 号窗口受理专员",
        "Acceptance clerk at window 12",
        "/desk",
        (_C,),
        phone="8281 0112",
        window=12,
    ),
    DemoOfficer(
        "surveyor",
        "NH0201",
        "赵刚",
        "现场勘查员，出门看现场",
        "Surveyor, goes out to see",
        "/surveys",
        (Role.SURVEYOR,),
        phone="8281 0201",
    ),
    DemoOfficer(
        "surveyor_2", "NH0202", "孙丽", "现场勘查员", "Surveyor", "/surveys", (Role.SURVEYOR,), phone="8281 0202"
    ),
    DemoOfficer(
        "approver_third",
        "NH0301",
        "何晓东",
        "三级审批员，独任审核和初审",
        "Third-tier approver",
        "/approvals",
        (Role.APPROVER,),
        "scj",
        "8281 0301",
        tier=Tier.THIRD,
        authority_over=DEPARTMENTS,
        deputy="NH0311",
        superior="NH0302",
    ),
    DemoOfficer(
        "approver_second",
        "NH0302",
        "冯玉",
        "二级审批员，复核",
        "Second-tier approver",
        "/approvals",
        (Role.APPROVER,),
        "scj",
        "8281 0302",
        tier=Tier.SECOND,
        authority_over=DEPARTMENTS,
        deputy="NH0312",
        superior="NH0303",
    ),
    DemoOfficer(
        "approver_chief",
        "NH0303",
        "马国平",
        "首席审批员",
        "Chief approver",
        "/approvals",
        (Role.APPROVER,),
        "scj",
        "8281 0303",
        tier=Tier.CHIEF,
        authority_over=DEPARTMENTS,
    ),
    DemoOfficer(
        "approver_third_b",
        "NH0311",
        "许文",
        "市场监管局三级审批员（B 岗）",
        "Third-tier approver, deputy",
        "/approvals",
        (Role.APPROVER,),
        "scj",
        "8281 0311",
        tier=Tier.THIRD,
        authority_over=("scj", "mzj"),
    ),
    DemoOfficer(
        "approver_second_b",
        "NH0312",
        "蒋明",
        "市场监管局二级审批员（B 岗）",
        "Second-tier approver, deputy",
        "/approvals",
        (Role.APPROVER,),
        "scj",
        "8281 0312",
        tier=Tier.SECOND,
        authority_over=("scj", "mzj"),
        kin_of=("zhoulixin",),
    ),
    DemoOfficer(
        "department_officer",
        "NH0401",
        "陆海",
        "市场监管局经办",
        "Department officer, market regulation",
        "/staff/todo",
        (Role.DEPARTMENT_OFFICER,),
        "scj",
        "8281 0401",
    ),
    DemoOfficer(
        "department_officer_hbj",
        "NH0402",
        "叶青",
        "生态环境局经办，回别的部门的意见",
        "Department officer, ecology and environment: answers other departments",
        "/staff/todo",
        (Role.DEPARTMENT_OFFICER,),
        "hbj",
        "8281 0402",
    ),
    DemoOfficer(
        "supervisor",
        "NH0501",
        "高远",
        "效能监督，看今天的大厅",
        "Supervisor, watches the hall today",
        "/board",
        (Role.SUPERVISOR,),
        phone="8281 0501",
    ),
    DemoOfficer(
        "system_administrator",
        "NH0901",
        "丁一",
        "系统管理员，管账号",
        "System administrator: accounts",
        "/admin/officers",
        (Role.SYSTEM_ADMINISTRATOR,),
        phone="8281 0901",
    ),
    DemoOfficer(
        "security_administrator",
        "NH0902",
        "于珊",
        "安全管理员，管角色和授权",
        "Security administrator: roles",
        "/admin/officers",
        (Role.SECURITY_ADMINISTRATOR,),
        phone="8281 0902",
    ),
    DemoOfficer(
        "audit_administrator",
        "NH0903",
        "石磊",
        "审计管理员，只看日志",
        "Audit administrator: reads the log",
        "/admin/audit",
        (Role.AUDIT_ADMINISTRATOR,),
        phone="8281 0903",
    ),
)
