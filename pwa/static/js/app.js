// The only script every page loads: it brings in the module of each custom element that is on the page, and of those
// that an htmx swap brings later. Nothing here knows any page.

const elements = {
  "auto-save": () => import("./elements/auto-save.js"),
  "upload-list": () => import("./elements/upload-list.js"),
  "live-status": () => import("./elements/live-status.js"),
  "passkey-button": () => import("./elements/passkey-button.js"),
  "image-viewer": () => import("./elements/image-viewer.js"),
  "qr-scan": () => import("./elements/qr-scan.js"),
  "code-keeper": () => import("./elements/code-keeper.js"),
  "watched-codes": () => import("./elements/watched-codes.js"),
  "countdown-timer": () => import("./elements/countdown-timer.js"),
  "print-button": () => import("./elements/small-buttons.js"),
  "share-button": () => import("./elements/small-buttons.js"),
  "copy-button": () => import("./elements/small-buttons.js"),
  "relay-watch": () => import("./elements/relay-watch.js"),
  "kiosk-idle": () => import("./elements/kiosk-idle.js"),
  "wall-clock": () => import("./elements/wall-clock.js"),
  "key-pad": () => import("./elements/key-pad.js"),
  "unsent-first": () => import("./elements/unsent-first.js"),
  "push-switch": () => import("./elements/push-switch.js"),
  "notice-list": () => import("./elements/notice-list.js"),
  "once-form": () => import("./elements/once-form.js"),
  "quick-phrases": () => import("./elements/quick-phrases.js"),
  "code-show": () => import("./elements/code-show.js"),
  "read-aloud": () => "speechSynthesis" in window && import("./elements/read-aloud.js"),
  "local-drafts": () => import("./elements/local-drafts.js"),
  "offline-app": () => import("./elements/offline-app.js"),
  "deed-form": () => import("./elements/deed-form.js"),
  "case-deeds": () => import("./elements/case-deeds.js"),
  "sign-pad": () => import("./elements/sign-pad.js"),
  "survey-record": () => import("./elements/survey-record.js"),
  "visit-pack": () => import("./elements/visit-pack.js"),
  "leave-now": () => import("./elements/leaving.js"),
  "leave-choice": () => import("./elements/leaving.js"),
};

const waiting = new Map(Object.entries(elements));

/** Load the modules of the elements under a node; each module defines its element once. */
function load(root) {
  for (const [name, module] of waiting) {
    if (root.matches?.(name) || root.querySelector(name)) {
      waiting.delete(name);
      module();
    }
  }
}

/** After a refusal or a form with faults, put the reader where the message is. */
function focus(root, wanted = "[data-focus]") {
  const message = root.matches?.(wanted) ? root : root.querySelector?.(wanted);
  message?.focus();
  if (message?.matches(".govuk-error-summary, [role=alert]")) import("./lib/haptics.js").then((lib) => lib.felt("wrong"));
}

function arrived(node) {
  if (node.nodeType === Node.ELEMENT_NODE) {
    load(node);
    focus(node);
  }
}

/** The page is to be read first; only one that a script draws waits for its script. */
function painted(then) {
  if (document.hidden || document.querySelector("offline-app")) return then();
  requestAnimationFrame(() => setTimeout(then));
}

painted(() => load(document));
focus(document, "[data-focus], [aria-invalid=true]"); // a page with one fault and no summary: in that field
new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(arrived))).observe(
  document.body,
  { childList: true, subtree: true },
);

document.addEventListener("touchstart", () => {}, { passive: true }); // without a listener iOS shows no :active

// What only matters once the page stands: who uses this phone, the worker, copies for a time without network. Who only
// scans a code and has no worker yet gets none of it.
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
const isPassing = location.pathname.startsWith("/t/") && !meta("person") && !navigator.serviceWorker?.controller;
const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
const stands = document.querySelector("offline-app") ? "stands" : "load"; // the view of the phone's own page comes first
if (!isPassing) window.addEventListener(stands, () => idle(() => import("./lib/keeping.js").then((kept) => kept.keep())));
if (document.body.dataset.cause) import("./lib/strip.js").then((strip) => strip.show());
window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  import("./lib/install.js").then((install) => install.offer(event));
});
