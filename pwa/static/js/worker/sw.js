// The service worker, served as /sw.js with the list of what it keeps (backend/shell/worker.py). Each concern is a
// module beside this one; this file only says which event goes where.

import { asset, dropOldAssets, isAsset, keepAssets, noteOldPages } from "./assets.js";
import { isPage, page } from "./navigation.js";
import { isPaper, paper } from "./papers.js";
import { form, share } from "./posts.js";
import "./push.js";
import { signOut } from "./signing-out.js";
import "./sync.js";

self.addEventListener("install", (event) => event.waitUntil(keepAssets()));

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function takeOver() {
  await noteOldPages();
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
  await dropOldAssets();
}

self.addEventListener("message", (event) => {
  if (event.data === "update") self.skipWaiting(); // the reader tapped "有新版本"
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "GET" && isAsset(url)) return event.respondWith(asset(request));
  if (isPaper(request, url)) return event.respondWith(paper(event, url));
  if (request.mode !== "navigate" || !isPage(url)) return;
  if (request.method === "POST" && url.pathname === "/share") return event.respondWith(share(request));
  if (request.method === "POST" && url.pathname === "/sign-out") return event.respondWith(signOut(event));
  if (request.method === "POST") return event.respondWith(form(event));
  if (request.method === "GET") {
    event.respondWith(page(event));
    event.waitUntil(dropOldAssets());
  }
});
