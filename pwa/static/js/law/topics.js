// The pages of a draft: one topic each, from the matter's form, its materials and how the result comes back.

import { TABLES, WORDS } from "./book.js";
import { isOurs, OWN, questions } from "./forms.js";
import { isNeeded } from "./materials.js";
import { isEmpty } from "./text.js";

const MISSING = new Set(TABLES.missing);
const THERE = new Set(["stored", "held"]); // held: whole on this phone, not sent yet

/** Every page {slug, part, zh, en, questions, material} of a draft, in order. `matter` has form and materials. */
export function topicsOf(matter, filedFor, { forStaff = false } = {}) {
  const every = questions(matter.form).filter((question) => forStaff || !isOurs(question.field));
  const groups = matter.form.groups.filter((group) => concerns(group.name, filedFor, forStaff));
  const shared = groups.map((group) => sharedPage(group, every));
  const papers = (matter.materials ?? []).map((each) =>
    page(`m-${each.key}`, "materials", [each.name, each.name_en || each.name], [], each),
  );
  const [delivery, you, bundled] = ["delivery", "you", "form"].map((part) => shared.filter((each) => each.part === part));
  const own = ownPages(every.filter((question) => question.topic === OWN));
  return [...you, ...bundled, ...own, ...papers, ...(delivery.length ? delivery : [page("delivery", "delivery", WORDS.pages.delivery)])];
}

const page = (slug, part, [zh, en], asked = [], material = null) => ({ slug, part, zh, en, questions: asked, material });

function sharedPage({ name, zh, en }, every) {
  const slug = TABLES.slugs[name] ?? name;
  const asked = every.filter((question) => question.topic === name);
  if (zh) return page(slug, "form", [zh, en], asked); // the own questions of one matter of a bundle, under its name
  return page(slug, name === "delivery" ? "delivery" : "you", WORDS.pages[slug] ?? WORDS.otherPage, asked);
}

function concerns(group, filedFor, forStaff) {
  if (TABLES.skippedPages.includes(group)) return false;
  if (group === "applicant_natural") return filedFor !== "company";
  if (group === "applicant_legal") return filedFor === "company";
  // A parent acts for a child by law, not by a letter of authority (民法典 §27, §163).
  return group !== "agent" || forStaff || !["self", "child"].includes(filedFor);
}

/** The matter's own questions in even pages of at most eight. */
function ownPages(asked) {
  const count = Math.ceil(asked.length / TABLES.fieldsAPage);
  const size = Math.ceil(asked.length / count);
  const [zh, en] = WORDS.ownPage;
  if (count === 1) return [page("form-1", "form", WORDS.ownPage, asked)];
  return Array.from({ length: count }, (_, at) => {
    const names = [`${zh}（${at + 1}/${count}）`, `${en} (${at + 1}/${count})`];
    return page(`form-${at + 1}`, "form", names, asked.slice(at * size, (at + 1) * size));
  });
}

/** How this material comes: as chosen, else by the files that are there, else not at all yet (null). */
export const howGiven = (material, draft, files) => draft.materials?.[material.key]?.how ?? (files.length ? "upload" : null);

/**
 * Each topic with its progress: {topic, progress: "empty" | "partly" | "done" | "wrong", isOptional, done, wrong}. `faults` are
 * those of the whole form; `draft.rivals` those of open questions (what two devices answered differently).
 */
export function tasksOf(topics, draft, files, faults) {
  return topics.map((topic) =>
    topic.material
      ? materialTask(topic, draft, files.filter((file) => file.material === topic.material.key))
      : fieldsTask(topic, draft, faults),
  ); // prettier-ignore
}

const task = (topic, progress, { isOptional = false, done = 0, wrong = 0 } = {}) => ({ topic, progress, isOptional, done, wrong });

function fieldsTask(topic, draft, faults) {
  const isDone = (draft.topics_done ?? []).includes(topic.slug);
  if (!topic.questions.length) return task(topic, isDone ? "done" : "empty");
  const paths = topic.questions.map((question) => question.path);
  const filled = new Set(paths.filter((path) => !isEmpty(draft.values[path])));
  const done = filled.size;
  if (paths.some((path) => Object.hasOwn(draft.rivals ?? {}, path))) return task(topic, "wrong", { done, wrong: 1 });
  const wrong = paths.filter((path) => path in faults);
  const bad = wrong.filter((path) => !MISSING.has(faults[path].code) && filled.has(path));
  if (bad.length) return task(topic, "wrong", { done, wrong: bad.length });
  if (!wrong.length && (done || isDone)) return task(topic, "done", { done });
  return task(topic, done ? "partly" : "empty", { done });
}

function materialTask(topic, draft, files) {
  const how = howGiven(topic.material, draft, files);
  const done = files.filter((file) => THERE.has(file.state)).length;
  const wrong = files.filter((file) => file.state === "refused").length;
  const about = { isOptional: !isNeeded(topic.material), done, wrong };
  if (how !== "upload") return task(topic, how ? "done" : "empty", about);
  if (wrong) return task(topic, "wrong", about);
  if (done < files.length) return task(topic, "partly", about);
  return task(topic, done ? "done" : "empty", about);
}
