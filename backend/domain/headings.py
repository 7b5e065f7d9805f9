"""The headings of a table's columns; the catalogue names columns by key only."""

from __future__ import annotations

from types import MappingProxyType

COLUMNS: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        "name": ("名称或姓名", "Name"),
        "id_type": ("证件类型", "ID type"),
        "id_no": ("证件号码", "ID number"),
        "country": ("国家或地区", "Country"),
        "share": ("份额（%）", "Share (%)"),
        "ratio": ("比例（%）", "Ratio (%)"),
        "amount": ("金额（元）", "Amount (yuan)"),
        "unit": ("单位", "Employer"),
        "title": ("职务或职称", "Title"),
        "role": ("担任什么", "Role"),
        "phone": ("电话", "Phone"),
        "relation": ("和您的关系", "Relation"),
        "job": ("工作", "Work"),
        "health": ("健康状况", "Health"),
        "monthly_income": ("月收入（元）", "Monthly income (yuan)"),
        "date": ("日期", "Date"),
        "time": ("时间", "Time"),
        "show_no": ("场次", "Show"),
        "item": ("项目", "Item"),
        "facts": ("事实", "Facts"),
        "legal_basis": ("法律依据", "Legal basis"),
        "qty": ("数量", "Quantity"),
        "position": ("位置或职位", "Place or post"),
        "system": ("工时制度", "Working-time system"),
        "headcount": ("人数", "People"),
        "reason": ("理由", "Reason"),
        "building_no": ("幢号", "Building"),
        "floors": ("层数", "Floors"),
        "units": ("套数", "Units"),
        "area": ("面积（㎡）", "Area (m²)"),
        "employer": ("工作单位", "Employer"),
        "plate_or_model": ("车牌或车型", "Plate or model"),
        "axles": ("轴数", "Axles"),
        "total_mass_t": ("总质量（吨）", "Total mass (t)"),
        "licence_class": ("准驾车型", "Licence class"),
        "qualification_no": ("从业资格证号", "Qualification no."),
        "plate": ("车牌号", "Plate"),
        "approval_no": ("批准文号", "Approval no."),
        "species": ("品种", "Species"),
        "scale": ("规模", "Scale"),
        "indicator": ("指标", "Indicator"),
        "target": ("目标值", "Target"),
        "cert_no": ("证书编号", "Certificate no."),
        "department": ("科室", "Department"),
        "catalog_no": ("目录序号", "Catalogue no."),
        "cas": ("CAS 号", "CAS no."),
        "is_toxic": ("是否剧毒", "Highly toxic?"),
        "is_precursor": ("是否易制毒", "Precursor?"),
        "subscribed": ("认缴出资（万元）", "Subscribed (10,000 yuan)"),
        "due_date": ("出资期限", "Pay by"),
        "mode": ("出资方式", "Paid in"),
        "before": ("变更前", "Before"),
        "after": ("变更后", "After"),
        "reg_no": ("注册证号", "Registration no."),
    }
)


def label_of(key: str, lang: str) -> str:
    """The heading of a column; its key where nobody has named it."""
    zh, en = COLUMNS.get(key, (key, key))
    return en if lang == "en" else zh
