// A deed: one verb on one case (an answer to a correction, a withdrawal, a rating; for staff, what is done at a window),
// with the files that go along. {method, path, body, seen, case_no, files: [{blob, into: "items.0.uploads"}], edit}; `before`
// is the key under which it went out before its words were changed, `key` its own where that is not the item's id. `kept`
// is what the page kept of it besides.

import { sendFile } from "../files.js";
import { Stuck } from "../stuck.js";
import { request } from "../api.js";
import { keyOf, placeOf } from "../key.js";
import { became } from "../unsure.js";

/** Send its files, then the verb itself under the item's key; {case_no, path, step}. */
export async function send(item, tools) {
  if (item.before && (await became({ ...item, key: item.before }, tools.ask))) throw new Stuck("refused", { code: "phone.done_before" });
  const body = structuredClone(item.body ?? {});
  if (item.seen !== null && item.seen !== undefined) body.seen = item.seen;
  await withFiles(item, body, tools);
  await tools.handing();
  const answer = await tools.ask(item.method, item.path, { body, key: keyOf(item) }).catch((error) => answered(item, tools, body, error));
  if (item.kept) await tools.store.delete("kept", item.kept); // what was typed is the hall's now
  return { case_no: item.case_no, path: placeOf(item), step: answer?.step ?? null };
}

/**
 * The hall did this with the words that stood here first. A tick says how things are: the new one follows. Anything else
 * would be a second act, which is for its owner to say.
 */
async function answered(item, tools, body, error) {
  if (error.code !== "deed.key_reused") return settled(item, tools, error);
  if (item.method !== "PUT") throw new Stuck("refused", { code: "phone.done_before" });
  const key = crypto.randomUUID();
  await tools.note({ key });
  return tools.ask(item.method, item.path, { body, key });
}

/** A form whose answer was lost was done then, without a key: the hall's no now says that it is done. */
async function settled(item, tools, error) {
  if (error.cause !== "refused" || !item.is_unsure || !item.settled) throw error;
  if (item.settled.codes?.includes(error.code)) return null;
  const { ended_as } = item.settled.ended_as ? await tools.ask("GET", `/api/v1/cases/${item.case_no}`) : {};
  if (!ended_as || ended_as !== item.settled.ended_as) throw error;
  return null;
}

/** Its files go with the box; what the hall has of them already is taken out there, or swept after a week. */
export async function drop({ begun = [] }) {
  for (const url of begun) await request("DELETE", url, { headers: { "tus-resumable": "1.0.0" } }).catch(() => {});
}

async function withFiles(item, body, tools) {
  const wanted = item.files ?? [];
  const records = await Promise.all(wanted.map(({ blob }) => tools.store.get("blobs", blob)));
  if (records.some((record) => !record)) throw new Stuck("refused", { code: "phone.file_lost" });
  const total = records.reduce((sum, record) => sum + record.blob.size, 0);
  let before = 0;
  for (const [place, record] of records.entries()) {
    const said = (percent) => tools.percent(Math.floor((100 * before + percent * record.blob.size) / total));
    const upload = await sendFile(record, { tools, onPercent: said });
    added(body, wanted[place].into, upload);
    before += record.blob.size;
  }
}

/** Append to the list at a dotted path: "items.0.uploads". */
function added(body, path, upload) {
  const names = path.split(".");
  const last = names.pop();
  const holder = names.reduce((inside, name) => (inside[name] ??= {}), body);
  (holder[last] ??= []).push(upload);
}
