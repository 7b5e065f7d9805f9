// The hall says that there is a notice: the phone shows it, and a tap opens the very page. What comes carries no
// personal data, and one notice is one note, however often it is sent (the tag is its id).

import { currentPerson, recall } from "../lib/person.js";
import { announce } from "../lib/push.js";

const WORDS = {
  zh: { title: "一码办", body: "您有一条新消息，点开看。" },
  en: { title: "一码办", body: "You have a new notice. Tap to read it." },
};

self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url));
});
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

/** Every push must show something: a browser takes the right away from who pushes in secret. */
async function show(data) {
  const look = (await recall("look").catch(() => null)) ?? {};
  const lang = look.lang === "en" ? "en" : "zh";
  const told = { ...WORDS[lang], ...read(data) };
  const icon = self.carried.files.find((file) => file.includes("/img/app-192"));
  await self.registration.showNotification(told.title, {
    body: told.body,
    tag: told.id ?? "notice",
    lang: lang === "en" ? "en" : "zh-CN",
    icon,
    badge: icon,
    data: { url: told.url ?? "/inbox" },
  });
  await navigator.setAppBadge?.().catch(() => {}); // not installed
}

function read(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

/** To the page of the notice: in a window that is open, else in a new one. Only our own pages. */
async function open(url) {
  const target = new URL(url ?? "/inbox", self.location.origin);
  const address = target.origin === self.location.origin ? target.href : new URL("/inbox", self.location.origin).href;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((each) => each.focused) ?? pages.find((each) => each.visibilityState === "visible") ?? pages[0];
  if (!page) return self.clients.openWindow(address);
  await page.focus().catch(() => {}); // a browser may not let us; the page is shown all the same
  return page.navigate(address).catch(() => self.clients.openWindow(address));
}

/** The push service gave this browser another address: the hall must know, or nothing arrives any more. */
async function renew(event) {
  const old = event.oldSubscription;
  const fresh = event.newSubscription ?? (old && (await self.registration.pushManager.subscribe(old.options)));
  if (fresh && (await currentPerson())) await announce(fresh, old?.endpoint);
}
