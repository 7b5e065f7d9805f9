// <kiosk-idle data-seconds="90" data-warn="60"> around a form that ends the visit and a <dialog>: asks after a minute
// without a touch, and ends the visit half a minute later. What is on the screen goes first, whether the hall answers or
// not; a page that comes back out of the browser's memory is asked for anew.

const PING_EVERY = 20_000;
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchstart", "input"];

class KioskIdle extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.gone = new AbortController();
    const { signal } = this.gone;
    for (const name of TOUCHES) document.addEventListener(name, () => this.touched(), { signal, passive: true });
    window.addEventListener("pageshow", (event) => event.persisted && location.reload(), { signal });
    this.querySelector("[data-stay]").addEventListener("click", () => this.touched());
    this.dialog.addEventListener("close", () => this.touched());
    this.pinged = Date.now();
    this.last = Date.now();
    this.clock = setInterval(() => this.tick(), 500);
  }

  disconnectedCallback() {
    clearInterval(this.clock);
    this.gone.abort();
  }

  touched() {
    this.last = Date.now();
    if (this.dialog.open) this.dialog.close();
    if (this.last - this.pinged < PING_EVERY) return;
    this.pinged = this.last; // typing alone says nothing to the hall, whose own clock runs as well
    fetch(location.href, { headers: { accept: "text/html" } }).catch(() => {});
  }

  tick() {
    const idle = (Date.now() - this.last) / 1000;
    const left = Math.max(0, Math.ceil(this.dataset.seconds - idle));
    if (left === 0) return this.end();
    if (idle < this.dataset.warn) return;
    if (!this.dialog.open) this.dialog.showModal();
    this.querySelector("[data-left]").textContent = left;
  }

  end() {
    clearInterval(this.clock);
    const form = this.querySelector("form");
    document.body.replaceChildren(form);
    form.hidden = true;
    form.submit();
  }
}

customElements.define("kiosk-idle", KioskIdle);
