// The only script every page loads: it brings in the module of each custom element that is on the page, and of those
// that an htmx swap brings later. Nothing here knows any page.

const elements = {
  "auto-save": () => import("./elements/auto-save.js"),
  "upload-list": () => import("./elements/upload-list.js"),
  "live-status": () => import("./elements/live-status.js"),
  "passkey-button": () => import("./elements/passkey-button.js"),
  "image-viewer": () => import("./elements/image-viewer.js"),
  "qr-scan": () => import("./elements/qr-scan.js"),
  "countdown-timer": () => import("./elements/countdown-timer.js"),
  "print-button": () => import("./elements/small-buttons.js"),
  "share-button": () => import("./elements/small-buttons.js"),
  "copy-button": () => import("./elements/small-buttons.js"),
  "once-form": () => import("./elements/once-form.js"),
  "quick-phrases": () => import("./elements/quick-phrases.js"),
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
function focus(root) {
  const message = root.matches?.("[data-focus]") ? root : root.querySelector?.("[data-focus]");
  message?.focus();
}

function arrived(node) {
  if (node.nodeType === Node.ELEMENT_NODE) {
    load(node);
    focus(node);
  }
}

load(document);
focus(document);
new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(arrived))).observe(
  document.body,
  { childList: true, subtree: true },
);
