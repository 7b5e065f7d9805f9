// The files of a draft that wait on this phone, in `blobs`: {id, name, type, blob, size, key, url, upload, at}. `key` is
// "<draft id>/<material key>"; a question that wants a file has the key "form.<path>".

import { mine } from "../lib/store.js";

const KEY_AT_MOST = 40; // as the hall keeps it

/** The key under which the files of a question are kept. */
export const FILE_QUESTION = (path) => `form.${path}`.slice(0, KEY_AT_MOST);

/** The material (or question) that a record of `blobs` belongs to. */
export const materialOf = (blob) => blob.key.slice(blob.key.indexOf("/") + 1);

/** The draft that a key of `blobs` belongs to; null for any other list of files. */
export const draftOf = (key) => /^([0-9a-f]{8}-[0-9a-f-]{27})\//.exec(key ?? "")?.[1] ?? null;

/** Whether a page sends this file by itself: what belongs to a draft or a deed goes with that. */
export const isLoose = (blob) => !blob.upload && !draftOf(blob.key) && !blob.key.startsWith("deed:");

/** Keep a file for a material; it is small already. The record. Throws NoRoom when it can't be kept. */
export async function addFile(draft, key, file) {
  const record = recordOf(`${draft}/${key}`, file);
  await (await mine()).put("blobs", record.id, record);
  return record;
}

/** A record of `blobs` for a file. */
export const recordOf = (key, file) => ({
  id: crypto.randomUUID(),
  name: file.name,
  type: file.type,
  blob: file,
  size: file.size,
  key,
  url: null,
  upload: null,
  at: new Date().toISOString(),
});

/** Take a file that waits out again; what the hall has of it already is taken out there too, as soon as that is possible. */
export async function removeFile(draft, id) {
  const store = await mine();
  const record = await store.get("blobs", id);
  await store.delete("blobs", id);
  if (record?.url) await removeUpload(draft, record.url.split("/").pop());
}

/** Take a file that the hall has out of the draft, as soon as that is possible. */
export async function removeUpload(draft, upload) {
  const store = await mine();
  await store.update("filings", draft, (known) => known && taken(known, upload));
}

const taken = (draft, upload) => ({
  ...draft,
  removals: [...new Set([...draft.removals, upload])],
  files: draft.files.filter((file) => file.id !== upload),
});

/** Files of a draft that wait here, in the order they were chosen. */
export async function waitingOf(draft, store = null) {
  const found = (await (store ?? (await mine())).all("blobs")).filter((blob) => blob.key.startsWith(`${draft}/`));
  return found.sort((one, other) => one.at.localeCompare(other.at));
}

/** Every file of a draft as the law looks at it: what the hall has, then what waits here (as good as there). */
export async function filesOf(draft) {
  const waiting = await waitingOf(draft.id);
  const here = waiting.map((blob) => ({
    id: blob.id,
    name: blob.name,
    material: materialOf(blob),
    media_type: blob.type,
    state: blob.refusal ? "refused" : "stored",
    refusal: blob.refusal ?? "",
    pages: 0,
    is_here: true,
  }));
  const sent = new Set(waiting.map((blob) => blob.url?.split("/").pop()));
  return [...draft.files.filter((file) => !sent.has(file.id)), ...here];
}
