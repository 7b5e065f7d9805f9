// An item whose first words the hall has done already, though nobody heard so, and whose words were changed since: said
// plainly, and one tap each for what its owner may want now.

import { h } from "../../lib/h.js";
import { placeOf } from "./key.js";

const DEED = "phone.done_before";
const FILING = "phone.filed_before";

/** Whether an item stands so. */
export const isDoneBefore = ({ code }) => code === DEED || code === FILING;

/** Its buttons: send what was changed as a further act, see how it stands with the hall, leave it at that. */
export function ways(item, say, hands, button) {
  const path = placeOf(item, item.case_no ?? item.filed_as);
  const further = item.kind === "filing" ? "do.undo" : "do.changed";
  return [
    item.may_undo !== false && button(further, "further", "btn-boat", () => hands.further(item), item, say),
    h("a", { class: "govuk-button mini btn-3", href: path, "data-do": "see" }, say("do.see")),
    button("do.leave", "leave", "btn-3", () => hands.leave(item), item, say),
  ];
}

/** The item as it goes once more: changed words of a deed under a key of their own, a filing after its first one was taken back. */
export const further = (item) => (item.kind === "filing" ? { ...item, undo: item.filed_as } : { ...item, key: crypto.randomUUID(), before: null });
