// /drafts/:id/sent: submitted, and how far it is. Never a receipt: that exists only once the hall has the filing.

import { h } from "../../lib/h.js";
import { currentPerson } from "../../lib/person.js";
import { filingWords, glyph, link, btn, moment, note, pick, section, st } from "../drawn/ui.js";
import { waitingOf } from "../draft-files.js";
import { draft as draftOf } from "../filings.js";
import { NotHere } from "../not-here.js";
import * as box from "../outbox/box.js";
import { isDoneBefore } from "../outbox/done-before.js";
import { drop } from "../outbox/kinds/filing.js";
import { isDone } from "../outbox/unsure.js";

const LOOKS = { waiting: ["hourglass-medium", "wait"], sending: ["cloud-arrow-up", "now"], stuck: ["warning-circle-fill", "bad"], done: ["check-circle-fill", "ok"] }; // prettier-ignore
const CAUSES = new Set(["no_network", "server", "signed_out", "no_room", "other_person"]);

/** The page. */
export async function view({ params, navigate }) {
  const found = await filingOf(params.id);
  if (!found) throw new NotHere(params.id);
  return page(found, navigate);
}

/** What stands in for every page of a draft that was submitted and can't be edited now; null when it can. */
export async function sending(id, navigate) {
  const item = await filingOf(id);
  return item && item.state !== "stuck" ? page(item, navigate) : null;
}

/** The item that files a draft: of the draft as it is here, or the one that filed it and is done. */
async function filingOf(id) {
  const draft = await draftOf(id);
  if (draft) return draft.submitted ? box.get(draft.submitted) : undefined;
  return (await box.items()).findLast((item) => item.kind === "filing" && item.draft === id);
}

async function page(item, navigate) {
  const say = await filingWords();
  const main = h("div", {});
  const draw = async (now) => main.replaceChildren(...(await parts(now, say, navigate)));
  await draw(item);
  const stop = box.heard(async () => {
    if (!main.isConnected) return stop();
    const now = await box.get(item.id);
    if (now) await draw(now);
  });
  const act = link(say("sent.outbox"), "/outbox", { kind: "2", wide: true }); // what is to be done next stands on the page
  return { title: say("sent.title"), heading: pick(item.title), back: "/cases", main, act };
}

async function parts(item, say, navigate) {
  const state = item.state === "sending" && !navigator.onLine ? "waiting" : item.state; // a try in a lift is no sending
  const [symbol, tone] = LOOKS[state];
  const files = (await waitingOf(item.draft)).length;
  const why = isDoneBefore(item) ? say("sent.before", { no: item.filed_as }) : item.state === "stuck" ? item.why : CAUSES.has(item.cause) ? say(`sent.${item.cause}`) : null;
  return [
    h("p", {}, st(say(item.state === "done" ? "sent.there" : "sent.not_there"), tone, symbol)),
    h("h1", {}, say(`sent.${state}`)),
    h("p", { class: "mute mt4" }, pick(item.title)),
    item.state !== "done" && h("div", { class: "sec-s" }, note("info", "wheat", h("p", {}, say("sent.not_receipt")), why && h("p", {}, why))),
    section(say("sent.what"), h("ul", { class: "list" }, h("li", { class: "li" }, glyph("paper-plane-tilt"),
      h("span", { class: "grow" }, h("span", { class: "li-t" }, pick(item.act)), h("span", { class: "li-s" }, say("sent.at", { when: moment(item.at) })),
        files > 0 && h("span", { class: "li-s" }, say("sent.count", { n: files })))))),
    h("div", { class: "stack mt16" }, ways(item, say, navigate)),
  ].filter(Boolean); // prettier-ignore
}

function ways(item, say, navigate) {
  if (item.state === "done") return [link(say("sent.progress"), item.result.path, { wide: true })];
  if (isDoneBefore(item)) return [link(say("sent.choose"), "/outbox", { kind: "boat", wide: true })];
  if (item.state === "stuck") return [link(say("sent.fix"), `/drafts/${item.draft}/check`, { kind: "boat", wide: true })];
  const back = btn(say("sent.back"), { kind: "3", wide: true, type: "button", symbol: "note-pencil" });
  back.addEventListener("click", () => takenBack(item, back, say, navigate));
  return [back];
}

async function takenBack(item, button, say, navigate) {
  if (await isDone(new box.Box(await currentPerson()), item)) return; // the page says so by itself
  if (await box.cancel(item.id)) {
    await drop(item);
    return navigate(`/drafts/${item.draft}/check`);
  }
  button.replaceChildren(say("sent.late"));
  button.disabled = true;
}
