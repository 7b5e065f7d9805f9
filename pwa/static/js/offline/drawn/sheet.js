// Everything the pages of one draft have in common, loaded once a page: as backend/intake/sheet.py, from this phone.

import { language } from "../../lib/words.js";
import { checkDraft, inWords, isRequired, openQuestions, tasksOf, today, topicsOf, widgetOf } from "../../law/index.js";
import { filesOf } from "../draft-files.js";
import { draft as draftOf, isAhead, matterOf } from "../filings.js";
import { NotHere } from "../not-here.js";
import { filingWords } from "./ui.js";

const LIMIT = 100 * 1024 * 1024; // bytes: what the hall takes unless the shell says otherwise

class Sheet {
  constructor(parts) {
    Object.assign(this, parts);
    this.topics = topicsOf(this.matter, this.draft.filed_for, { forStaff: this.draft.staff });
    this.checked = checkDraft(this.matter, this.draft, this.files, this.today, this.lang);
    this.tasks = tasksOf(this.topics, this.draft, this.files, this.checked.faults);
    this.open = new Set(openQuestions(this.matter.form, this.draft.values, this.today).map((question) => question.path));
    this.home = `/drafts/${this.draft.id}`;
  }

  /** What is neither done nor may be left out. */
  get toDo() {
    return this.tasks.filter((task) => task.progress !== "done" && !(task.isOptional && task.progress === "empty"));
  }

  topic(slug) {
    return this.topics.find((topic) => topic.slug === slug);
  }

  after(slug) {
    return this.topics[this.topics.findIndex((topic) => topic.slug === slug) + 1];
  }

  /** The questions of a page that stand open now. */
  asked(topic) {
    return topic.questions.filter((question) => this.open.has(question.path));
  }

  isLocked(path) {
    return this.draft.locked.includes(path);
  }

  widget(question) {
    const required = isRequired(question, this.matter.form, this.draft.values, this.today);
    return widgetOf(question, this.today, { isRequired: required, lang: this.lang });
  }

  /** An answer in words; `value` if it is another than the draft's. */
  words = (path, value = this.draft.values[path]) => {
    const question = this.topics.flatMap((topic) => topic.questions).find((each) => each.path === path);
    if (question.field.type !== "file") return inWords(question, value, this.lang);
    return inWords(question, this.files.filter((file) => file.material === `form.${path}` && file.state !== "refused").map((file) => file.id), this.lang);
  };

  /** The page on which an error ("form.x", "materials.k") is put right. */
  placeOf(path) {
    const [kind, key] = [path.slice(0, path.indexOf(".")), path.slice(path.indexOf(".") + 1)];
    const found = this.topics.find((topic) => (kind === "materials" ? topic.material?.key === key : topic.questions.some((question) => question.path === key)));
    return (found ?? this.topics[0]).slug;
  }

  /** The name of what an error is about, as {zh, en}; null for anything else. */
  nameOf(path) {
    const key = path.slice(path.indexOf(".") + 1);
    const paper = path.startsWith("materials.") && this.matter.materials?.find((each) => each.key === key);
    if (paper) return { zh: paper.name, en: paper.name_en };
    return this.topics.flatMap((topic) => topic.questions).find((each) => path === `form.${each.path}`)?.field ?? null;
  }
}

/** The sheet of a draft. Throws NotHere when this phone does not have it. */
export async function sheetOf(id) {
  const draft = await draftOf(id);
  const matter = draft?.matter && (await matterOf(draft));
  if (!matter) throw new NotHere(id);
  const [files, say, is_ahead] = [await filesOf(draft), await filingWords(), await isAhead(draft)];
  const limit = Number(document.querySelector("offline-app")?.dataset.maxUpload) || LIMIT;
  return new Sheet({ draft, matter, files, say, is_ahead, limit, lang: language(), today: today() });
}
