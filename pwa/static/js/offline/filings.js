// Drafts as this phone has them: begun here or learned from the hall, changed with or without network. `values` is what
// the person sees; `unsent` what the hall does not know yet; `bases` the revision that each answer was based on.
// Every function works on the store of whoever uses the device; the outbox, which sends for a person, makes its own
// `new Filings(store)`.

import { mine } from "../lib/store.js";
import { formOf, merged, questions } from "../law/index.js";
import * as catalogue from "./catalogue.js";
import * as box from "./outbox/box.js";
import { FILE_QUESTION, materialOf } from "./draft-files.js";
import { drafts, isAhead, listed } from "./draft-list.js";
import { begun, brought, stub, submitted } from "./draft-record.js";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The drafts of one person's store. */
export class Filings {
  constructor(store) {
    this.store = store;
  }

  /** One draft, or undefined. */
  draft(id) {
    return this.store.get("filings", id);
  }

  /** Every draft that can be shown, the one last worked on first. */
  all() {
    return listed(this.store);
  }

  /** Change a draft with nobody in between; `fn(draft)` may change it in place or give a new one. Resolves with it. */
  async change(id, fn) {
    let now;
    await this.store.update("filings", id, (draft) => (now = draft && (fn(draft) ?? draft)));
    return now;
  }

  /** Answers typed here, by name as forms have them ("period.start"). `revision` is what the writer saw, if not the draft's. */
  async save(id, fields, { revision = null, topic = null, delivery = null } = {}) {
    let now;
    await this.store.update("filings", id, (draft) => (now = written(draft ?? stub(id, revision ?? 0), fields, { revision, topic, delivery })));
    return now;
  }

  /** How one material is given: {how, uploads}. */
  choose(id, key, choice) {
    return this.change(id, (draft) => {
      draft.materials[key] = { how: choice.how, uploads: choice.uploads ?? [] };
      draft.unsent_materials = [...new Set([...draft.unsent_materials, key])];
      draft.updated_at = new Date().toISOString();
    });
  }

  /** The person chose between two answers to one question: this one stands. */
  settle(id, path, value) {
    return this.change(id, (draft) => {
      draft.values[path] = value;
      draft.unsent[path] = value;
      delete draft.rivals[path];
    });
  }

  /** These answers went to the hall in a page that was posted; the hall's next view shows whether they arrived. */
  handed(id, paths) {
    return this.change(id, (draft) => {
      const fields = paths.filter((path) => path in draft.unsent).map((path) => [path, draft.unsent[path]]);
      if (fields.length) draft.handed = { fields: Object.fromEntries(fields), revision: draft.revision };
      for (const [path] of fields) delete draft.unsent[path];
    });
  }

  /** What the hall says of a draft; `sides`: what devices wrote differently, as it lists them. What was typed here and is not there yet stays. */
  async learn(view, label = null, sides = []) {
    const about = (await catalogue.matter(view.matter)) ?? null;
    let now;
    await this.store.update("filings", view.id, (draft) => (now = brought(draft, view, { about, label, sides })));
    return now;
  }

  /** Forget a draft and its files on this phone. */
  async forget(id) {
    const blobs = await this.store.all("blobs");
    await this.store.change(["filings", "blobs"], (tables) => {
      for (const blob of blobs) if (blob.key.startsWith(`${id}/`)) tables.blobs.delete(blob.id);
      return tables.filings.delete(id);
    });
  }
}

/** A draft with fields written into it. */
function written(draft, fields, { revision, topic, delivery }) {
  const whole = merged(draft.values, fields);
  for (const [path, value] of Object.entries(whole)) {
    // A page of the hall (it says its revision) may show more than this phone has: its words count as they are.
    const isKnown = same(draft.values[path], value) || (value === "" && draft.values[path] === undefined);
    if (draft.locked.includes(path) || (isKnown && revision === null)) continue;
    if (!(path in draft.unsent)) draft.bases[path] = Math.max(draft.bases[path] ?? 0, revision ?? draft.revision);
    draft.values[path] = value;
    draft.unsent[path] = value;
  }
  if (topic && !draft.topics_done.includes(topic)) draft.topics_done.push(topic);
  if (delivery && delivery !== draft.delivery) Object.assign(draft, { delivery, unsent_delivery: true });
  draft.updated_at = new Date().toISOString();
  return draft;
}

const own = async () => new Filings(await mine());

/** Begin a draft without asking the hall: {matter, filed_for, company, dependent} and who that is, from `applicants()`. */
export async function begin(start, who) {
  const about = await catalogue.matter(start.matter);
  const form = formOf(about, await catalogue.head());
  const draft = begun({ ...start, id: crypto.randomUUID() }, about, questions(form).map((question) => question.path), who);
  await (await mine()).put("filings", draft.id, draft);
  return draft;
}

/** One draft, or undefined. */
export const draft = async (id) => (await own()).draft(id);

/** Write answers into a draft; see Filings.save. */
export const save = async (id, fields, more) => (await own()).save(id, fields, more);

/** Say how a material is given. */
export const choose = async (id, key, choice) => (await own()).choose(id, key, choice);

/** The person chose between two answers. */
export const settle = async (id, path, value) => (await own()).settle(id, path, value);

/** These answers went to the hall in a page that was posted. */
export const handed = async (id, paths) => (await own()).handed(id, paths);

/** Take over what the hall says. */
export const learn = async (view, label, sides) => (await own()).learn(view, label, sides);

/** Forget a draft here. */
export const forget = async (id) => (await own()).forget(id);

/** Put the draft into the outbox to be filed: one item, however often it is pressed. Its id. */
export async function submit(id) {
  const filings = await own();
  const now = await filings.change(id, (draft) => void (draft.submitted ??= crypto.randomUUID()));
  const known = await box.get(now.submitted);
  if (known && known.state !== "done") await box.retry(known.id);
  else await box.put(submitted(now), { also: (tables) => void tables.outbox.delete(id) }); // in place of what only brought its words
  return now.submitted;
}

/** Have the outbox bring what is only here, unless the draft is on its way already; what was refused goes again after a change. */
export async function queue(id, { evenRefused = true } = {}) {
  const now = await draft(id);
  if (!now?.matter || now.submitted || !(await isAhead(now))) return;
  const known = await box.get(id);
  if (["waiting", "sending", ...(evenRefused ? [] : ["stuck"])].includes(known?.state)) return;
  await box.put({ id, kind: "draft", lane: `draft:${id}`, draft: id, title: now.label, act: { zh: "存到大厅", en: "Save with the hall" } });
}

/** Have the outbox bring all that is only here: what a page that was killed left behind. What the hall refused waits for its owner. */
export async function queueAll() {
  for (const each of await drafts()) await queue(each.id, { evenRefused: false });
}

/** The matter as the draft began under it, with its form: what its pages are drawn from. Undefined when it is not here. */
export async function matterOf(draft) {
  const [about, head] = [draft.snapshot ?? (await catalogue.matter(draft.matter)), await catalogue.head()];
  return about && head ? { ...about, form: formOf(about, head) } : undefined;
}

export { drafts, FILE_QUESTION, isAhead, materialOf };
