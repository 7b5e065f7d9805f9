// The macros of templates/components/ui.html that pages of a draft need, drawn by a script: the same classes and order.

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { language, wordsOf } from "../../lib/words.js";

// Which sprite holds a symbol (pwa/vendor/icons.toml): those that are not in the first.
const MORE = new Set([
  "cloud-arrow-up", "device-mobile", "file-text", "image", "paper-plane-tilt", "trash", "plus", "plus-circle", "arrows-clockwise",
  "clock-counter-clockwise", "tray", "minus",
]); // prettier-ignore
const TONES = { ok: "check-circle-fill", bad: "warning-circle-fill", due: "hand-heart", now: "clock", wait: "hourglass-medium" };

/** The words of these pages. */
export const filingWords = () => wordsOf({ zh: () => import("../../words/filing.zh.js"), en: () => import("../../words/filing.en.js") });

/** An icon by name, wherever it lies. */
export const glyph = (symbol) => icon(symbol, MORE.has(symbol) ? 1 : 0);

/** A state: icon and word. */
export const st = (word, tone = "", symbol = null) =>
  h("span", { class: `st ${tone}` }, symbol === "" ? null : glyph(symbol ?? TONES[tone] ?? "clock"), word);

/** Of {zh, en}, the reader's. */
export const pick = (pair) => (language() === "en" ? pair.en || pair.zh : pair.zh);

/** The reader's text of a thing of the catalogue; Chinese where there is no other, said so to a screen reader. */
export const named = (zh, en) => (language() === "en" && (!en || en === zh) ? h("span", { lang: "zh-CN" }, zh) : pick({ zh, en }));

/** A section with its heading. */
export const section = (heading, ...inside) => h("section", { class: "sec" }, h("h2", {}, heading), inside);

/** A row of a list that leads somewhere. */
export const rowLink = (href, title, line, right, symbol = null, tone = "") =>
  h("li", {}, h("a", { class: "li", href },
    symbol && h("span", { class: `ico ${tone}` }, glyph(symbol)),
    h("span", { class: "grow" }, h("span", { class: "li-t" }, title), line && h("span", { class: "li-s" }, line)), right ?? glyph("caret-right"))); // prettier-ignore

/** A note: tone "" (lake), wheat or boat. */
export const note = (symbol, tone, ...inside) => h("div", { class: `note ${tone}`, role: tone ? "status" : null }, glyph(symbol), h("div", {}, inside));

/** A button; `kind` "" (the one filled), "2", "3" or "boat". */
export const btn = (word, { kind = "", wide = false, symbol = null, ...attributes } = {}) =>
  h("button", { type: "submit", class: `govuk-button${kind && ` btn-${kind}`}${wide ? " wide" : ""}`, ...attributes }, symbol && glyph(symbol), word);

/** The same as a link. */
export const link = (word, href, { kind = "", wide = false, symbol = null } = {}) =>
  h("a", { class: `govuk-button${kind && ` btn-${kind}`}${wide ? " wide" : ""}`, href }, symbol && glyph(symbol), word);

/** A fold, inside a list. */
export const fold = (title, ...inside) =>
  h("details", { class: "govuk-details" },
    h("summary", { class: "govuk-details__summary" }, h("span", { class: "govuk-details__summary-text" }, title), glyph("caret-right")),
    h("div", { class: "govuk-details__text" }, inside)); // prettier-ignore

/** Answers to check: [word, value, change address or null]. */
export const summaryList = (rows, changeWord) =>
  h("dl", { class: "govuk-summary-list list" }, rows.map(([word, value, change]) =>
    h("div", { class: "govuk-summary-list__row" },
      h("dt", { class: "govuk-summary-list__key" }, word),
      h("dd", { class: "govuk-summary-list__value" }, value || "—"),
      change && h("dd", { class: "govuk-summary-list__actions" },
        h("a", { class: "tap", href: change }, changeWord, h("span", { class: "govuk-visually-hidden" }, ` ${textOf(word)}`)))))); // prettier-ignore

const textOf = (word) => (word instanceof Node ? word.textContent : word);

/** What is empty: icon, why, what to do. */
export const empty = (symbol, title, line, ...more) => h("div", { class: "card empty" }, icon(symbol, symbol.endsWith("-duotone") && !CORE_DUOTONE.has(symbol) ? 2 : 0), h("h1", {}, title), line && h("p", {}, line), more);

const CORE_DUOTONE = new Set(["files-duotone", "buildings-duotone", "tray-duotone", "user-duotone", "hourglass-medium-duotone", "check-circle-duotone"]);

/** What is wrong, on top of a page: [[href, sentence]]. Takes the focus. */
export const errorSummary = (title, lines) =>
  h("div", { class: "govuk-error-summary", role: "alert", tabindex: "-1", "data-focus": true },
    h("h2", { class: "govuk-error-summary__title" }, glyph("warning-circle-fill"), title),
    h("ul", { class: "govuk-error-summary__list" }, lines.map(([href, words]) => h("li", {}, h("a", { href }, words))))); // prettier-ignore

/** "今天 10:20", as the server's pages say when something was saved. */
export function moment(iso) {
  const at = new Date(iso);
  const isToday = at.toDateString() === new Date().toDateString();
  const day = isToday ? {} : { month: "short", day: "numeric" };
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...day, hour: "2-digit", minute: "2-digit", hour12: false }).format(at);
}

/** A day: "11月26日". */
export const day = (iso) => new Intl.DateTimeFormat(document.documentElement.lang, { month: "short", day: "numeric" }).format(new Date(iso));

/** Whether the reader has large type. */
export const isElder = () => document.documentElement.dataset.text === "elder";
