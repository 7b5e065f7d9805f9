// A whole draft, checked at once: every fault of the form and of every paper, by name (backend/intake/dossier.py).

import { WORDS } from "./book.js";
import { Fault, said, sentence } from "./fault.js";
import { isRequired, openQuestions, readForm } from "./forms.js";
import { isNeeded, materialSentence, materialsStanding } from "./materials.js";
import { isEmpty } from "./text.js";
import { howGiven } from "./topics.js";

const FORM_FILE = "form.";

/**
 * Everything that is wrong with a draft: {values, faults, errors, given, overridden, undecided}. `files`: [{id, material, state}] of this draft,
 * `material` being a material's key or "form.<path>". Errors are sentences by "form.<path>" and "materials.<key>".
 */
export function checkDraft(matter, draft, files, today, lang = "zh") {
  const answers = withFiles(draft.values, files);
  const given = givenOf(matter.materials ?? [], draft, files);
  const { values, faults, overridden } = readForm(matter.form, answers, today, draft.staff ? (draft.overrides ?? {}) : {});
  const asked = openQuestions(matter.form, answers, today);
  for (const question of asked) {
    const isLacking = question.field.type === "file" && isEmpty(values[question.path]);
    if (isLacking && isRequired(question, matter.form, answers, today)) faults[question.path] = new Fault("field.missing");
  }
  const onForm = Object.entries(faults).map(([path, fault]) => [`form.${path}`, sentence(fault, lang)]);
  const onPapers = paperErrors(matter.materials ?? [], given, draft.staff, lang);
  const undecided = asked.map(({ path }) => path).filter((path) => Object.hasOwn(draft.rivals ?? {}, path));
  const apart = undecided.map((path) => [`form.${path}`, said(WORDS.undecided, lang)]);
  return { values, faults, errors: Object.fromEntries([...onForm, ...onPapers, ...apart]), given, overridden, undecided };
}

function withFiles(values, files) {
  const answers = { ...values };
  for (const path of new Set(files.filter((file) => file.material.startsWith(FORM_FILE)).map((file) => file.material))) {
    answers[path.slice(FORM_FILE.length)] = files.filter((file) => file.material === path).map((file) => file.id);
  }
  return answers;
}

/** How each material is given: [{key, how, uploads}]; what is not given yet is left out. */
export function givenOf(materials, draft, files) {
  return materials.flatMap((material) => {
    const here = files.filter((file) => file.material === material.key);
    const how = howGiven(material, draft, here);
    if (!how) return [];
    const uploads = how === "upload" ? here.map((file) => file.id) : (draft.materials?.[material.key]?.uploads ?? []);
    // The person began to give an optional paper and took it out again.
    if (how === "upload" && !uploads.length && !isNeeded(material)) return [];
    return [{ key: material.key, how, uploads }];
  });
}

/** Paper is handed over at a window; online only what can't be sent as a file is left for later on paper. */
function paperErrors(materials, given, isStaff, lang) {
  const { faults } = materialsStanding(materials, given);
  const found = Object.entries(faults).map(([key, fault]) => [`materials.${key}`, materialSentence(fault, lang)]);
  const onPaper = new Set(isStaff ? [] : given.filter((each) => each.how === "paper").map((each) => each.key));
  const wrong = materials.filter((material) => onPaper.has(material.key) && material.is_electronic);
  return [...found, ...wrong.map((material) => [`materials.${material.key}`, said(WORDS.noPaper, lang)])];
}
