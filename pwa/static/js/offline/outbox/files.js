// A file goes up by tus 1.0 in small pieces, from a page or from the worker. Its record in `blobs` remembers the address
// it goes to, so that it is taken up where it stopped, whoever sends the next piece.

import { request, Stuck } from "./api.js";

const UPLOADS = "/api/v1/uploads";
const TUS = { "tus-resumable": "1.0.0" };
const SMALLEST = 64 * 1024;
const LARGEST = 1024 * 1024;
const QUICK = 2_000; // ms a piece may take for the next to be twice as large
const SLOW = 10_000; // ms from which on the next is half as large
const PATIENCE = 180_000; // ms for one piece: 64 kB at 3 kbit/s
const BEGINS = 3; // how often a file is begun anew, when the hall keeps it no more

/** Send the file of a `blobs` record; resolves with the upload's id. `meta` is {draft, material} or {}. */
export async function sendFile(record, { tools, meta = {}, onPercent = () => {} }) {
  for (let begun = 0; !record.upload; begun += 1) {
    if (begun === BEGINS) throw new Stuck("refused", { code: "phone.file_lost" });
    record.url ??= await begin(record, meta, tools);
    await remember(record, tools);
    if (await goneOn(record, tools, onPercent)) record.upload = record.url.split("/").pop();
    else record.url = null; // kept no more: from the beginning, under the same name
  }
  await remember(record, tools);
  return record.upload;
}

const remember = ({ id, url, upload }, tools) => tools.store.update("blobs", id, (kept) => kept && { ...kept, url, upload });

async function begin(record, meta, tools) {
  const told = { filename: record.name, filetype: record.type || record.blob.type, client_id: record.id, ...meta };
  const pairs = Object.entries(told).map(([name, value]) => `${name} ${base64(value)}`);
  const headers = { ...TUS, "upload-length": String(record.blob.size), "upload-metadata": pairs.join(",") };
  const response = await request("POST", UPLOADS, { headers, person: tools.person });
  const location = response.headers.get("location");
  if (!location) throw new Stuck("no_network"); // not an answer of the hall
  return new URL(location, self.location.origin).pathname;
}

/** Send what is missing. False when the hall has forgotten this address. */
async function goneOn(record, tools, onPercent) {
  try {
    let offset = await reached(record, tools);
    if (offset === record.blob.size) await settled(record, tools); // all there, and its answer was lost
    for (let size = 4 * SMALLEST; offset < record.blob.size; ) {
      await onPercent(percent(offset, record));
      const begun = Date.now();
      const before = offset;
      offset = await sent(record, offset, size, tools);
      const took = Date.now() - begun;
      if (offset > before && took < QUICK) size = Math.min(LARGEST, size * 2);
      else if (took > SLOW) size = Math.max(SMALLEST, size / 2);
    }
    await onPercent(100);
    return true;
  } catch (error) {
    if (error.status === 404 || error.status === 410) return false;
    throw error;
  }
}

const percent = (offset, record) => Math.floor((100 * offset) / record.blob.size);

async function sent(record, offset, size, tools) {
  const piece = record.blob.slice(offset, offset + size);
  const headers = { ...TUS, "upload-offset": String(offset), "content-type": "application/offset+octet-stream" };
  const response = await request("PATCH", record.url, { headers, body: piece, person: tools.person, patience: PATIENCE }).catch((error) => {
    if (error.code === "upload.wrong_offset") return null;
    throw error;
  });
  return response ? offsetOf(response) : reached(record, tools);
}

async function reached(record, tools) {
  return offsetOf(await request("HEAD", record.url, { headers: TUS, person: tools.person }));
}

function offsetOf(response) {
  const offset = response.headers.get("upload-offset");
  if (offset === null) throw new Stuck("no_network"); // not an answer of the hall
  return Number(offset);
}

/** The whole file is there: whether it was taken is what its state says. */
async function settled(record, tools) {
  const { state, code, refusal } = await tools.ask("GET", record.url);
  if (state === "refused") throw new Stuck("refused", { why: refusal, code });
  if (state !== "stored") throw new Stuck("server");
}

const base64 = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
