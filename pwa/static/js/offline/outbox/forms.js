// Forms that are deeds: an answer to a correction, a withdrawal, a rating, 容缺 (signed, handed in), the time of a survey. One that found no network becomes an item of
// the outbox, with the files chosen for it, instead of a page that somebody has to send again by hand.

import en from "../../words/outbox.en.js";
import zh from "../../words/outbox.zh.js";
import { BEFORE } from "./key.js";

const FORMS = [
  [/^\/(?:desk\/)?cases\/(\d{6,24})\/(?:correction|answer)$/, "act.answer", answer],
  [/^\/cases\/(\d{6,24})\/withdrawal$/, "act.withdrawal", withdrawal],
  [/^\/cases\/(\d{6,24})\/rating$/, "act.rating", rating],
  [/^\/(?:desk\/)?cases\/(\d{6,24})\/promise$/, "act.promise", promise],
  [/^\/(?:desk\/)?cases\/(\d{6,24})\/supply$/, "act.supply", supply],
  [/^\/cases\/(\d{6,24})\/survey$/, "act.survey_time", surveyTime],
];

/** Whether a form at this path can be kept as a deed. */
export const isDeed = (path) => FORMS.some(([pattern]) => pattern.test(path));

/**
 * Put a posted form into a person's outbox: the item, or null when the form lacks what its deed needs (an old copy of the
 * page). `isUnsure`: the request may have arrived. The same deed that still waits is replaced. Throws NoRoom.
 */
export async function putForm(box, path, fields, { cause, isUnsure }) {
  const [pattern, act, make] = FORMS.find(([each]) => each.test(path));
  const no = path.match(pattern)[1];
  const form = new Map(fields.filter(([, value]) => typeof value === "string"));
  const lists = (name) => fields.filter(([each]) => each === name).map(([, value]) => value);
  const waiting = (await box.items()).find((each) => each.form?.path === path && ["waiting", "stuck"].includes(each.state) && !each.is_unsure);
  const id = waiting?.id ?? crypto.randomUUID();
  const made = await make({ no, id, form, lists, uploads: await box.store.all("blobs") });
  if (!made) return null;
  const { blobs = [], ...deed } = made;
  const title = { zh: form.get("about_zh") ?? zh["form"], en: form.get("about_en") ?? en["form"] };
  const item = {
    id, kind: "deed", lane: `case:${no}`, title, act: { zh: zh[act], en: en[act] }, method: "POST", case_no: no, files: [], at_desk: path.startsWith("/desk/"),
    cause, is_unsure: isUnsure, before: form.get(BEFORE) ?? waiting?.before ?? null, edit: path, form: { path, fields: [...form].filter(([name]) => name !== "_csrf" && name !== BEFORE) }, ...deed,
  }; // prettier-ignore
  const also = (tables) => {
    for (const { blob } of waiting?.files ?? []) if (!blobs.some((each) => each.id === blob)) tables.blobs.delete(blob);
  };
  return box.put(item, { blobs, also });
}

function answer({ no, id, form, lists, uploads }) {
  const notice = form.get("notice");
  if (!/^\d+$/.test(notice ?? "")) return null;
  const materials = lists("line").map(Number);
  const values = [...form].filter(([name]) => name.startsWith("value-")).map(([name, value]) => ({ id: Number(name.slice("value-".length)), value: value.trim() }));
  const items = [...materials.map((line) => ({ id: line, uploads: lists(`upload-${line}`) })), ...values];
  return {
    path: `/api/v1/cases/${no}/corrections/${notice}/answer`,
    body: { items },
    ...withFiles(id, uploads, materials.map((line) => `correction-${line}`)),
    settled: { codes: ["correction.answered"] },
  }; // prettier-ignore
}

/** The files chosen on the page for each of these lists, in the order of the body's items. */
function withFiles(id, uploads, keys) {
  const chosen = keys.flatMap((key, place) => uploads.filter((each) => each.key === key).map((each) => ({ each, place })));
  return {
    files: chosen.map(({ each, place }) => ({ blob: each.id, into: `items.${place}.uploads` })),
    blobs: chosen.map(({ each }) => ({ id: each.id, name: each.name, type: each.blob.type, blob: each.blob, size: each.blob.size, key: `deed:${id}/${each.key}`, url: each.url, upload: null, at: new Date().toISOString() })),
  }; // prettier-ignore
}

function promise({ no, form }) {
  const signature = (form.get("signature") ?? "").trim().slice(0, 60);
  return signature ? { path: `/api/v1/cases/${no}/promise`, body: { signature }, settled: { codes: ["case.nothing_promised"] } } : null;
}

function supply({ no, id, form, lists, uploads }) {
  const papers = lists("paper");
  if (!papers.length) return null;
  const items = papers.map((key) => ({ key, uploads: lists(`upload-${key}`), on_paper: form.has(`paper-${key}`) }));
  return {
    path: `/api/v1/cases/${no}/supply`,
    body: { items },
    ...withFiles(id, uploads, papers.map((key) => `supply-${key}`)),
    settled: { codes: ["supply.not_awaited", "case.nothing_follows"] },
  }; // prettier-ignore
}

function withdrawal({ no, form }) {
  const reason = (form.get("reason") ?? "").slice(0, 1000);
  return { path: `/api/v1/cases/${no}/withdrawal`, body: { reason }, settled: { ended_as: "withdrawn" } };
}

function surveyTime({ no, form }) {
  const at = form.get("at");
  const wish = (form.get("wish") ?? "").trim().slice(0, 300);
  if (!at || (at === "other" && !wish)) return null;
  return { path: `/api/v1/cases/${no}/survey/choice`, body: at === "other" ? { at: null, wish } : { at } };
}

function rating({ no, form }) {
  const level = form.get("level");
  if (!level) return null;
  return { path: `/api/v1/cases/${no}/rating`, body: { level, words: (form.get("words") ?? "").slice(0, 500) }, settled: { codes: ["case.already_rated"] } };
}
