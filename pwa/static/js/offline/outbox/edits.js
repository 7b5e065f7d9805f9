// Where an item of the outbox is changed, by kind: apart from the kinds themselves, so that the page which lists them does
// not wait for all that sends them.

const FILING = { "filing.matter_changed": "changes", "filing.undecided": "rivals" };

const edits = {
  deed: (item) => item.edit ?? null,
  draft: (item) => (item.is_removal ? null : `/drafts/${item.draft}`),
  filing: ({ draft, code, errors }) => [`/drafts/${draft}`, FILING[code] ?? (errors && "check")].filter(Boolean).join("/"),
};

/** The address, or null when there is none. */
export const editOf = (item) => edits[item.kind]?.(item) ?? null;

/** Whether this version of the app knows such an item. */
export const isKnown = (item) => item.kind in edits;
