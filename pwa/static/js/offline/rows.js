// Rows of matters and the words of limits, as the server's pages have them (templates/catalogue/_rows.html).

import { h } from "../lib/h.js";
import { icon } from "../lib/icon.js";
import { language, wordsOf } from "../lib/words.js";

/** The words of these views. */
export const catalogueWords = () =>
  wordsOf({ zh: () => import("../words/catalogue.zh.js"), en: () => import("../words/catalogue.en.js") });

/** The words of bundles (一件事). */
export const bundleWords = () =>
  wordsOf({ zh: () => import("../words/bundles.zh.js"), en: () => import("../words/bundles.en.js") });

/** Of a pair of texts, the reader's; Chinese where the other is missing. */
export const pick = (zh, en) => (language() === "en" && en ? en : zh);

/** Text that exists in Chinese only, said so to a screen reader in English. */
export const chinese = (text) => (language() === "en" ? h("span", { lang: "zh-CN" }, text) : text);

/** A limit of the pack in words. */
export function limit(given, head, say) {
  if (!given || given.unit === "none") return say("guide.no_limit");
  if (given.unit === "on_the_spot") return say("guide.on_the_spot");
  const unit = pick(...head.words.TimeUnit[given.unit]);
  return `${given.n} ${language() === "en" && given.n === 1 ? unit.replace(/s$/, "") : unit}`;
}

/** A matter in a list. */
export function matterRow(row, head, say, alias = "") {
  const department = head.departments.find((each) => each.code === row.department);
  const about = h("span", { class: "grow" },
    h("span", { class: "li-t" }, pick(row.name, row.name_en)),
    department && h("span", { class: "li-s" }, pick(department.zh, department.en)),
    alias && h("span", { class: "li-s" }, say("list.also", { alias })),
  ); // prettier-ignore
  return h("li", {}, h("a", { class: "li", href: `/matters/${row.code}` }, about, icon("caret-right")));
}

/** A bundle in a list, above its matters. */
export function bundleRow(bundle, words) {
  const about = h("span", { class: "grow" },
    h("span", { class: "li-s" }, words("lead")),
    h("span", { class: "li-t" }, pick(bundle.name, bundle.name_en)),
    h("span", { class: "li-s" }, words("one", { n: bundle.parts.length })),
  ); // prettier-ignore
  return h("li", {}, h("a", { class: "li", href: `/matters/${bundle.code}` }, icon("stack", 1), about, icon("caret-right")));
}

/** When the catalogue on this phone was made. */
export function edition(head, say) {
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium" }).format(new Date(head.imported_at));
  return h("p", { class: "sec sm mute tc" }, say("list.edition", { day }));
}

/** The tiles of what happened to somebody. */
export function life(head) {
  const tiles = head.life_events.map((each) => {
    const tile = h("a", { href: `/matters?life_event=${each.code}` }, h("span", { class: "ico" }), pick(each.zh, each.en));
    tile.querySelector(".ico").append(icon(`${each.icon}-duotone`, each.sheet));
    return tile;
  });
  return h("div", { class: "card life" }, tiles);
}
