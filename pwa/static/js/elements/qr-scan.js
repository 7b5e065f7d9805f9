// <qr-scan data-go="/t/"> with a .scan-view (<video>), buttons [data-scan=camera|stop|photo], a file input and a form to
// type the code into. Reads codes where the browser can (BarcodeDetector), live or from a photo; else the form stays.
// Only addresses of this site and bare codes are followed; anything else is named, never opened.

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
  async connectedCallback() {
    this.say = await words();
    this.view = this.querySelector(".scan-view");
    this.video = this.querySelector("video");
    this.says = this.querySelector("[role=status]");
    const formats = (await window.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) ?? [];
    this.reads = formats.includes("qr_code");
    for (const part of this.querySelectorAll("[data-needs-reader]")) part.hidden = !this.reads;
    if (!this.reads) return this.tell("scan.type");
    this.reader = new window.BarcodeDetector({ formats: ["qr_code"] });
    this.addEventListener("click", (event) => this.press(event.target.closest("[data-scan]")?.dataset.scan));
    this.addEventListener("change", (event) => event.target.type === "file" && this.photo(event.target));
    if (this.hasAttribute("data-start")) this.start();
  }

  disconnectedCallback() {
    this.stop();
  }

  press(act) {
    ({ camera: () => this.start(), stop: () => this.stop(), photo: () => this.querySelector("input[type=file]").click() })[act]?.();
  }

  async start() {
    const wish = { video: { facingMode: "environment" }, audio: false };
    this.stream = await navigator.mediaDevices?.getUserMedia(wish).catch(() => null);
    if (!this.stream) return this.tell("scan.no_camera");
    this.view.hidden = false;
    this.video.srcObject = this.stream;
    await this.video.play();
    this.tell("scan.looking");
    this.look();
  }

  async look() {
    while (this.stream) {
      const found = await this.reader.detect(this.video).catch(() => []);
      if (found.some((code) => this.follow(code.rawValue))) return this.stop();
      await new Promise((done) => setTimeout(done, BETWEEN));
    }
  }

  async photo(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const bitmap = await createImageBitmap(file).catch(() => null);
    const found = bitmap ? await this.reader.detect(bitmap).catch(() => []) : [];
    if (!found.length) this.tell("scan.none");
    found.some((code) => this.follow(code.rawValue));
  }

  /** Go where a code leads if it is ours; true when it was followed. */
  follow(text) {
    const address = parsed(CODE.test(text) ? this.dataset.go + encodeURIComponent(text) : text);
    if (address?.origin !== location.origin || !address.pathname.startsWith(this.dataset.go)) {
      this.tell("scan.foreign");
      return false;
    }
    const event = new CustomEvent("scanned", { bubbles: true, cancelable: true, detail: { text, address: address.href } });
    if (this.dispatchEvent(event)) location.assign(address.pathname + address.search);
    return true;
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    if (this.view) this.view.hidden = true;
  }

  tell(key) {
    if (this.says) this.says.textContent = this.say(key);
  }
}

customElements.define("qr-scan", QrScan);
