// Brings to the hall what a draft has only on this phone: the draft itself, answers by the revision they were based on,
// choices, files. Whoever does it (the outbox in a page or in the worker, or the page where somebody types) does it alone.

import { waitingOf, materialOf } from "./draft-files.js";
import { Filings } from "./filings.js";
import { sendFile } from "./outbox/files.js";
import { Stuck } from "./outbox/stuck.js";
import { sendAlone } from "./sending.js";

const API = "/api/v1/drafts";
const ROUNDS = 20; // of typing on while it is sent
const GONE = new Set([404, 409, 410]); // an upload that is gone, or filed: nothing is left to take out

/** Bring everything; a file that was paused only `all` brings. `tools` are those of the outbox; throws Stuck. The draft then. */
export function push(id, tools, onPercent = () => {}, { all = false } = {}) {
  return alone(id, async () => {
    const pushing = new Pushing(id, tools);
    await pushing.begin();
    await pushing.choices();
    await pushing.removals();
    await pushing.files(onPercent, all);
    return pushing.filings.draft(id);
  });
}

/** Bring what was typed only: what a page does after every change. The conflicts, by question. */
export function pushWords(id, tools) {
  return alone(id, async () => {
    const pushing = new Pushing(id, tools);
    return pushing.words();
  });
}

const alone = (id, work) => (navigator.locks ? navigator.locks.request(`yimaban-draft-${id}`, work) : work());

class Pushing {
  constructor(id, tools) {
    Object.assign(this, { id, tools, filings: new Filings(tools.store) });
  }

  /** The draft stands with the hall and has all answers; one that was thrown away there begins anew. */
  async begin() {
    try {
      await this.bring();
      await this.words();
    } catch (error) {
      if (error.code !== "draft.not_found") throw error;
      await this.filings.change(this.id, orphaned);
      await this.bring();
      await this.words();
    }
  }

  async bring() {
    const draft = await this.filings.draft(this.id);
    if (!draft?.matter) throw new Stuck("refused", { code: "phone.draft_lost" });
    if (draft.known_to_server) return;
    const path = draft.staff ? "/api/v1/desk/drafts" : API;
    const body = draft.staff ? { ...draft.walk_in, id: draft.id, matter: draft.matter } : startOf(draft);
    await this.filings.learn(await this.tools.ask("POST", path, { body }), draft.label);
  }

  async words() {
    const conflicts = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      const draft = await this.filings.draft(this.id);
      const fields = draft && due(draft);
      if (!fields && !draft?.unsent_delivery) break;
      Object.assign(conflicts, await this.patch(draft, fields ?? {}));
    }
    return conflicts;
  }

  async patch(draft, fields) {
    const names = Object.keys(fields);
    await this.filings.change(this.id, (now) => void Object.assign(now.maybe, fields));
    const body = { fields, ...(names.length && { revision: baseOf(draft, names[0]) }), ...(draft.unsent_delivery && { delivery: draft.delivery }) };
    try {
      const saved = await this.tools.ask("PATCH", `${API}/${this.id}`, { body });
      await this.filings.change(this.id, (now) => taken(now, fields, saved, draft.delivery));
      return saved.conflicts;
    } catch (error) {
      const unasked = names.filter((name) => error.errors && name in error.errors);
      if (error.cause !== "refused" || !unasked.length) throw error;
      // The matter asks this no more, or the answer is proved: what was typed is kept beside the draft, the rest goes on.
      await this.filings.change(this.id, (now) => laidAside(now, unasked));
      return {};
    }
  }

  async choices() {
    const { unsent_materials: keys } = await this.filings.draft(this.id);
    for (const key of keys) {
      const choice = (await this.filings.draft(this.id)).materials[key];
      await this.tools.ask("PUT", `${API}/${this.id}/materials/${encodeURIComponent(key)}`, { body: choice }).catch((error) => {
        if (error.code !== "material.unknown") throw error;
      });
      await this.filings.change(this.id, (now) => {
        const isSame = JSON.stringify(now.materials[key]) === JSON.stringify(choice);
        if (isSame) now.unsent_materials = now.unsent_materials.filter((each) => each !== key);
      });
    }
  }

  async removals() {
    for (const upload of (await this.filings.draft(this.id)).removals) {
      await this.tools.ask("DELETE", `/api/v1/uploads/${upload}`, { headers: { "tus-resumable": "1.0.0" } }).catch((error) => {
        if (!GONE.has(error.status)) throw error;
      });
      await this.filings.change(this.id, (now) => void (now.removals = now.removals.filter((each) => each !== upload)));
    }
  }

  /** Every file that waits, also after one that the hall does not take. */
  async files(onPercent, all) {
    const waiting = (await waitingOf(this.id, this.tools.store)).filter((blob) => all || !blob.paused);
    const total = waiting.reduce((sum, blob) => sum + blob.size, 0);
    const refused = {};
    let before = 0;
    for (const blob of waiting) {
      const error = blob.refusal ? { why: blob.refusal } : await this.file(blob, (percent) => onPercent(Math.floor((100 * before + percent * blob.size) / total)), all);
      if (error) refused[pathOf(materialOf(blob))] = error.why;
      before += blob.size;
    }
    const [why] = Object.values(refused);
    if (why) throw new Stuck("refused", { why, code: "phone.file_refused", errors: refused });
  }

  async file(blob, onPercent, all) {
    try {
      const meta = { draft: this.id, material: materialOf(blob) };
      await sendAlone(this.tools.store, blob.id, {
        send: (now) => sendFile(now, { tools: this.tools, meta, onPercent }),
        after: (upload) => arrived(this.filings, this.id, blob, upload),
        evenPaused: all,
      });
      return null;
    } catch (error) {
      if (error.cause !== "refused" || error.code === "draft.submitted") throw error; // that is no fault of the file
      await this.tools.store.update("blobs", blob.id, (kept) => kept && { ...kept, refusal: error.why ?? error.code });
      return { why: error.why ?? error.code };
    }
  }
}

/** A file is with the hall: it stands among the draft's files there, and no more here. */
export async function arrived(filings, id, blob, upload) {
  await filings.change(id, (now) => {
    const file = { id: upload, name: blob.name, material: materialOf(blob), media_type: blob.type, state: "stored", refusal: "", pages: 0 };
    now.files = [...now.files.filter((each) => each.id !== upload), file];
  });
  await filings.store.delete("blobs", blob.id);
}

const pathOf = (key) => (key.startsWith("form.") ? key : `materials.${key}`);

const startOf = (draft) => ({
  id: draft.id,
  matter: draft.matter,
  filed_for: draft.filed_for,
  company: draft.company,
  dependent: draft.dependent,
  ...(draft.version && { matter_version: draft.version }),
});

const baseOf = (draft, path) => draft.bases[path] ?? draft.revision;

/** The answers to send now: those that were based on the earliest revision. Null when there are none. */
function due(draft) {
  const waiting = Object.entries(draft.unsent);
  if (!waiting.length) return null;
  const first = Math.min(...waiting.map(([path]) => baseOf(draft, path)));
  // What may have arrived goes once more, just as it was: the hall then says at which revision it stands, for what follows.
  return Object.fromEntries(waiting.filter(([path]) => baseOf(draft, path) === first).map(([path, value]) => [path, path in draft.maybe ? draft.maybe[path] : value]));
}

/** The hall has taken some answers; of those that another device changed meanwhile it kept the other one. */
function taken(draft, fields, saved, delivery) {
  for (const [path, value] of Object.entries(fields)) {
    const conflict = saved.conflicts[path];
    const isSame = JSON.stringify(draft.unsent[path]) === JSON.stringify(value);
    delete draft.maybe[path];
    if (conflict) Object.assign(draft.rivals, { [path]: value });
    else delete draft.rivals[path];
    if (isSame || !conflict) draft.bases[path] = saved.revision;
    if (!isSame) continue; // typed on meanwhile: that goes next
    delete draft.unsent[path];
    if (conflict) draft.values[path] = conflict.kept;
  }
  if (draft.delivery === delivery) draft.unsent_delivery = false;
}

function laidAside(draft, paths) {
  draft.odd ??= {};
  for (const path of paths) {
    draft.odd[path] = draft.unsent[path];
    delete draft.unsent[path];
    delete draft.maybe[path];
  }
}

/** Thrown away with the hall, changed here since: all of it is only here now. */
function orphaned(draft) {
  const typed = Object.entries(draft.values).filter(([path]) => !draft.locked.includes(path));
  draft.unsent = Object.fromEntries(typed);
  draft.bases = Object.fromEntries(typed.map(([path]) => [path, 0]));
  draft.unsent_materials = Object.keys(draft.materials);
  Object.assign(draft, { known_to_server: false, files: [], rivals: {}, maybe: {}, revision: 0 });
}

