// <upload-list data-url data-meta data-key [data-max] [data-count]> with file inputs and a <ul data-files>.
// Each chosen file is made small, kept in IndexedDB until the server has all of it, and sent by tus 1.0: it can be
// paused, it survives a reload and a lost network, and it is taken up where it stopped. Rows that the server drew carry
// their own button [data-remove] with the address to DELETE. With data-name, each file that arrived stands in the form
// under that name. Fires `uploaded` {name, url} and `removed` {url}.

import "../../vendor/tus.min.js";
import { changing, sentence, sentenceIn } from "../lib/problem.js";
import { offerShared } from "../lib/shared.js";
import { shrunk } from "../lib/shrink.js";
import { all, forget, keep } from "../lib/store.js";
import { UploadRow } from "../lib/upload-row.js";
import { words } from "../lib/words.js";

const RETRIES = [0, 1000, 3000, 5000, 10000];
// Signed out, an offset that moved on, being sent elsewhere, too often: all of these pass, the file is kept.
const PASSING = new Set([401, 409, 423, 429]);

class UploadList extends HTMLElement {
  connectedCallback() {
    this.files = this.querySelector("[data-files]");
    this.addEventListener("change", (event) => event.target.type === "file" && this.chosen(event.target));
    this.addEventListener("click", (event) => this.dropped(event, event.target.closest("[data-remove]")));
    this.ready = this.prepare(); // a file chosen before the words are here waits for them
  }

  async prepare() {
    this.say = await words();
    const records = await all("uploads").catch(() => []);
    records.filter((record) => record.key === this.dataset.key).forEach((record) => this.begin(record));
    offerShared(this, (file) => this.take(file)); // what another app gave us, if anything waits
  }

  chosen(input) {
    for (const file of input.files) this.take(file);
    input.value = "";
  }

  async take(file) {
    await this.ready;
    const record = { id: crypto.randomUUID(), key: this.dataset.key, name: file.name, blob: file, url: null };
    const row = this.row(record);
    row.show("preparing");
    if (this.querySelectorAll(".file").length > Number(this.dataset.count || Infinity)) {
      return row.show("refused", { why: this.say("up.too_many", { count: this.dataset.count }) });
    }
    const small = await shrunk(file);
    if (small.size > Number(this.dataset.max || Infinity)) {
      const limit = Math.floor(Number(this.dataset.max) / 1048576);
      return row.show("refused", { why: this.say("up.too_large", { limit }) });
    }
    Object.assign(record, { blob: small, name: small.name });
    await keep("uploads", record.id, record).catch(() => {});
    this.send(record, row);
  }

  begin(record) {
    // The server drew what it has of this file as somebody else's unfinished one; here it goes on.
    const id = record.url?.split("/").pop();
    if (id) this.querySelector(`[data-remove$="/${id}"]`)?.closest(".file").remove();
    this.send(record, this.row(record));
  }

  row(record) {
    const row = new UploadRow(record.name, this.say, {
      pause: () => this.pause(record, row),
      resume: () => record.upload.start(),
      remove: () => this.remove(record, row),
    });
    row.picture(record.blob);
    this.files.hidden = false;
    this.files.append(row.element);
    return row;
  }

  send(record, row) {
    record.upload = new window.tus.Upload(record.blob, {
      endpoint: this.dataset.url,
      uploadUrl: record.url,
      retryDelays: RETRIES,
      storeFingerprintForResuming: false,
      headers: { accept: "application/problem+json" },
      metadata: { filename: record.name, filetype: record.blob.type, ...JSON.parse(this.dataset.meta || "{}") },
      onUploadUrlAvailable: () => this.begun(record),
      onProgress: (sent, total) => row.show("sending", { percent: Math.floor((100 * sent) / total) }),
      onSuccess: () => this.finished(record, row),
      onError: (error) => this.stopped(record, row, error),
    });
    row.show("sending", { percent: 0 });
    record.upload.start();
  }

  begun(record) {
    record.url = record.upload.url;
    const { upload, ...plain } = record;
    return keep("uploads", record.id, plain).catch(() => {});
  }

  pause(record, row) {
    record.upload.abort();
    row.show("paused", { percent: row.progress.value });
  }

  async finished(record, row) {
    await forget("uploads", record.id).catch(() => {});
    row.show("done");
    if (this.dataset.name) row.element.append(this.named(record.upload.url.split("/").pop()));
    this.tell("uploaded", { name: record.name, url: record.upload.url });
  }

  named(value) {
    return Object.assign(document.createElement("input"), { type: "hidden", name: this.dataset.name, value });
  }

  async stopped(record, row, error) {
    const response = error.originalResponse;
    const status = response?.getStatus() ?? 0;
    if (status >= 400 && status < 500 && !PASSING.has(status)) {
      await forget("uploads", record.id).catch(() => {});
      row.show("refused", { why: sentenceIn(response.getBody()) ?? this.say("up.why_refused") });
    } else {
      const why = sentenceIn(response?.getBody()) ?? this.say("up.why_network");
      row.show("failed", { percent: row.progress.value, why });
      window.addEventListener("online", () => record.upload.start(), { once: true });
    }
  }

  async remove(record, row) {
    record.upload?.abort();
    await forget("uploads", record.id).catch(() => {});
    const url = record.upload?.url;
    if (url) await fetch(url, { method: "DELETE", headers: { ...changing(), "tus-resumable": "1.0.0" } }).catch(() => {});
    row.element.remove();
    this.tell("removed", { url });
  }

  async dropped(event, button) {
    if (!button) return;
    event.preventDefault(); // without scripts the button sends a form of its own
    const url = button.dataset.remove;
    const response = await fetch(url, { method: "DELETE", headers: { ...changing(), "tus-resumable": "1.0.0" } }).catch(() => null);
    if (response?.ok) {
      button.closest(".file").remove();
      this.tell("removed", { url });
    } else {
      const why = (response && (await sentence(response))) ?? this.say("up.not_removed");
      button.setAttribute("aria-label", why);
      button.closest(".file").querySelector(".st").textContent = why;
    }
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

customElements.define("upload-list", UploadList);
