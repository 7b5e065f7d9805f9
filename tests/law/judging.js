// The phone's side of tests/law: the same questions as hall.py asks, answered by the modules that the app uses.

import * as law from "/static/js/law/index.js";

const LANGUAGES = ["zh", "en"];
const WHO = ["self", "parent", "child", "other_person", "company"];
const head = await (await fetch("/pack")).json();
const matters = new Map(head.matters.map((each) => [each.code, { ...each, form: law.formOf(each, head) }]));
const inBoth = (make) => Object.fromEntries(LANGUAGES.map((lang) => [lang, make(lang)]));

function judged({ matter: code, draft, files, today }) {
  const matter = matters.get(code);
  const checked = inBoth((lang) => law.checkDraft(matter, draft, files, today, lang));
  const { values, faults, given, overridden, undecided } = checked.zh;
  const answers = { ...draft.values };
  for (const { id, material } of files) {
    const path = material.startsWith("form.") && material.slice(5);
    if (path) answers[path] = files.filter((file) => file.material === material).map((file) => file.id);
  }
  const asked = law.openQuestions(matter.form, answers, today);
  const pages = law.topicsOf(matter, draft.filed_for, { forStaff: draft.staff });
  const standing = law.materialsStanding(matter.materials ?? [], given);
  const words = (of) => inBoth((lang) => asked.map((question) => law.inWords(question, of[question.path], lang)));
  return {
    open: asked.map(({ path }) => path),
    required: asked.filter((question) => law.isRequired(question, matter.form, answers, today)).map(({ path }) => path),
    values,
    faults: Object.fromEntries(Object.entries(faults).map(([path, fault]) => [path, said(fault)])),
    errors: inBoth((lang) => Object.entries(checked[lang].errors)),
    places: asked.map((question) => law.placeOf(question, faults[question.path])),
    overridden,
    undecided,
    overridable: law.overridable(matter.form, answers),
    tasks: law.tasksOf(pages, draft, files, faults).map((t) => [t.topic.slug, t.progress, t.isOptional, t.done, t.wrong]),
    standing: [standing.faults, standing.following],
    words: words(answers),
    read: words(values),
  };
}

const said = (fault) => [fault.code, fault.facts, ...LANGUAGES.map((lang) => law.sentence(fault, lang))];

function drawn({ matter: code, today }) {
  const matter = matters.get(code);
  const papers = matter.materials ?? [];
  const every = matter.form.fields.length ? law.questions(matter.form) : [];
  const both = [false, true];
  return {
    pages: WHO.flatMap((who) => both.map((staff) => [who, staff, law.topicsOf(matter, who, { forStaff: staff }).map(page)])),
    names: law.topics(matter.form),
    widgets: inBoth((lang) => every.map((question) => law.widgetOf(question, today, { isRequired: question.field.is_required, lang }))),
    ways: both.flatMap((isDesk) => both.map((hasEarlier) => [isDesk, hasEarlier, papers.map((each) => law.ways(each, { isDesk, hasEarlier }))])),
    needs: papers.map((each) => [law.isNeeded(each), law.mayFollow(each)]),
  };
}

const page = ({ slug, part, zh, en, questions, material }) => [slug, part, zh, en, questions.map(({ path }) => path), material?.key ?? null];

/** One field by itself: [field, value, today] -> value or fault. */
function one([field, value, today]) {
  const { values, faults } = law.readForm({ groups: [], fields: [field] }, { x: value }, today);
  return { values, faults: Object.fromEntries(Object.entries(faults).map(([path, fault]) => [path, said(fault)])) };
}

/** [matter, pairs] -> the answers of a posted form. */
function posted([code, pairs]) {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return law.answersIn(law.questions(matters.get(code).form), form);
}

const merged = ([values, changes]) => law.merged(values, changes);

const ASKED = { judged, drawn, one, posted, merged };

window.judge = (what, batch) =>
  JSON.stringify(
    JSON.parse(batch).map((each) => {
      try {
        return ASKED[what](each);
      } catch (error) {
        return { broke: String(error.stack) };
      }
    }),
  );
