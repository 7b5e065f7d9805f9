// What an officer wrote in a deed that was refused: it stays, to be read and copied.

import { h } from "../lib/h.js";

/** The words with a button that copies them; nothing for a deed without any. `label` and `copy` are sentences. */
export function written(words, { label, copy }) {
  if (!words) return [];
  const button = h("button", { type: "button", class: "govuk-button mini btn-2" }, copy);
  return [
    h("blockquote", { class: "deed-words sm", "aria-label": label, lang: "zh-CN" }, words),
    h("p", { class: "mt8" }, h("copy-button", { "data-text": words }, button)),
  ];
}
