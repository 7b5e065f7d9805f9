// <live-status data-src data-fragment> around a part of the page: any message on the event stream means "it changed",
// and the part is fetched again (its ETag makes an unchanged answer free). Without a stream it asks every half minute.

const EVERY = 30000;
const PATIENCE = 2;

class LiveStatus extends HTMLElement {
  connectedCallback() {
    this.setAttribute("aria-live", "polite");
    this.failures = 0;
    this.tag = this.dataset.etag ?? "";
    this.listen();
    this.seen = () => !document.hidden && this.refresh();
    document.addEventListener("visibilitychange", this.seen);
  }

  disconnectedCallback() {
    this.source?.close();
    clearInterval(this.clock);
    document.removeEventListener("visibilitychange", this.seen);
  }

  listen() {
    if (!this.dataset.src || !window.EventSource) return this.poll();
    this.source = new EventSource(this.dataset.src);
    this.source.onopen = () => (this.failures = 0);
    this.source.onmessage = () => this.refresh();
    this.source.onerror = () => {
      this.failures += 1;
      if (this.failures >= PATIENCE || this.source.readyState === EventSource.CLOSED) this.poll();
    };
  }

  poll() {
    this.source?.close();
    this.clock ??= setInterval(() => !document.hidden && this.refresh(), EVERY);
  }

  async refresh() {
    const headers = { "hx-request": "true", ...(this.tag && { "if-none-match": this.tag }) };
    const response = await fetch(this.dataset.fragment ?? location.href, { headers, cache: "no-store" }).catch(() => null);
    if (!response || response.status !== 200) return;
    this.tag = response.headers.get("etag") ?? "";
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const inside = page.querySelector("live-status") ?? page.body;
    this.replaceChildren(...inside.childNodes);
    this.dispatchEvent(new CustomEvent("refreshed", { bubbles: true }));
  }
}

customElements.define("live-status", LiveStatus);
