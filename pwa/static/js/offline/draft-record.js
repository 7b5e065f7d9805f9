// What a draft on the phone is made of, and how the hall's view of it comes in. Pure: no storage, no page.

const EMPTY = {
  company: null,
  dependent: null,
  values: {},
  bases: {},
  revision: 0,
  unsent: {},
  maybe: {}, // answers whose sending had no answer: the hall may have them
  handed: null, // answers of a page that was posted: {fields, revision} until the hall's view shows that it has them
  rivals: {},
  sides: {}, // of a question with rivals: every answer there is, with device and time
  changes: [], // what is different since it was begun, as the hall says it
  locked: [],
  materials: {},
  unsent_materials: [],
  delivery: "download",
  topics_done: [],
  files: [],
  removals: [], // uploads that were taken out here and not yet there
  known_to_server: false,
  staff: false,
  walk_in: null,
  mobile: "",
  submitted: null, // the outbox item that files it
};

const fresh = () => structuredClone({ ...EMPTY, updated_at: new Date().toISOString() });

/** A draft begun here. `paths` are the questions of its form; `who` is one of the applicants, with what is proved of them. */
export function begun(start, about, paths, who) {
  const asked = Object.entries(who.values).filter(([path, value]) => paths.includes(path) && value !== "" && value !== null);
  const fetched = (about.materials ?? []).filter((material) => material.is_shareable);
  return {
    ...fresh(),
    ...start,
    version: about.version,
    label: { zh: about.name, en: about.name_en },
    snapshot: about,
    values: Object.fromEntries(asked),
    locked: asked.map(([path]) => path).filter((path) => who.locked.includes(path)),
    materials: Object.fromEntries(fetched.map(({ key }) => [key, { how: "fetch", uploads: [] }])),
    mobile: who.values.mobile ?? who.values.agent_mobile ?? "",
  };
}

/** A draft of which nothing is known yet but what is being typed: the rest comes with the hall's view. */
export const stub = (id, revision) => ({ ...fresh(), id, matter: null, revision, known_to_server: true });

/** The draft as this phone has it, brought up to the hall's view. `sides` are the hall's answers of several devices, by question. */
export function brought(draft, view, { about, label, sides }) {
  const known = restored(draft ?? { ...fresh(), id: view.id }, view);
  const isSent = (path) => !(path in known.unsent) || JSON.stringify(known.unsent[path]) === JSON.stringify(view.values[path] ?? "");
  const unsent = Object.fromEntries(Object.entries(known.unsent).filter(([path]) => !isSent(path)));
  const bases = Object.fromEntries(Object.entries(known.bases).filter(([path]) => path in unsent));
  return {
    ...known,
    matter: view.matter,
    version: view.matter_version,
    filed_for: view.filed_for,
    company: view.company,
    dependent: view.dependent,
    label: label ?? (about ? { zh: about.name, en: about.name_en } : (known.label ?? { zh: view.matter, en: view.matter })),
    snapshot: about?.version === view.matter_version ? about : (known.snapshot ?? null),
    values: { ...view.values, ...unsent },
    unsent,
    bases,
    handed: null,
    revision: view.revision,
    rivals: view.rivals,
    sides: Object.fromEntries(sides.map(({ path, sides: every }) => [path, every])),
    locked: view.locked,
    materials: choices(known, view),
    delivery: known.unsent_delivery ? known.delivery : view.delivery,
    topics_done: [...new Set([...known.topics_done, ...view.topics_done])],
    files: view.files.filter((file) => !known.removals.includes(file.id)),
    mobile: view.mobile,
    staff: view.is_desk,
    known_to_server: true,
    is_stale: view.changes.length > 0,
    changes: view.changes,
    changes_lang: globalThis.document?.documentElement.lang ?? null, // their notes are in the language of who asked
    case_no: view.case_no ?? null,
    updated_at: Object.keys(unsent).length ? known.updated_at : view.updated_at,
  };
}

/** What was posted in a page and is not in the hall's view after all is unsent again. */
function restored(draft, view) {
  if (!draft.handed) return draft;
  const isLost = view.revision <= draft.handed.revision;
  return { ...draft, handed: null, unsent: isLost ? { ...draft.handed.fields, ...draft.unsent } : draft.unsent };
}

function choices(known, view) {
  const theirs = view.materials
    .filter((paper) => paper.how && !known.unsent_materials.includes(paper.key))
    .map((paper) => [paper.key, { how: paper.how, uploads: view.reused[paper.key] ?? [] }]);
  const ours = known.unsent_materials.map((key) => [key, known.materials[key]]);
  return Object.fromEntries([...theirs, ...ours]);
}

/** The outbox item that files a draft. */
export const submitted = ({ id, submitted: item, label }) => ({
  id: item,
  kind: "filing",
  lane: `draft:${id}`,
  draft: id,
  title: label,
  act: { zh: "提交申请", en: "File the application" },
});
