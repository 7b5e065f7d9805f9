// <qr-scan data-go="/t/"> (several places with spaces between) with a .scan-view (<video>), buttons
// [data-scan=camera|stop|photo|torch], a file input and a form to type the code into. Reads codes live or from a photo
// (lib/reader.js); where neither works the form stays. Only addresses of this site and bare codes are followed; anything
// else is named, never opened. With [data-fill] the code goes into the form and is sent there (a clerk's hand-over),
// instead of opening a page.

import { felt } from "../lib/haptics.js";
import { reader } from "../lib/reader.js";
import { words } from "../lib/words.js";

const BETWEEN = 250;
const CODE = /^[0-9A-Za-z_-]{6,64}$/;

function parsed(text) {
  try {
    return new URL(text, location.href);
  } catch {
    return null;
  }
}

class QrScan extends HTMLElement {
  connectedCallback() {
    this.ready = words(); // a photo chosen before the words are here is read all the same
    this.view = this.querySelector(".scan-view");
    this.video = this.querySelector("video");
    this.says = this.querySelector("[role=status]");
    for (const part of this.querySelectorAll("[data-needs-reader]")) part.hidden = false;
    this.addEventListener("click", (event) => this.press(event.target.closest("[data-scan]")?.dataset.scan));
    this.addEventListener("change", (event) => event.target.type === "file" && this.photo(event.target));
    this.onHidden = () => document.hidden && this.stop();
    document.addEventListener("visibilitychange", this.onHidden);
    if (this.hasAttribute("data-start")) this.start();
    const early = this.querySelector("input[type=file]"); // a photo chosen before this module was here
    if (early?.files.length) this.photo(early);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.onHidden);
    this.stop();
  }

  press(act) {
    const acts = {
      camera: () => this.start(),
      stop: () => this.stop(),
      torch: () => this.torch(),
      photo: () => this.querySelector("input[type=file]").click(),
    };
    acts[act]?.();
  }

  async read(picture) {
    try {
      return await (await reader()).detect(picture);
    } catch (error) {
      // A frame that isn't there yet is no failure; a reader that can't be had is.
      if (!(error instanceof DOMException)) this.tell("scan.type");
      return [];
    }
  }

  async start() {
    const wish = { video: { facingMode: "environment" }, audio: false };
    this.stream = await navigator.mediaDevices?.getUserMedia(wish).catch(() => null);
    if (!this.stream) return this.tell("scan.no_camera");
    this.view.hidden = false;
    this.video.srcObject = this.stream;
    await this.video.play();
    this.tell("scan.looking");
    this.offerTorch();
    this.look();
  }

  offerTorch() {
    const button = this.querySelector("[data-scan=torch]");
    const can = this.stream.getVideoTracks()[0]?.getCapabilities?.().torch;
    if (button) button.hidden = !can;
  }

  async torch() {
    const button = this.querySelector("[data-scan=torch]");
    const on = button.getAttribute("aria-pressed") !== "true";
    await this.stream?.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] }).catch(() => {});
    button.setAttribute("aria-pressed", String(on));
  }

  async look() {
    while (this.stream) {
      const found = await this.read(this.video);
      if (found.some((code) => this.follow(code.rawValue))) return this.stop();
      await new Promise((done) => setTimeout(done, BETWEEN));
    }
  }

  async photo(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    this.tell("scan.reading");
    const bitmap = await createImageBitmap(file).catch(() => null);
    const found = bitmap ? await this.read(bitmap) : [];
    if (!found.length) this.tell("scan.none");
    found.some((code) => this.follow(code.rawValue));
  }

  /** Go where a code leads if it is ours; true when it was followed. */
  follow(text) {
    const places = this.dataset.go.split(" "); // where our codes lead; a bare code belongs to the first
    const address = parsed(CODE.test(text) ? places[0] + encodeURIComponent(text) : text);
    if (address?.origin !== location.origin || !places.some((place) => address.pathname.startsWith(place))) {
      this.tell("scan.foreign");
      felt("wrong");
      return false;
    }
    felt("hit");
    const field = this.hasAttribute("data-fill") && this.querySelector("form input:not([type=hidden])");
    if (field) this.fill(field, text);
    else location.assign(address.pathname + address.search);
    return true;
  }

  fill(field, text) {
    field.value = text;
    this.tell("scan.found");
    field.form.requestSubmit();
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    if (this.view) this.view.hidden = true;
  }

  async tell(key) {
    const say = await this.ready;
    if (this.says) this.says.textContent = say(key);
  }
}

customElements.define("qr-scan", QrScan);
