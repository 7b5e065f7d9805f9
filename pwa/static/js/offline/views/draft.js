// /drafts/:id on the phone: the task list.

import { h } from "../../lib/h.js";
import { btn, fold, link, moment, named, note, pick, rowLink, section, st } from "../drawn/ui.js";
import { sheetOf } from "../drawn/sheet.js";
import { remove } from "../dropping.js";
import { rivalsRow } from "./rivals.js";
import { sending } from "./sent.js";

const TONES = { done: "ok", wrong: "bad", partly: "wait", empty: "" };

/** The page; a draft that was submitted shows how far it is. */
export async function view({ params, navigate }) {
  const instead = await sending(params.id, navigate);
  if (instead) return instead;
  const sheet = await sheetOf(params.id);
  const { say, home, tasks, toDo } = sheet;
  const title = pick({ zh: sheet.matter.name, en: sheet.matter.name_en });
  const main = [
    h("h1", {}, toDo.length ? say("tasks.left", { n: toDo.length + 1 }) : say("tasks.ready")),
    h("p", { class: "mute mt4 sm" }, say("tasks.kept"), h("span", { class: "nb" }, say("tasks.saved", { when: moment(sheet.draft.updated_at) }))),
    sheet.is_ahead && h("p", { class: "mute sm" }, say("tasks.here")),
    h("progress", { class: "mt12", max: tasks.length + 1, value: tasks.length - toDo.length, "aria-label": say("tasks.progress", { done: tasks.length - toDo.length, total: tasks.length + 1 }) }),
    await rivalsRow(sheet),
    sheet.draft.is_stale && h("div", { class: "sec-s" }, note("arrows-clockwise", "boat", h("b", {}, say("tasks.changed")), h("p", {}, h("a", { href: `${home}/changes` }, say("tasks.changed_line"))))),
    ["you", "form", "materials", "delivery"].map((part) => partOf(sheet, part)),
    last(sheet),
    h("div", { class: "list sec" }, fold(say("tasks.delete"), h("p", {}, say("tasks.delete_line")), deletion(sheet, navigate))),
  ].flat().filter(Boolean); // prettier-ignore
  return { title: say("tasks.title"), heading: title, back: sheet.draft.staff ? "/desk/intake" : "/cases", main, act: next(sheet) };
}

function partOf(sheet, part) {
  const rows = sheet.tasks.filter((task) => task.topic.part === part).map((task) => taskRow(sheet, task));
  return rows.length ? section(sheet.say(`tasks.${part}`), h("ul", { class: "list" }, rows)) : null;
}

function taskRow(sheet, { topic, progress, isOptional, done, wrong }) {
  const { say } = sheet;
  const word = isOptional && progress === "empty" ? say("tasks.may_skip") : say(`progress.${progress}`);
  const line = topic.material ? paperLine(sheet, topic.material, { done, wrong, isOptional }) : questionsLine(sheet, topic);
  return rowLink(`${sheet.home}/topics/${topic.slug}`, named(topic.zh, topic.en), line, st(word, TONES[progress], progress === "empty" ? "" : null));
}

function paperLine({ draft, say }, material, { done, wrong, isOptional }) {
  const how = draft.materials[material.key]?.how;
  if (how && how !== "upload") return say(`how.${how}`);
  if (wrong) return say("tasks.refused", { n: wrong });
  if (done) return say("tasks.files", { n: done });
  return say(isOptional ? "tasks.optional" : "tasks.photo");
}

function questionsLine(sheet, topic) {
  if (topic.slug === "applicant" && sheet.draft.locked.length) return sheet.say("tasks.proved");
  const asked = sheet.asked(topic);
  return asked.slice(0, 3).map((question) => pick(question.field)).join(sheet.say("tasks.comma")) + (asked.length > 3 ? sheet.say("tasks.more") : "");
}

function last({ say, home, toDo }) {
  if (!toDo.length) return section(say("tasks.last"), h("ul", { class: "list" }, rowLink(`${home}/check`, say("tasks.check"), say("tasks.check_line"))));
  const about = h("span", { class: "grow" }, h("span", { class: "li-t mute" }, say("tasks.check")), h("span", { class: "li-s" }, say("tasks.opens")));
  return section(say("tasks.last"), h("ul", { class: "list" }, h("li", {}, h("div", { class: "li" }, about, st(say("tasks.later"), "", "lock")))));
}

function deletion({ draft, say }, navigate) {
  const button = btn(say("tasks.delete_go"), { kind: "3", symbol: "trash", type: "button" });
  button.addEventListener("click", () => remove(draft).then(() => navigate("/cases")));
  return h("p", { class: "mt8" }, button);
}

function next({ say, home, toDo }) {
  if (!toDo.length) return link(say("tasks.check"), `${home}/check`, { wide: true });
  return link(say("tasks.go_on", { topic: pick(toDo[0].topic) }), `${home}/topics/${toDo[0].topic.slug}`, { wide: true });
}
