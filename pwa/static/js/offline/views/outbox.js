// /outbox: what was done on this phone and the hall does not have yet, each with how it stands, why, and what may be done
// about it; below it what was sent today. Drawn anew row by row as things happen in any page or in the worker.

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { currentPerson } from "../../lib/person.js";
import { all } from "../../lib/store.js";
import { isQuiet } from "../../lib/unsent.js";
import { wordsOf } from "../../lib/words.js";
import { isLoose } from "../draft-files.js";
import { takeBack } from "../outbox/back.js";
import { Box, cancel, change, heard, items, retry } from "../outbox/box.js";
import { further } from "../outbox/done-before.js";
import { doneRow, progressed, row, sign } from "../outbox/row.js";
import { moment, outboxWords, said } from "../outbox/speaking.js";

const device = () => wordsOf({ zh: () => import("../../words/device.zh.js"), en: () => import("../../words/device.en.js") });

// What sends is fetched by the first tap that sends: the list stands before it.
const send = async (options) => (await import("../outbox/sender.js")).flush(options);
const unsure = () => import("../outbox/unsure.js");
const putDown = async (item) => (await import("../outbox/kinds.js")).kindOf(item)?.drop?.(item);

/** The page. */
export async function view() {
  const list = new OutboxList(await outboxWords(), await device());
  await list.draw();
  setTimeout(() => list.live()); // once it stands on the page
  return { title: list.say("title"), heading: list.say("title"), back: "/", tab: "me", main: list.place };
}

class OutboxList {
  constructor(say, sayDevice) {
    this.say = say;
    this.sayDevice = sayDevice;
    this.rows = new Map(); // id -> {element, sign}
    this.states = new Map(); // id -> state, to tell of what changed
    this.asked = null;
    this.news = h("p", { class: "govuk-visually-hidden", role: "status" });
    this.head = h("div");
    this.list = h("ul", { class: "list mt16" });
    this.below = h("div");
    this.place = h("div", { class: "outbox" }, this.head, this.list, this.below, this.news);
  }

  /** From now on, draw what changes in any page or in the worker. */
  live() {
    const stop = heard(() => (this.place.isConnected ? this.draw() : stop()));
    return this.draw();
  }

  /** Bring the page up to date with the store: one drawing at a time, each of what is so then. */
  draw() {
    this.next ??= (this.last ?? Promise.resolve()).catch(() => {}).then(() => {
      this.next = null;
      return this.redraw();
    });
    return (this.last = this.next);
  }

  async redraw() {
    const [found, kept, blobs] = await Promise.all([items(), all("kept"), all("blobs")]);
    const open = found.filter((item) => item.state !== "done");
    const more = this.more(kept.filter((each) => each?.kind === "posted" || each?.kind === "back"), blobs.filter(isLoose));
    this.tell(found);
    this.heading(open, more.length);
    this.list.hidden = open.length + more.length === 0;
    const focus = this.list.contains(document.activeElement) && focusOf(document.activeElement);
    arrange(this.list, [...this.drawn(open), ...more]);
    if (focus && !this.list.contains(document.activeElement)) this.list.querySelector(focus)?.focus();
    this.under(open, found.filter((item) => item.state === "done" && !isQuiet(item)).reverse());
  }

  /** Rows of what is no item: forms that wait to be sent by hand, files of a page. */
  more(forms, files) {
    const wanted = JSON.stringify([forms.map((each) => [each.id, each.path, each.at]), files.map((each) => each.id)]);
    if (this.moreSign !== wanted) this.moreRows = [...forms.map((each) => this.form(each)), ...files.map((each) => this.file(each))];
    this.moreSign = wanted;
    return this.moreRows;
  }

  /** What stands below the list; drawn anew only when it differs, so that no button goes from under a finger. */
  under(open, done) {
    const wanted = JSON.stringify([open.filter((item) => item.state === "waiting").length > 1, done.map((item) => item.id)]);
    if (this.drawnUnder === wanted) return;
    this.drawnUnder = wanted;
    this.below.replaceChildren(...this.rest(open, done));
  }

  drawn(open) {
    const rows = open.map((item) => {
      const [standing, wanted] = [this.rows.get(item.id), sign(item, this.asked === item.id)];
      if (standing?.sign === wanted) {
        progressed(standing.element, item, this.say);
        return [item.id, standing];
      }
      return [item.id, { sign: wanted, element: row(item, this.say, this.hands, this.asked === item.id) }];
    });
    this.rows = new Map(rows);
    return rows.map(([, { element }]) => element);
  }

  heading(open, more) {
    const yours = open.filter((item) => item.state === "stuck" || item.cause === "signed_out").length;
    const waiting = open.length - yours + more;
    const [which, n] = waiting ? ["waiting", waiting] : ["yours", yours];
    this.head.replaceChildren(...(waiting + yours ? [h("h1", {}, this.say(`head.${which}`, { n })), h("p", { class: "mute mt4" }, this.say(`sub.${which}`))] : [this.empty()]));
  }

  empty() {
    return h("div", { class: "card empty" }, icon("check-circle-duotone"), h("h1", {}, this.say("none")), h("p", {}, this.say("none_line")));
  }

  rest(open, done) {
    const now = h("button", { type: "button", class: "govuk-button btn-2 wide mt16", "data-do": "all", on: { click: () => this.all() } }, icon("arrow-clockwise"), this.say("all"));
    const rows = (title, inside) => h("section", { class: "sec" }, h("h2", {}, this.say(title)), h("ul", { class: "list" }, inside));
    const also = [link("/scan", "qr-code-duotone", this.say("also.codes"), this.say("also.codes_line")), link("/cases", "files-duotone", this.say("also.cases"), this.say("also.cases_line"))];
    return [
      open.filter((item) => item.state === "waiting").length > 1 && now,
      done.length && rows("done.title", done.map((item) => doneRow(item, this.say))),
      rows("also.title", also),
    ].filter(Boolean); // prettier-ignore
  }

  /** Say what has been sent since the page was last drawn. */
  tell(found) {
    const fresh = found.filter((item) => item.state === "done" && !isQuiet(item) && (this.states.get(item.id) ?? "done") !== "done");
    if (fresh.length) this.news.textContent = fresh.map((item) => this.say("sent", { what: said(item.title) })).join(" ");
    this.states = new Map(found.map((item) => [item.id, item.state]));
  }

  get hands() {
    return {
      now: (item) => retry(item.id).then(() => send()),
      ask: (item) => this.ask(item.id),
      keep: () => this.ask(null),
      edit: (item, event) => this.edit(item, event),
      further: (item) => change(item.id, further).then(() => retry(item.id)).then(() => send()),
      leave: (item) => this.leave(item),
      cancel: (item) => this.cancel(item),
    };
  }

  async ask(id) {
    const before = this.asked;
    this.asked = id;
    await this.draw();
    const what = id ? "keep" : "cancel";
    this.list.querySelector(`[data-item="${id ?? before}"] [data-do="${what}"]`)?.focus();
  }

  async edit(item, event) {
    if (!item.form) return;
    event.preventDefault();
    const box = new Box(await currentPerson());
    if (await (await unsure()).isDone(box, item)) return (this.news.textContent = this.say("done.already"));
    await takeBack(box, item.id);
    location.assign(item.edit);
  }

  /** What the hall did first stands; what was changed since goes. */
  async leave(item) {
    await (await unsure()).kept(new Box(await currentPerson()), item, item.case_no ?? item.filed_as);
    await this.draw();
  }

  async cancel(item) {
    this.asked = null;
    const isDone = await (await unsure()).isDone(new Box(await currentPerson()), item);
    const dropped = !isDone && (await cancel(item.id));
    if (dropped) await putDown(dropped);
    else this.news.textContent = this.say(isDone ? "done.already" : "late");
    await this.draw();
  }

  async all() {
    for (const item of await items()) if (item.state === "waiting") await retry(item.id);
    await send({ fresh: true });
  }

  form(posted) {
    if (posted.kind === "back") return link(posted.path, "note-pencil", this.say("back"), moment(posted.at), "wheat");
    const line = `${moment(posted.at)} · ${this.sayDevice(`posted.${posted.cause}`)}`;
    return link(`/offline/posted?id=${posted.id}`, "note-pencil", this.say("form"), line, "wheat");
  }

  file(upload) {
    return h("li", { class: "li" }, h("span", { class: "ico wheat" }, icon("camera")), h("span", { class: "grow" }, h("span", { class: "li-t" }, upload.name), h("span", { class: "li-s" }, this.say("file")))); // prettier-ignore
  }
}

/** Put elements into a list in this order, leaving alone what stands where it should. */
function arrange(list, wanted) {
  for (const old of [...list.children]) if (!wanted.includes(old)) old.remove();
  for (const [place, element] of wanted.entries()) if (list.children[place] !== element) list.insertBefore(element, list.children[place] ?? null);
}

const focusOf = (element) => `[data-item="${element.closest("[data-item]")?.dataset.item}"] [data-do="${element.dataset.do}"]`;

const link = (href, glyph, title, line, tone = "") =>
  h("li", {}, h("a", { class: "li", href }, h("span", { class: `ico ${tone}` }, icon(glyph)), h("span", { class: "grow" }, h("span", { class: "li-t" }, title), h("span", { class: "li-s" }, line)), icon("caret-right"))); // prettier-ignore
