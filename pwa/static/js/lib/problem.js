// What a server said no with: RFC 9457 problem+json, already in the reader's language.

/** The sentence of a failed response, or null when it carries none. */
export async function sentence(response) {
  const kind = response.headers.get("content-type") ?? "";
  if (!kind.includes("json")) return null;
  const problem = await response.json().catch(() => null);
  return problem?.detail ?? problem?.title ?? null;
}

/** The same, from the raw text of a body (tus gives no Response). */
export function sentenceIn(text) {
  try {
    const problem = JSON.parse(text);
    return problem.detail ?? problem.title ?? null;
  } catch {
    return null;
  }
}

/** Headers of a request that changes something. */
export function changing() {
  return {
    accept: "application/json, application/problem+json",
    "content-type": "application/json",
    "x-csrf-token": document.querySelector('meta[name="csrf"]')?.content ?? "",
  };
}
