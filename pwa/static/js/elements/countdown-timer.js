// <countdown-timer data-until="2026-11-27T08:00:00Z"> or <countdown-timer data-seconds="60">: shows what is left as m:ss,
// or as data-say="还有 {m} 分 {s} 秒"; speaks up only in its last ten seconds, fires `elapsed`, reveals or enables what
// data-then (a selector) names and hides what data-hides names.

class CountdownTimer extends HTMLElement {
  connectedCallback() {
    const until = this.dataset.until ? Date.parse(this.dataset.until) : Date.now() + 1000 * this.dataset.seconds;
    this.setAttribute("role", "timer");
    this.clock = setInterval(() => this.tick(until), 1000);
    this.tick(until);
  }

  disconnectedCallback() {
    clearInterval(this.clock);
  }

  tick(until) {
    const left = Math.max(0, Math.round((until - Date.now()) / 1000));
    this.textContent = this.said(Math.floor(left / 60), left % 60);
    this.setAttribute("aria-live", left <= 10 ? "assertive" : "off");
    if (left) return;
    clearInterval(this.clock);
    this.dispatchEvent(new CustomEvent("elapsed", { bubbles: true }));
    const waiting = this.dataset.then && document.querySelector(this.dataset.then);
    if (waiting) Object.assign(waiting, { hidden: false, disabled: false });
    const over = this.dataset.hides && this.closest(this.dataset.hides);
    if (over) over.hidden = true;
  }

  said(m, s) {
    if (!this.dataset.say) return `${m}:${String(s).padStart(2, "0")}`;
    return this.dataset.say.replace("{m}", m).replace("{s}", s);
  }
}

customElements.define("countdown-timer", CountdownTimer);
