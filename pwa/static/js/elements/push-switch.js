// <push-switch data-key="VAPID key" data-known="fingerprints of my devices"> with a [data-say] line and a hidden button:
// pushes to this phone, on and off. Asks for permission only when tapped, and says plainly where push is not possible.

import { announce, bytes, fingerprint, letGo, withdraw } from "../lib/push.js";
import { wordsOf } from "../lib/words.js";

const WORDS = { zh: () => import("../words/push.zh.js"), en: () => import("../words/push.en.js") };
const IS_APPLE = /iPhone|iPad|iPod/.test(navigator.userAgent);
const IS_APP = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;

class PushSwitch extends HTMLElement {
  async connectedCallback() {
    this.line = this.querySelector("[data-say]");
    this.button = this.querySelector("button");
    this.say = await wordsOf(WORDS);
    this.button.addEventListener("click", () => this.turn());
    await this.draw();
  }

  /** Whether this browser can take pushes at all; the word for why not. */
  hindrance() {
    if ("PushManager" in globalThis && "serviceWorker" in navigator && "Notification" in globalThis) return null;
    return IS_APPLE && !IS_APP() ? "push.home" : "push.none";
  }

  async draw(word) {
    const hindrance = this.hindrance();
    this.button.hidden = Boolean(hindrance);
    if (hindrance) return this.tell(hindrance);
    this.isOn = await this.isMine();
    this.dataset.state = this.isOn ? "on" : "off";
    this.button.textContent = this.isOn ? this.say("push.stop") : this.say("push.start");
    if (word) return this.tell(word);
    if (Notification.permission === "denied") return this.tell("push.denied");
    return this.tell(this.isOn ? "push.on" : "push.off");
  }

  tell(word) {
    this.dataset.word = word;
    this.line.textContent = this.say(word);
  }

  /** This browser's subscription, if it is the reader's: on a phone of two people the other's rings for the other. */
  async isMine() {
    const held = await this.held();
    if (!held) return false;
    return (this.dataset.known ?? "").split(" ").includes(await fingerprint(held.endpoint));
  }

  async held() {
    const registration = await navigator.serviceWorker.getRegistration();
    return (await registration?.pushManager.getSubscription()) ?? null;
  }

  async turn() {
    this.button.disabled = true;
    try {
      await (this.isOn ? this.off() : this.on());
    } finally {
      this.button.disabled = false;
    }
  }

  async on() {
    if (Notification.permission === "default") this.tell("push.asking");
    if ((await Notification.requestPermission()) !== "granted") return this.draw("push.denied");
    const registration = await navigator.serviceWorker.ready;
    await letGo(); // of another person's, or under an older key of the hall
    let made;
    try {
      made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(this.dataset.key) });
    } catch {
      return this.draw("push.unreachable");
    }
    try {
      await announce(made);
    } catch {
      await made.unsubscribe(); // the hall does not know it: better off than half on
      return this.draw("push.failed");
    }
    this.dataset.known = `${this.dataset.known ?? ""} ${await fingerprint(made.endpoint)}`;
    return this.draw();
  }

  async off() {
    const held = await this.held();
    await held?.unsubscribe();
    if (held) await withdraw(held.endpoint).catch(() => {}); // the push service tells the hall at the next push
    return this.draw();
  }
}

customElements.define("push-switch", PushSwitch);
