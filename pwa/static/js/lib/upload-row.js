// One file of an <upload-list> as a row: picture, name, state, progress bar, and the buttons that its state allows.

import { icon } from "./icon.js";

function made(tag, cls, ...inside) {
  const element = document.createElement(tag);
  element.className = cls;
  element.append(...inside);
  return element;
}

/** What each state shows: icon (and its sprite), tone, and whether the bar is there. */
const LOOKS = {
  waiting: { symbol: "hourglass-medium", tone: "wait", bar: false },
  preparing: { symbol: "hourglass-medium", tone: "wait", bar: false },
  sending: { symbol: "cloud-arrow-up", sheet: 1, tone: "now", bar: true },
  paused: { symbol: "pause-circle", tone: "wait", bar: true },
  failed: { symbol: "warning-circle-fill", tone: "bad", bar: true },
  refused: { symbol: "warning-circle-fill", tone: "bad", bar: false },
  done: { symbol: "check-circle-fill", tone: "ok", bar: false },
};

export class UploadRow {
  /** `on` has pause, resume and remove; `say` gives the words. */
  constructor(name, say, on) {
    this.name = name;
    this.say = say;
    this.on = on;
    this.state = made("span", "st");
    this.buttons = made("span", "acts");
    this.progress = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
    this.bar = made("span", "bar", this.progress);
    this.why = made("div", "why row");
    this.thumb = made("span", "thumb", icon("image", 1));
    this.element = made("li", "file", this.thumb, made("b", "", name), this.state, this.buttons, this.bar, this.why);
  }

  /** Show a small picture of the file, when it is one. */
  picture(blob) {
    if (!blob.type.startsWith("image/") || blob.type.includes("hei")) return;
    const image = Object.assign(new Image(), { alt: "", src: URL.createObjectURL(blob) });
    image.onload = () => URL.revokeObjectURL(image.src);
    this.thumb.replaceChildren(image);
  }

  /** Move to a state; `percent` 0 to 100, `why` a sentence for what went wrong. */
  show(state, { percent = 0, why = "" } = {}) {
    const look = LOOKS[state];
    this.state.className = `st ${look.tone}`;
    this.state.replaceChildren(icon(look.symbol, look.sheet), this.say(`up.${state}`, { percent }));
    this.bar.hidden = !look.bar;
    this.progress.value = percent;
    this.progress.classList.toggle("bad", state === "failed");
    this.progress.setAttribute("aria-label", `${this.name} ${percent}%`);
    this.explain(state, why);
    this.offer(state);
  }

  explain(state, why) {
    this.why.hidden = !why;
    if (!why) return;
    const again = this.button("govuk-button mini btn-boat", "up.again", "arrow-clockwise", 0, this.on.resume, true);
    this.why.replaceChildren(made("p", "sm grow", why), ...(state === "failed" ? [again] : []));
  }

  offer(state) {
    const remove = this.button("tap", "up.remove", state === "done" ? "trash" : "x", state === "done" ? 1 : 0, this.on.remove);
    const pause = this.button("tap", "up.pause", "pause", 0, this.on.pause);
    const resume = this.button("tap", "up.resume", "play", 1, this.on.resume);
    const turn = { sending: [pause], paused: [resume] }[state] ?? [];
    if (this.shown === state) return;
    this.shown = state;
    this.buttons.replaceChildren(...turn, remove);
  }

  button(cls, key, symbol, sheet, action, spoken = false) {
    const button = made("button", cls, icon(symbol, sheet));
    button.type = "button";
    if (spoken) button.append(this.say(key));
    else button.setAttribute("aria-label", `${this.say(key)} ${this.name}`);
    button.addEventListener("click", action);
    return button;
  }
}
