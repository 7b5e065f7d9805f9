// A deed: one verb on one case (an answer to a correction, a withdrawal, a rating; for staff, what is done at a window),
// with the files that go along. {method, path, body, seen, case_no, files: [{blob, into: "items.0.uploads"}], edit}

import { sendFile } from "../files.js";
import { Stuck } from "../stuck.js";

/** Send its files, then the verb itself under the item's id; {case_no, path, step}. */
export async function send(item, tools) {
  const body = structuredClone(item.body ?? {});
  if (item.seen !== null && item.seen !== undefined) body.seen = item.seen;
  await withFiles(item, body, tools);
  await tools.handing();
  const answer = await tools.ask(item.method, item.path, { body, key: item.id }).catch((error) => settled(item, tools, error));
  return { case_no: item.case_no, path: item.at_desk ? `/desk/cases/${item.case_no}` : `/cases/${item.case_no}`, step: answer?.step ?? null };
}

/** A form whose answer was lost was done then, without a key: the hall's no now says that it is done. */
async function settled(item, tools, error) {
  if (error.cause !== "refused" || !item.is_unsure || !item.settled) throw error;
  if (item.settled.codes?.includes(error.code)) return null;
  const { ended_as } = item.settled.ended_as ? await tools.ask("GET", `/api/v1/cases/${item.case_no}`) : {};
  if (!ended_as || ended_as !== item.settled.ended_as) throw error;
  return null;
}

/** Nothing beside its own files, which the box takes along. */
export const drop = async () => {};

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
