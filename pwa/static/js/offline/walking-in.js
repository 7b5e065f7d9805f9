// 现场收件 without network: who stands at the window, as POST /api/v1/desk/drafts takes it, with the hall's own checks
// (backend/intake/walking_in.py, profile.of_walk_in). Pure.

import { PEOPLE } from "../law/book.js";
import { Fault } from "../law/fault.js";
import { faultInCreditCode, faultInIdDocument, faultInMobile, faultInName, plainName } from "../law/identity.js";
import { lengthOf, plainNumber } from "../law/text.js";

const PERSON = "自然人";
const COMPANY = "法人或其他组织";
const CHECK_DIGIT = "credit_code.checksum";

/** {walk_in, faults, mayOverride}: what was taken down, what is wrong with it by field, and whether only a check digit is. */
export function takenDown(form, today) {
  const text = (name) => (form.get(name) ?? "").trim();
  const isCompany = form.get("filed_for") === "company";
  const walk_in = {
    filed_for: isCompany ? "company" : "self",
    id_kind: form.get("id_kind") in PEOPLE.idKinds ? form.get("id_kind") : "resident",
    id_number: plainNumber(text("id_number")),
    name: plainName(text("name")),
    mobile: plainNumber(text("mobile")),
    org_name: isCompany ? text("org_name") : "",
    uscc: isCompany ? plainNumber(text("uscc")) : "",
    is_uscc_checked: isCompany && form.get("is_uscc_checked") === "true",
  };
  const faults = faultsIn(walk_in, isCompany, today);
  const mayOverride = faults.uscc?.code === CHECK_DIGIT;
  if (mayOverride && walk_in.is_uscc_checked) delete faults.uscc;
  return { walk_in, faults, mayOverride };
}

const MISSING = new Fault("field.missing");

function faultsIn({ id_kind, id_number, name, mobile, org_name, uscc }, isCompany, today) {
  const found = {
    id_number: id_number ? faultInIdDocument(id_kind, id_number, today) : MISSING,
    name: faultInName(name),
    mobile: mobile ? faultInMobile(mobile) : MISSING,
    ...(isCompany && { org_name: lengthOf(org_name) >= 2 && lengthOf(org_name) <= 100 ? null : MISSING, uscc: uscc ? faultInCreditCode(uscc) : MISSING }),
  };
  return Object.fromEntries(Object.entries(found).filter(([, fault]) => fault));
}

/** What the form of the matter knows of them: {values, locked}, as the hall fills it in. */
export function knownOf({ filed_for, id_kind, id_number, name, mobile, org_name, uscc }) {
  if (filed_for === "company") {
    return { values: { applicant_kind: COMPANY, has_agent: true, mobile, agent_name: name, agent_id: id_number, agent_mobile: mobile, org_name, uscc }, locked: [] };
  }
  return { values: { applicant_kind: PERSON, name, id_type: PEOPLE.idKinds[id_kind], id_no: id_number, mobile, has_agent: false }, locked: [] };
}
