// The record of a survey: from the form in the field to the body of its API call, its photos, the officer's own words, and
// what it still lacks, judged as the hall judges it.

const text = (form, name) => (form.get(name) ?? "").toString().trim();
const PREFIXES = { item: "item-", value: "value-", sign: "sign-" };
const LEAST_SIGNATURES = 2; // 行政许可法 §34(3)

const named = (form, kind) => [...form.keys()].filter((name) => name.startsWith(PREFIXES[kind])).map((name) => name.slice(PREFIXES[kind].length));

function strokes(form, name) {
  try {
    return JSON.parse(text(form, name) || "[]");
  } catch {
    return [];
  }
}

/** A day and hour as a browser's field gives it is meant in the hall's zone. */
const moment = (value) => (value ? `${value}:00+08:00`.replace(/(:\d\d):\d\d:00\+/, "$1:00+") : "");

const photos = (form) => form.getAll("photo").map((each) => JSON.parse(each));

/** The body of the call; photos come into it when they are sent. */
export function surveyBody(form) {
  const inspectors = named(form, "sign").filter((who) => who !== "applicant");
  return {
    surveyed_at: moment(text(form, "surveyed_at")),
    conclusion: text(form, "conclusion"),
    findings: text(form, "findings"),
    items: named(form, "item").map((key) => ({ key, found: text(form, `item-${key}`), note: text(form, `note-${key}`) })),
    values: named(form, "value").filter((key) => text(form, `value-${key}`)).map((key) => ({ key, value: Number(text(form, `value-${key}`)) })),
    photos: photos(form).map(({ blob, taken_at }) => ({ taken_at, caption: text(form, `caption-${blob}`) })),
    signed: inspectors.map((who) => ({ staff_no: who, strokes: strokes(form, `sign-${who}`) })).filter((each) => each.strokes.length),
    applicant: { name: text(form, "applicant_name"), strokes: strokes(form, "sign-applicant"), refused_because: text(form, "refused_because") },
    disagreement: text(form, "disagreement"),
  }; // prettier-ignore
}

/** Which files go along, and where their ids go. */
export const surveyFiles = (form) => photos(form).map(({ blob }, place) => ({ blob, into: `photos.${place}.uploads` }));

/** The key of the sentence that says what is missing, or null. `asked` says what the checklist wants: {items, values, photos}. */
export function surveyLacks(body, asked) {
  if (!body.surveyed_at || Number.isNaN(Date.parse(body.surveyed_at))) return "survey.when";
  if (Date.parse(body.surveyed_at) > Date.now()) return "survey.future";
  if (body.items.length < asked.items) return "survey.items";
  if (body.items.some((item) => item.found === "not_ok" && !item.note)) return "survey.note";
  if (asked.values.some((key) => !body.values.some((value) => value.key === key))) return "survey.values";
  if (body.values.some(({ value }) => Number.isNaN(value))) return "survey.number";
  if (body.photos.length < asked.photos) return "survey.photos";
  if (!body.findings || !body.conclusion) return "survey.findings";
  if (body.signed.length < LEAST_SIGNATURES) return "survey.signatures";
  const { name, strokes: signed, refused_because: why } = body.applicant;
  return (name && signed.length) || why ? null : "survey.applicant";
}

/** What was written with their own hands. */
export const surveyWords = (body) => [body.findings, ...body.items.map((item) => item.note), body.disagreement, body.applicant.refused_because];
