// <read-aloud hidden> with buttons [data-do="play pause stop"]: reads the page in order, bars and forms left out, in the voice of
// each text's language. It stays hidden where the device has no voice for the page's language.

const voice = globalThis.speechSynthesis;

class ReadAloud extends HTMLElement {
  connectedCallback() {
    if (!voice) return;
    this.gone = new AbortController();
    const { signal } = this.gone;
    this.addEventListener("click", (event) => this[event.target.closest("[data-do]")?.dataset.do]?.(), { signal });
    voice.addEventListener("voiceschanged", () => this.offer(), { signal }); // they come late
    window.addEventListener("pagehide", () => this.stop(), { signal });
    this.offer();
  }

  disconnectedCallback() {
    this.gone?.abort();
    if (this.isReading) this.stop();
  }

  offer() {
    this.hidden = !voiceFor(document.documentElement.lang);
  }

  async play() {
    if (voice.paused && this.isReading) {
      voice.resume();
      return this.tell("reading");
    }
    const { readable } = await import("../lib/readable.js"); // only for who listens
    voice.cancel();
    this.rest = readable(document.querySelector(".app") ?? document.body);
    this.isReading = true;
    this.tell("reading");
    this.next();
  }

  next() {
    const piece = this.rest.shift();
    this.mark(piece?.element);
    if (!piece) return this.stop();
    const said = Object.assign(new SpeechSynthesisUtterance(piece.text), { lang: piece.lang, voice: voiceFor(piece.lang) ?? null });
    said.onend = () => this.said === said && this.next();
    said.onerror = () => this.said === said && this.stop();
    this.said = said; // one that was cancelled ends too, and must not go on
    voice.speak(said);
  }

  pause() {
    voice.pause();
    this.tell("paused");
  }

  stop() {
    this.said = null;
    this.isReading = false;
    voice.cancel();
    this.mark();
    this.tell("");
  }

  tell(state) {
    this.dataset.state = state;
    for (const button of this.querySelectorAll("[data-do]")) {
      const { do: does, when = "" } = button.dataset;
      button.hidden = !when.split(" ").includes(state || "still");
      if (!button.hidden && does !== "stop" && this.contains(document.activeElement)) button.focus();
    }
  }

  mark(element) {
    this.marked?.classList.remove("is-read");
    element?.classList.add("is-read");
    element?.scrollIntoView({ block: "nearest" });
    this.marked = element;
  }
}

/** A voice of a language, or undefined; some devices write zh_CN, some cmn. */
function voiceFor(lang) {
  const wanted = lang.startsWith("en") ? /^en/i : /^(zh|cmn)/i;
  const known = voice.getVoices().filter((each) => wanted.test(each.lang));
  return known.find((each) => each.localService) ?? known[0];
}

customElements.define("read-aloud", ReadAloud);
