// /outbox: what this phone still has to send for whoever uses it: forms that found no network, each with the way to send
// it again, and files that go on as soon as their page is open.

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { all } from "../../lib/store.js";
import { language, wordsOf } from "../../lib/words.js";

const loaders = { zh: () => import("../../words/device.zh.js"), en: () => import("../../words/device.en.js") };

export async function view() {
  const say = await wordsOf(loaders);
  const [kept, uploads] = await Promise.all([all("kept"), all("uploads")]);
  const forms = kept.filter((each) => each?.fields).sort((a, b) => new Date(b.at) - new Date(a.at));
  const rows = [...forms.map((each) => form(each, say)), ...uploads.map((each) => file(each, say))];
  const main = rows.length
    ? [h("h1", {}, say("outbox.title")), h("ul", { class: "list mt8" }, rows)]
    : [h("div", { class: "card empty" }, icon("check-circle"), h("h1", {}, say("outbox.none")), h("p", {}, say("outbox.none_line")))];
  return { title: say("outbox.title"), heading: say("outbox.title"), back: "/", tab: "home", main };
}

function form(posted, say) {
  const at = new Intl.DateTimeFormat(language() === "en" ? "en-GB" : "zh-CN", { dateStyle: "medium", timeStyle: "short" });
  const about = [h("span", { class: "li-t" }, say("outbox.form")), h("span", { class: "li-s" }, `${at.format(new Date(posted.at))} · ${say(`posted.${posted.cause}`)}`)];
  return h("li", {}, h("a", { class: "li", href: `/offline/posted?id=${posted.id}` }, h("span", { class: "grow" }, about), icon("caret-right")));
}

const file = (upload, say) =>
  h("li", { class: "li" }, icon("camera"), h("span", { class: "grow" }, h("span", { class: "li-t" }, upload.name), h("span", { class: "li-s" }, say("outbox.file")))); // prettier-ignore
