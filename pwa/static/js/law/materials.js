// Which materials of a filing are there, which may follow, which are missing: by name, all at once.

import { TABLES, WORDS } from "./book.js";
import { said } from "./fault.js";

const { OPTIONAL, MAY_FOLLOW } = TABLES.materialNeeds;
const { PAPER, ELECTRONIC } = TABLES.materialForms;

/** Whether a filing must say how it gives this material. What may follow still must be promised. */
export const isNeeded = (material) => Boolean(material.is_required) && material.need !== OPTIONAL;

/** Whether it may come after acceptance (容缺后补). */
export const mayFollow = (material) => Boolean(material.may_follow) || material.need === MAY_FOLLOW;

/** Whether it is taken on paper only. */
export const isPaperOnly = (material) => material.form === PAPER && !material.is_electronic;

/** Every fault (key -> its name) of what was given [{key, how, uploads}] against what is asked, and what follows later. */
export function materialsStanding(asked, given) {
  const [byKey, faults] = [new Map(), new Map()];
  const known = new Set(asked.map((material) => material.key));
  for (const each of given) {
    if (!known.has(each.key)) faults.set(each.key, "unknown");
    else if (byKey.has(each.key)) faults.set(each.key, "twice");
    if (!byKey.has(each.key)) byKey.set(each.key, each);
  }
  for (const material of asked) {
    const fault = faultOf(material, byKey.get(material.key));
    if (fault && !faults.has(material.key)) faults.set(material.key, fault);
  }
  const following = [...byKey].filter(([key, each]) => each.how === "later" && !faults.has(key)).map(([key]) => key);
  return { faults: Object.fromEntries(faults), following };
}

/** Why a material is not in order, in words. */
export const materialSentence = (fault, lang = "zh") => said(WORDS.materialFaults[fault], lang);

function faultOf(material, given) {
  if (!given) return isNeeded(material) ? "missing" : null;
  switch (given.how) {
    case "fetch":
      return material.is_shareable ? null : "not_shared";
    case "later":
      return mayFollow(material) ? null : "may_not_follow";
    case "commit":
      return material.may_commit ? null : "may_not_commit";
    case "paper":
      return material.form === ELECTRONIC ? "electronic_only" : null;
    default:
      if (isPaperOnly(material)) return "paper_only";
      return given.uploads?.length ? null : "no_file";
  }
}

/** How this paper may be given here: upload, reuse, fetch, paper, later, commit. */
export function ways(material, { isDesk = false, hasEarlier = false } = {}) {
  const open = isPaperOnly(material) ? [] : ["upload"];
  if (hasEarlier && open.length) open.push("reuse");
  if (material.is_shareable) open.push("fetch");
  if (material.form !== ELECTRONIC && (isDesk || !material.is_electronic)) open.push("paper");
  if (mayFollow(material)) open.push("later");
  if (material.may_commit) open.push("commit");
  return open;
}
