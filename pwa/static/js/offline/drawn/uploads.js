// The files of one material or question and the means to add more: the markup of device.uploads and intake/_files.html,
// kept going by <upload-list>, which the server's own pages use too.

import { h } from "../../lib/h.js";
import { glyph, st } from "./ui.js";

const MOST = 30;
const ACCEPT = "image/*,.heic,.heif,.pdf";
const STATES = { stored: ["paper.stored", "ok"], refused: ["paper.refused", "bad"], receiving: ["paper.receiving", "wait"] };

/** `sheet` has draft, files, limit (bytes) and say. Files that wait on this phone are drawn by the element itself. */
export function uploads({ draft, files, limit, say }, key) {
  const there = files.filter((file) => file.material === key && !file.is_here);
  const pick = (symbol, word, attributes) => h("label", {}, glyph(symbol), h("span", {}, word), h("input", { type: "file", ...attributes }));
  return [
    h("upload-list", {
      "data-url": "/api/v1/uploads", "data-meta": JSON.stringify({ draft: draft.id, material: key }), "data-key": `${draft.id}/${key}`,
      "data-max": limit, "data-count": MOST,
    },
      h("div", { class: "pick" }, pick("camera", say("paper.camera"), { accept: "image/*", capture: "environment" }),
        pick("image", say("paper.album"), { accept: "image/*", multiple: true }), pick("file-text", say("paper.file"), { accept: ACCEPT, multiple: true })),
      h("p", { class: "sm mute mt8" }, say("paper.hint", { size: Math.floor(limit / 1048576) })),
      h("ul", { class: "list mt12", "data-files": true, "aria-live": "polite", hidden: !there.length }, there.map((file) => row(file, say)))),
    ...there.filter((file) => file.refusal).map((file) => h("p", { class: "note boat mt8" }, glyph("warning-circle-fill"), h("span", {}, h("b", {}, file.name), ` ${file.refusal}`))),
  ]; // prettier-ignore
}

function row(file, say) {
  const [word, tone] = STATES[file.state];
  const remove = h("button", { class: "tap", type: "button", "data-remove": `/api/v1/uploads/${file.id}`, "aria-label": say("paper.remove", { name: file.name }) }, glyph("trash"));
  const thumb = h("span", { class: "thumb" }, glyph(file.media_type === "application/pdf" ? "file-text" : "image"));
  return h("li", { class: "file" }, thumb, h("b", {}, file.name), st(say(word), tone), h("span", { class: "acts" }, remove));
}
