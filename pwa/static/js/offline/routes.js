// Which view draws which address on the phone. A view is `offline/views/<name>.js` exporting
// `async function view({params, query, say, navigate}) -> {title, heading, back, tab, main, act}`.

export const routes = [
  ["/", () => import("./views/home.js")],
  ["/matters", () => import("./views/search.js")],
  ["/matters/yjs-:code", () => import("./views/bundle.js")],
  ["/matters/:code", () => import("./views/guide.js")],
  ["/matters/:code/start", () => import("./views/start.js")],
  ["/drafts/:id", () => import("./views/draft.js")],
  ["/drafts/:id/topics/:slug", () => import("./views/topic.js")],
  ["/drafts/:id/check", () => import("./views/check.js")],
  ["/drafts/:id/rivals", () => import("./views/rivals.js")],
  ["/drafts/:id/changes", () => import("./views/changes.js")],
  ["/drafts/:id/sent", () => import("./views/sent.js")],
  ["/drafts/:id/receipt", () => import("./views/sent.js")],
  ["/cases", () => import("./views/cases.js")],
  ["/desk/intake", () => import("./views/intake.js")],
  ["/desk/intake/:code", () => import("./views/walk-in.js")],
  ["/outbox", () => import("./views/outbox.js")],
  ["/offline/posted", () => import("./views/posted.js")],
  ["/offline/left", () => import("./views/left.js")],
  ["/sign-out", () => import("./views/sign-out.js")],
  ["/share", () => import("./views/share.js")],
];

/** The loader and the named parts of an address, or null. */
export function routed(path) {
  for (const [pattern, load] of routes) {
    const found = path.match(new RegExp(`^${pattern.replace(/:(\w+)/g, "(?<$1>[^/]+)")}/?$`));
    if (found) return { load, params: Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, part]) => [name, decodeURIComponent(part)])) };
  }
  return null;
}
