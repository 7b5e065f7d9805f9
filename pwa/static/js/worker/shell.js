// The shell in the reader's language and look. The kept page has neither text size nor theme: the worker puts in what
// the last page from the server said (the page's script notes it for the device).

import { recall } from "../lib/person.js";
import { keptShell } from "./assets.js";

const MARKS = { text: "data-text", theme: "data-theme", contrast: "data-contrast" };

/** The shell as an answer to the navigation to `path`; `cause` is no_network or server, or "" if all is well. */
export async function shell(path, cause) {
  const look = (await recall("look")) ?? {};
  const lang = look.lang === "en" ? "en" : "zh";
  const kept = await keptShell(lang);
  if (!kept) return Response.error();
  const marks = Object.entries(MARKS)
    .filter(([name]) => /^[a-z]+$/.test(look[name] ?? ""))
    .map(([name, attribute]) => ` ${attribute}="${look[name]}"`);
  const text = (await kept.text())
    .replace("<html", `<html${marks.join("")}`)
    .replace("</head>", `${asked(path, lang)}</head>`)
    .replace("<body", `<body data-cause="${cause}"`);
  return new Response(text, { headers: kept.headers });
}

/** What the view of this address needs, named before any script has run: a chain of imports costs a slow phone much. */
function asked(path, lang) {
  const views = Object.entries(self.carried.views[lang]);
  const found = views.find(([pattern]) => new RegExp(`^${pattern.replace(/:\w+/g, "[^/]+")}/?$`).test(path));
  return (found?.[1] ?? []).map((place) => `<link rel="modulepreload" href="${self.carried.files[place]}">`).join("");
}
