// <relay-watch data-url data-away="yes|no">: asks where the draft is, and shows its page anew once it went or came.

const EVERY = 3000;

class RelayWatch extends HTMLElement {
  connectedCallback() {
    this.clock = setInterval(() => document.hidden || this.ask(), EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.clock);
  }

  async ask() {
    const response = await fetch(this.dataset.url, { headers: { accept: "application/json" } }).catch(() => null);
    if (!response?.ok) return;
    const { is_away, case_id } = await response.json();
    if (case_id || is_away !== (this.dataset.away === "yes")) location.replace(`/drafts/${this.dataset.url.split("/").at(-2)}/relay`);
  }
}

customElements.define("relay-watch", RelayWatch);
