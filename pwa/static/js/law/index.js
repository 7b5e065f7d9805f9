// The law of forms on the phone: the same questions, the same checks and the same sentences as in the hall, with the
// names of backend/domain and backend/intake. Pure: no page, no storage, the day passed in ("YYYY-MM-DD", Asia/Shanghai).

export { checkDraft, givenOf } from "./checking.js";
export { fullDay, today } from "./days.js";
export { Fault, sentence } from "./fault.js";
export { isOurs, isRequired, openQuestions, overridable, OWN, questions, readForm, topics } from "./forms.js";
export { isNeeded, isPaperOnly, materialSentence, materialsStanding, mayFollow, ways } from "./materials.js";
export { formOf } from "./pack.js";
export { answersIn, merged } from "./posted.js";
export { columnWord, inWords, maskId, maskMobile, placeOf, widgetOf } from "./showing.js";
export { isEmpty } from "./text.js";
export { howGiven, tasksOf, topicsOf } from "./topics.js";
