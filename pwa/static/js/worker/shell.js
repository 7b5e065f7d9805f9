// The shell in the reader's language and look. The kept page has neither text size nor theme: the worker puts in what
// the last page from the server said (the page's script notes it for the device).

import { recall } from "../lib/person.js";
import { keptShell } from "./assets.js";

const MARKS = { text: "data-text", theme: "data-theme", contrast: "data-contrast" };

/** The shell as an answer to a navigation, whatever its address; `cause` is no_network or server, or "" if all is well. */
export async function shell(cause) {
  const look = (await recall("look")) ?? {};
  const kept = await keptShell(look.lang);
  if (!kept) return Response.error();
  const marks = Object.entries(MARKS)
    .filter(([name]) => /^[a-z]+$/.test(look[name] ?? ""))
    .map(([name, attribute]) => ` ${attribute}="${look[name]}"`);
  const text = (await kept.text())
    .replace("<html", `<html${marks.join("")}`)
    .replace("<body", `<body data-cause="${cause}"`);
  return new Response(text, { headers: kept.headers });
}
