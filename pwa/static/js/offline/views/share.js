// Photos shared into the app from elsewhere: kept, then put where the reader says.

import { h } from "../../lib/h.js";
import { icon } from "../../lib/icon.js";
import { forget, kept } from "../../lib/store.js";
import { wordsOf } from "../../lib/words.js";

const loaders = { zh: () => import("../../words/device.zh.js"), en: () => import("../../words/device.en.js") };

/** The page /share?id=… */
export async function view({ query, navigate }) {
  const say = await wordsOf(loaders);
  const shared = query.id && (await kept("kept", `shared-${query.id}`));
  const files = (shared?.fields ?? []).map(([, value]) => value).filter((value) => value instanceof File && value.size);
  const main = files.length ? choices(files, shared, say, navigate) : nothing(query, say);
  return { title: say("share.title"), heading: say("share.title"), back: "/", tab: "home", main };
}

function nothing(query, say) {
  const line = say(query.why === "no_room" ? "share.no_room" : "share.none_line");
  return h("div", { class: "card empty" }, icon("camera"), h("h1", {}, say("share.title")), h("p", {}, line));
}

function choices(files, shared, say, navigate) {
  const drop = h("button", { type: "button", class: "govuk-button btn-3 wide" }, icon("x"), say("share.drop"));
  drop.addEventListener("click", async () => {
    await forget("kept", `shared-${shared.id}`);
    navigate("/");
  });
  return [
    h("h1", { tabindex: "-1", "data-focus": true }, say("share.where")),
    h("p", { class: "mute mt4" }, say("share.count", { n: files.length }), " · ", files.map((file) => file.name).join(", ")),
    h("div", { class: "stack mt16" }, h("a", { class: "govuk-button wide", href: "/matters" }, say("share.begin")), h("a", { class: "govuk-button btn-2 wide", href: "/cases" }, say("share.cases")), drop),
  ];
}
