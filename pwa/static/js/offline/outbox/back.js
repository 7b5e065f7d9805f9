// A deed that is taken back out of the outbox to be changed: its words stand in its form again, its files in their lists.
// They are kept until the form is sent, by whichever way.

import { forget, kept } from "../../lib/store.js";
import { BEFORE, keyOf } from "./key.js";

/** Fill the form of this page with what was taken back to it, if anything was. */
export async function restore() {
  const key = `back-${location.pathname}`;
  const record = await kept("kept", key);
  const form = record && document.querySelector(`main form[action="${CSS.escape(location.pathname)}"], deed-form[data-shape="decision"] form`);
  if (!form) return;
  for (const [name, value] of record.fields) put(form, name, value);
  if (record.before) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: BEFORE, value: record.before }));
  form.addEventListener("submit", () => forget("kept", key));
}

/** Take a deed out of the outbox and back onto its page: the words wait there, its files stand in their lists again. */
export async function takeBack(box, id) {
  await box.store.change(["outbox", "blobs", "kept"], (tables) => {
    const reading = tables.outbox.get(id);
    reading.onsuccess = () => {
      const item = reading.result;
      if (!item?.form || item.state === "sending") return;
      for (const { blob } of item.files ?? []) back(tables, blob);
      const before = item.is_unsure ? keyOf(item) : item.before;
      tables.kept.put({ kind: "back", at: item.at, before, ...item.form }, `back-${item.form.path}`);
      tables.outbox.delete(id);
    };
    return reading;
  });
  box.tell();
}

function back(tables, id) {
  const reading = tables.blobs.get(id);
  reading.onsuccess = () => {
    const record = reading.result;
    if (record) tables.blobs.put({ ...record, key: record.key.split("/").at(-1) }, id);
  };
}

function put(form, name, value) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type="hidden"])`)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
    else field.value = value;
  }
}
