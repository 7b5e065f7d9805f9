"""What people write into forms, by the question's key: texts, numbers, choices, columns of tables."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "trade_name": "南湖区一棵树书咖", "shop_name": "清和药房", "manufacture_no": "XJ-2026-0417",
    "equipment_code": "31103304022026041", "manufacturer": "杭州西子电梯有限公司",
    "inspection_report": "JX-JJ-2026-0893", "maintenance_unit": "嘉兴安行电梯服务有限公司",
    "permit_no": "JY23304020012345", "org_name": "南湖区小船托育服务中心", "business_supervisor": "南湖区教育体育局",
    "scope": "面向 3 至 6 岁儿童开展学前教育和托育服务", "employer": "嘉兴南湖新材料科技有限公司",
    "birth_cert_no": "W330123456", "exam_cert_no": "20263304018821", "mandarin_cert_no": "3326001004512",
    "graduate_school": "嘉兴大学", "position": "研发工程师", "foreigner_name": "Jonas Weber",
    "passport_no": "C4J8K2M91", "leader_name": "样本甲", "info_system": "自建人力资源管理系统",
    "unit_no": "330402001001GB00012F00010023", "cert_no": "浙（2021）嘉南不动产权第 0012345 号",
    "contract_no": "JXNH-2026-08812", "project_code": "2610-330402-04-01-123456", "industry_code": "C2929",
    "eia_category": "二十六、橡胶和塑料制品业 53", "three_lines": "南湖区产业集聚重点管控单元 ZH33040220002",
    "compiler": "浙江清源环境科技有限公司", "project_name": "南湖新材料二期厂房工程",
    "planning_permit_no": "建字第 330402202600088 号", "build_scale": "地上 4 层，建筑面积 12,600 ㎡",
    "contractor": "嘉兴筑安建设有限公司", "survey_design": "嘉兴市规划设计研究院",
    "project_manager": "样本丁 浙 233171812345", "wage_account": "演示银行南湖支行 专户 0018",
    "ownership_no": "浙（2019）嘉南不动产权第 0045678 号", "safety_officer": "样本乙", "source_name": "平湖塘",
    "metering": "超声波流量计，在线传输", "discharge": "经处理达标后排入市政污水管网",
    "water_saving": "冷却水循环利用率 95%，中水回用于绿化和冲洗", "hygiene_manager": "样本乙",
    "school": "嘉兴大学医学院", "internship": "嘉兴市第一医院，2025 年 7 月至 2026 年 4 月",
    "employer_code": "47096512333040211A1001", "eval_report_no": "AP-2026-0331", "principal_cert": "浙安 A 2026-0551",
    "safety_officer_cert": "浙安 C 2026-0552", "emergency_filing_no": "3304022026012", "size": "6×2.4×0.3",
    "carrier_owner": "嘉兴红船物业服务有限公司", "road": "中山东路（禾兴路口）",
    "traffic_opinion_no": "嘉南公交函〔2026〕41 号", "self_desc": "右手外伤后活动受限，生活基本自理",
    "assess_hospital": "嘉兴市第二医院", "opponent": "嘉兴某装饰工程有限公司",
    "facts": "自 2026 年 3 月起在该公司工地做木工，公司拖欠六个月工资共 31,200 元，多次催讨未付。",
    "venue_name": "南湖印象宾馆", "floors": "一至三层", "floor": "三层", "account_no": "330402001234",
    "bank_account": "6222021203004567896", "bank_card": "6222021203004567896",
}

NUMBERS: dict[str, str] = {
    "area": "86", "kitchen_area": "26", "employees": "5", "health_certs": "5", "staff": "3", "staff_count": "12",
    "registered_capital": "3000000", "paid_in": "3000000", "premises_area": "120", "full_time_staff": "4",
    "initial_capital": "300000", "household_size": "3", "monthly_income_total": "2700", "income_per_capita": "900",
    "property_house": "1", "financial_assets": "8000", "work_experience_years": "7", "annual_salary": "360000",
    "contribution_months": "38", "deal_price": "1680000", "investment": "4200", "env_investment": "180",
    "contract_price": "3860", "household_income": "86000", "assets": "120000", "housing_area": "18",
    "social_insurance_months": "26", "annual_volume": "42", "max_flow": "0.02", "period": "5", "staff_health": "6",
    "exam_year": "2026", "school_distance": "230", "nearest_retailer": "180", "floor_area": "640", "exits": "3",
    "evac_stairs": "2", "price": "1680000", "withdraw_amount": "180000", "house_price": "1680000",
    "down_payment": "680000", "loan_amount": "900000", "loan_years": "25", "home_count": "0", "rent": "4800",
    "deposit": "9600", "length": "0", "depth": "0", "use_area": "420", "nearby_school_distance": "350",
    "max_consumers": "160", "box_count": "12", "ground_area": "12600", "planned_area": "820", "capital": "10",
}

# Options by preference; those that a form does not offer are passed over.
CHOICES: dict[str, tuple[str, ...]] = {
    "business_form": ("餐饮服务经营者",), "items": ("热食类食品制售", "自制饮品制售"), "apply_mode": ("一般程序",),
    "composition": ("个人经营",), "scope": ("处方药", "甲类非处方药", "中成药", "道路普通货物运输"),
    "equipment_kind": ("电梯",), "basis": ("合法稳定住所",), "child_sex": ("女",), "follow_parent": ("随母",),
    "surname_rule": ("父姓",), "qualification_kind": ("小学",), "subject": ("数学",), "mandarin_level": ("二级甲等",),
    "education_level": ("大学本科",), "hukou_or_residence_basis": ("户籍所在地",), "degree": ("硕士",),
    "category": ("B类",), "industry": ("教育",), "org_form": ("法人",), "house_use": ("住宅",),
    "co_ownership": ("单独所有",), "construction_nature": ("扩建",), "pollutants": ("VOCs", "颗粒物", "噪声"),
    "use": ("商业",), "apply_category": ("新就业无房职工",), "guarantee_mode": ("租赁补贴",), "use_kind": ("工业",),
    "venue_kind": ("美容店", "宾馆饭店"), "education": ("本科",), "mode": ("不带储存设施（票据）",),
    "ad_kind": ("墙面",), "kind": ("占用",), "road_age_ok": ("新建扩建满5年",), "surface": ("人行道板",),
    "disability_kind": ("肢体",), "business_kind": ("便利店",), "premises_right": ("租赁",),
    "facilities": ("室内消火栓", "自动喷水灭火", "火灾自动报警", "灭火器"), "house_kind": ("二手房",),
    "repayment": ("等额本息",), "guarantee": ("抵押",), "case_kind": ("民事",),
    "matter": ("请求确认劳动关系或支付劳动报酬",), "hardship_basis": ("经济困难承诺",), "cause": ("因病", "缺劳力"),
    "leave_reason": ("劳动合同期满",), "filing_type": ("异地长期居住",),
    "company_type": ("有限责任公司（自然人独资）",), "term": ("长期",),
    "leader_qualification": ("会计师以上专业技术职务资格",), "change_items": ("经营项目",),
    "content_type": ("商业广告",), "assess_hospital": ("嘉兴市第二医院",),
    "policies": ("劳动合同", "劳动报酬", "社会保险", "工作时间", "休息休假", "劳动纪律"),
}

# Days from the day of filing.
DAYS: dict[str, int] = {
    "commission_date": -12, "change_date": -5, "residence_since": -260, "physical_exam_date": -40,
    "passport_expiry": 1500, "leave_date": -25,
}

COLUMNS: dict[str, str] = {
    "id_type": "居民身份证", "subscribed": "100", "mode": "货币", "position": "执行董事", "qty": "2",
    "item": "经营项目", "before": "热食类食品制售", "after": "热食类食品制售、自制饮品制售", "reg_no": "浙 26040012",
    "cert_no": "TS6 2026 0918", "relation": "配偶", "job": "务农", "health": "一般", "monthly_income": "1600",
    "employer": "嘉兴南湖新材料科技有限公司", "share": "100", "amount": "300000", "ratio": "100",
    "plate_or_model": "重汽豪沃 T7H", "axles": "3", "total_mass_t": "25", "licence_class": "A2",
    "qualification_no": "330402026011", "catalog_no": "2568", "cas": "64-17-5", "is_toxic": "否",
    "is_precursor": "否",
}
