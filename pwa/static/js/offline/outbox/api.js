// One request to the hall on behalf of the person whose thing it is, from a page or from the worker. What comes back is
// the hall's answer or a Stuck that says why there is none; an answer that isn't the hall's (a café's sign-in page) counts
// as no network.

import { Stuck } from "./stuck.js";

export { Stuck };

const PATIENCE = 45_000; // ms for a small request, also where a page takes half a minute
// The hall could not just now: too slow, too early, being sent elsewhere, too often.
const PASSING = new Set([408, 423, 425, 429]);

/** Ask the API: `path` from "/api/v1/…"; `key` is the Idempotency-Key. Parsed JSON, or null for an empty answer. */
export async function ask(method, path, { body, headers = {}, key = null, person = null } = {}) {
  const sent = { accept: "application/json, application/problem+json", ...headers };
  if (key) sent["idempotency-key"] = key;
  if (body !== undefined) sent["content-type"] = "application/json";
  const response = await request(method, path, { headers: sent, person, body: body === undefined ? undefined : JSON.stringify(body) });
  if (response.status === 204) return null;
  if (!isJson(response)) throw new Stuck("no_network");
  return response.json().catch(() => {
    throw new Stuck(lost()); // cut in the middle of the answer
  });
}

/** The same with any body; resolves with the Response when it is a success of the hall. */
export async function request(method, path, { body, headers = {}, person = null, patience = PATIENCE } = {}) {
  const marks = person ? { "x-yimaban-person": person } : {};
  const options = { method, body, headers: { ...headers, ...marks }, signal: limit(patience) };
  const response = await fetch(path, { ...options, cache: "no-store", redirect: "manual" }).catch(() => {
    throw new Stuck(lost());
  });
  if (response.type === "opaqueredirect") throw new Stuck("no_network"); // the API never sends anybody elsewhere
  if (!response.ok) throw await refusal(response);
  return response;
}

function limit(patience) {
  if (AbortSignal.timeout) return AbortSignal.timeout(patience);
  const late = new AbortController(); // a phone of some years ago
  setTimeout(() => late.abort(), patience);
  return late.signal;
}

/** What a lost request is called: the browser says when there is no network at all. */
export const lost = () => (navigator.onLine ? "server" : "no_network");

const isJson = (response) => (response.headers.get("content-type") ?? "").includes("json");

async function refusal(response) {
  const { status } = response;
  const problem = isJson(response) ? await response.json().catch(() => null) : null;
  const facts = { why: problem?.detail ?? problem?.title ?? null, code: problem?.code ?? null, errors: problem?.errors ?? null };
  if (status >= 500 || PASSING.has(status)) return new Stuck("server", { ...facts, retryAfter: seconds(response) });
  if (!isJson(response)) return new Stuck("no_network"); // not an answer of the hall
  if (status === 401) return new Stuck("signed_out", facts);
  if (facts.code === "session.other_person") return new Stuck("other_person", facts);
  return Object.assign(new Stuck("refused", facts), { status });
}

function seconds(response) {
  const said = response.headers.get("retry-after");
  if (!said) return null;
  const wait = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
