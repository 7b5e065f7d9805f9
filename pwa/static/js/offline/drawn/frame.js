// What the pages of topics and materials have around them: the place among the steps, the way back, the two buttons.

import { btn, isElder } from "./ui.js";

export class Frame {
  constructor(sheet, topic, query, navigate) {
    Object.assign(this, { sheet, topic, navigate, isFromCheck: query.from === "check" });
  }

  /** The page around its main part. */
  page(main, act) {
    const { say, topics, home, lang } = this.sheet;
    const place = { place: topics.indexOf(this.topic) + 1, count: topics.length + 1 };
    const title = lang === "en" ? this.topic.en : this.topic.zh;
    return { title, heading: say("step", place), back: this.isFromCheck ? `${home}/check` : home, main, act };
  }

  /** To the next page, or back to where everything is checked. */
  onwards() {
    const following = this.sheet.after(this.topic.slug);
    const next = following ? `${this.sheet.home}/topics/${following.slug}` : this.sheet.home;
    return this.navigate(this.isFromCheck ? `${this.sheet.home}/check` : next);
  }

  /** To the task list: the rest another time. */
  leave() {
    return this.navigate(this.sheet.home);
  }
}

/** "Save for later" and "next", for the form with the id `topic`. */
export function actBar({ sheet: { say }, isFromCheck }) {
  const row = document.createElement("div");
  row.className = "row";
  const later = btn(say(isElder() ? "topic.later_short" : "topic.later"), { kind: "2", name: "_later", value: "1", form: "topic" });
  row.append(later, btn(say(isFromCheck ? "topic.done" : "topic.next"), { wide: true, form: "topic" }));
  return row;
}
