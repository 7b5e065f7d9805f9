// A quiet bar on top of the page: one line, at most one button. A second one with the same key replaces the first.

import { h } from "./h.js";
import { icon } from "./icon.js";

/** Show it. `tone` is "" (lake) or "off" (wheat); returns {say(text), close()}. */
export function bar({ key, text, glyph, word, act, tone = "" }) {
  const line = h("span", {}, text);
  const button = word && h("button", { type: "button", class: "strip-go", on: { click: act } }, word);
  const drawn = h("div", { class: `offline strip ${tone}`, role: "status", "data-bar": key }, icon(glyph), line, button);
  document.querySelector(`[data-bar="${key}"]`)?.remove();
  (document.querySelector(".app") ?? document.body).prepend(drawn);
  return {
    say: (words) => (line.textContent = words),
    close: () => drawn.remove(),
  };
}
