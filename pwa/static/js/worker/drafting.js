// Forms of a draft while nobody answers: what they hold goes into the draft as this phone has it, and the phone draws the
// next page. While a draft has something that the hall does not know, all its pages are drawn from here.

import { currentPerson } from "../lib/person.js";
import { mine } from "../lib/store.js";
import { answersIn, checkDraft, openQuestions, questions, today, topicsOf, ways } from "../law/index.js";
import { filesOf } from "../offline/draft-files.js";
import * as filings from "../offline/filings.js";
import * as box from "../offline/outbox/box.js";

const PAGE = /^\/drafts\/([^/]+)(?:\/(topics\/[^/]+|check|sent|submission|removal))?\/?$/;

/** Whether a page of a draft is this phone's to draw: it has more than the hall, and the matter to draw it from. */
export async function isOurs(url) {
  const [, id] = PAGE.exec(url.pathname) ?? [];
  if (!id || !(await currentPerson())) return false;
  const draft = await filings.draft(id).catch(() => null);
  if (!draft?.matter || !(await filings.matterOf(draft))) return false;
  const item = draft.submitted && (await box.get(draft.submitted));
  if (item && item.state !== "done" && item.state !== "stuck") return true;
  return filings.isAhead(draft);
}

/** A form could not be posted: kept in the draft. The address to go on at, or null when this phone can't take it. */
export async function keptHere(url, form) {
  if (url.pathname.startsWith("/matters/")) return begun(url, form);
  const [, id, part] = PAGE.exec(url.pathname);
  const draft = await filings.draft(id);
  const matter = draft?.matter && (await filings.matterOf(draft));
  if (!matter) return null;
  if (part === "submission") return submitted(id, form);
  if (part === "removal") return null;
  return answered(draft, matter, decodeURIComponent(part.slice("topics/".length)), form);
}

async function begun(url, form) {
  const code = url.pathname.split("/")[2];
  const [kind, number] = String(form.get("filed_for") ?? "").split(":");
  const known = await (await mine()).get("kept", "applicants");
  const who = known?.items.find((each) => each.filed_for === kind && (kind === "self" || String(each.company ?? each.dependent) === number));
  if (!who) return null;
  const { filed_for, company, dependent } = who;
  const draft = await filings.begin({ matter: code, filed_for, company, dependent }, who);
  return `/drafts/${draft.id}`;
}

async function submitted(id, form) {
  if (form.get("declared") !== "yes") return `/drafts/${id}/check?undeclared`;
  await filings.submit(id);
  return `/drafts/${id}/sent`;
}

async function answered(draft, matter, slug, form) {
  const topics = topicsOf(matter, draft.filed_for, { forStaff: draft.staff });
  const at = topics.findIndex((topic) => topic.slug === slug);
  if (at < 0) return null;
  const here = `/drafts/${draft.id}/topics/${slug}`;
  const next = topics[at + 1] ? `/drafts/${draft.id}/topics/${topics[at + 1].slug}` : `/drafts/${draft.id}`;
  const onwards = form.has("_later") ? `/drafts/${draft.id}` : form.get("_from") === "check" ? `/drafts/${draft.id}/check` : next;
  if (topics[at].material) return paper(draft, topics[at].material, form, { here, onwards });
  const asked = topics[at].questions.filter((question) => question.field.type !== "file");
  const revision = Number(form.get("_revision") ?? draft.revision);
  const now = await filings.save(draft.id, answersIn(asked, form), { revision, topic: slug, delivery: form.get("_delivery") });
  await filings.queue(draft.id);
  if (form.has("_more")) return `${here}?more=${encodeURIComponent(form.get("_more"))}`;
  if (form.has("_later")) return onwards;
  const seen = form.getAll("_shown");
  return (await isWrong(now, matter, topics[at])) ? `${here}?wrong&seen=${encodeURIComponent(seen.join(","))}` : onwards;
}

async function isWrong(draft, matter, topic) {
  const { faults } = checkDraft(matter, draft, await filesOf(draft), today());
  const open = new Set(openQuestions(matter.form, draft.values, today()).map((question) => question.path));
  return topic.questions.some(({ path }) => open.has(path) && !draft.locked.includes(path) && path in faults);
}

async function paper(draft, material, form, { here, onwards }) {
  const how = form.get("how");
  if (!how) return onwards;
  const earlier = (await (await mine()).get("kept", "applicants"))?.earlier?.[material.name];
  if (!ways(material, { isDesk: draft.staff, hasEarlier: Boolean(earlier) }).includes(how)) return null;
  await filings.choose(draft.id, material.key, { how, uploads: how === "reuse" ? earlier.uploads : [] });
  await filings.queue(draft.id);
  return here;
}

/** The hall answered a form of a draft: what it took is not unsent any more. */
export async function takenThere(url, held, response) {
  const [, id, part] = PAGE.exec(url.pathname) ?? [];
  const isTaken = response.type === "opaqueredirect" || response.ok || response.status === 422;
  const draft = id && isTaken && (await filings.draft(id).catch(() => null));
  if (!draft) return;
  if (part === "submission" && response.type === "opaqueredirect") return filed(draft);
  if (part === "removal") return filings.forget(id);
  const matter = part?.startsWith("topics/") && draft.matter && (await filings.matterOf(draft));
  if (matter) await filings.handed(id, Object.keys(answersIn(questions(matter.form), await held.formData())));
}

/** Filed by its page: what the outbox was to do is done. */
async function filed(draft) {
  for (const item of [draft.id, draft.submitted].filter(Boolean)) await box.cancel(item);
  await filings.forget(draft.id);
}
