// From a form of the desk to the body of its API call, the officer's own words in it, and what it still lacks.

import { surveyBody, surveyFiles, surveyLacks, surveyWords } from "./survey.js";

const text = (form, name) => (form.get(name) ?? "").toString().trim();

const SHAPES = {
  seeing: { body: () => ({}), lacks: () => null },
  tick: {
    body: (form) => ({ verdict: form.get("verdict") || null, note: text(form, "note") }),
    lacks: (body) => (body.verdict ? null : "missing.verdict"),
  },
  decline: {
    body: (form) => ({ ground: form.get("ground") ?? "", reasons: text(form, "reasons"), competent_organ: text(form, "competent_organ") }),
    lacks: (body) => (body.ground && body.reasons ? null : "missing.decline"),
  },
  decision: { body: decision, lacks: (body) => (body.opinion || body.reason ? null : body.choose ? "missing.choice" : "missing.opinion") },
  survey: { body: surveyBody, lacks: surveyLacks, files: surveyFiles, words: surveyWords },
  correction: { body: correction, lacks: (body) => (body.items.length && body.items.every((item) => item.problem) ? null : "missing.items") },
};

/** The body that this form stands for. `materials` are the places that are papers; the others are questions of the form. */
export const bodyOf = (shape, form, materials) => SHAPES[shape].body(form, materials);

/** The key of the sentence that says what is missing, or null; `asked` is what the page wants of this form. */
export const lacking = (shape, body, asked = {}) => SHAPES[shape].lacks(body, asked);

/** The files of the form that go along: [{blob, into}]. */
export const filesOf = (shape, form) => SHAPES[shape].files?.(form) ?? [];

const STEPS = {
  review_grant: ["review", "reviews"],
  review_refuse: ["review", "reviews"],
  check: ["check", "checks"],
  send_back: ["send_back", "returns"],
};

/** {act, path} below the case of what an approver chose; null for what only the hall can take: a decision is signed by passkey. */
export function stepOf(form) {
  const [act, path] = STEPS[form.get("choice")] ?? [];
  return act ? { act, path } : null;
}

/** The paths of every step that an approver's form may stand for. */
export const STEP_PATHS = [...new Set(Object.values(STEPS).map(([, path]) => path))];

function decision(form) {
  const [choice, opinion] = [form.get("choice"), text(form, "opinion")];
  if (!STEPS[choice]) return { choose: true };
  if (choice === "send_back") return { reason: opinion };
  return choice === "check" ? { opinion } : { proposal: choice.slice("review_".length), opinion };
}

function correction(form, materials) {
  const places = [...form.keys()].filter((name) => name.startsWith("on-")).map((name) => name.slice("on-".length));
  const items = places.map((place) => ({
    problem: text(form, `problem-${place}`),
    requirement: text(form, `requirement-${place}`),
    how_to_fix: text(form, `fix-${place}`),
    [materials.includes(place) ? "material" : "field"]: place,
  }));
  return { items, due_on: form.get("due_on") || null };
}

/** What the officer wrote with their own hands: texts of the body, one a line. */
export function wordsIn(body, shape) {
  if (SHAPES[shape].words) return SHAPES[shape].words(body).filter(Boolean).join("\n");
  const own = [body.note, body.opinion, body.reason, body.reasons, body.competent_organ];
  const lines = (body.items ?? []).flatMap((item) => [item.problem, item.how_to_fix]);
  return [...own, ...lines].filter(Boolean).join("\n");
}
