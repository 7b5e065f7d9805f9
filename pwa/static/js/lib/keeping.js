// What every page does for the time without network, once it stands and the phone is idle: note who uses it, have the
// worker, refresh the copies. On a device that keeps nothing: take all of it away.

import { leave, leaveAll } from "./leaving.js";
import { currentPerson, keepsNothing, recall, remember, setPerson } from "./person.js";
import { isOwed, settle, wipeAgain } from "./owed.js";
import { refresh } from "../offline/catalogue.js";
import { bringLeft } from "../offline/learning.js";
import { Box } from "../offline/outbox/box.js";
import { watch as watchOutbox } from "../offline/outbox/triggers.js";
import { erase } from "./store.js";
import { watchRoom } from "./room.js";
import { explain } from "./install.js";
import { watch } from "./updating.js";
import { warm } from "./warming.js";

const LEFT = /(?:^|; )left=(wipe|keep)\.([0-9a-f]{16})/;

/** Run once a page. */
export async function keep() {
  if (keepsNothing()) return forgetAll();
  await whoLeft();
  await wipeAgain();
  const person = document.querySelector('meta[name="person"]')?.content;
  if (person && !document.body.dataset.copiedAt && !(await isOwed())) await setPerson(person);
  if (person) leaveWithThem(person);
  settle().catch(() => {});
  await noteLook();
  watchOutbox().catch(() => {}); // what can't be sent now is said in the outbox
  const whose = document.body.dataset.cause === "" ? await currentPerson() : document.body.dataset.cause === undefined && person;
  if (whose) bringLeft(whose).catch(() => {});
  watchRoom().catch(() => {});
  explain().catch(() => {});
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register("/sw.js", { type: "module", updateViaCache: "none" }).catch(() => null);
  if (!registration) return; // no network, or a browser that has none for us: pages work without
  watch(registration);
  await navigator.serviceWorker.ready;
  await warm();
  if (!navigator.connection?.saveData) await refresh().catch(() => {}); // the old catalogue stays; asked again next hour
}

/** The server says in a cookie that somebody signed out here; a session that ran out leaves none. */
async function whoLeft() {
  const [, what, person] = LEFT.exec(document.cookie) ?? [];
  if (!person) return;
  const isBack = document.querySelector('meta[name="person"]')?.content === person;
  if (!isBack) await leave(person, { keeps: what === "keep" });
  else if (what === "wipe") await wiped(person);
  document.cookie = "left=; path=/; max-age=0";
}

/** Back before any page had the time to take their things away: that was asked for all the same, and this page shows it. */
async function wiped(person) {
  await erase(person);
  new Box(person).tell();
}

/** A page that comes back (from another tab, or by the back button) after its person signed out is shown no more. */
function leaveWithThem(person) {
  const look = async () => !document.hidden && (await recall("person")) !== person && location.reload();
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", (event) => event.persisted && look());
}

/** The look of the shell, which the server does not draw. */
async function noteLook() {
  if (document.body.dataset.cause !== undefined) return;
  const { lang, dataset } = document.documentElement;
  await remember("look", {
    lang: lang.startsWith("en") ? "en" : "zh",
    text: dataset.text ?? "",
    theme: dataset.theme ?? "",
    contrast: dataset.contrast ?? "",
  });
}

async function forgetAll() {
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  for (const worker of workers) await worker.unregister();
  await leaveAll();
}
