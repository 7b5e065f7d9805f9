// The keys that make a deed happen once, and the page of the case it is about.

/** The Idempotency-Key of an item. */
export const keyOf = (item) => item.key ?? item.id;

/** The page of the case that an item is about, for who did it; `no` where the item itself does not know it. */
export const placeOf = (item, no = item.case_no) => item.home ?? (item.at_desk ? `/desk/cases/${no}` : `/cases/${no}`);

/** The field of a form that tells under which key its words, before they were changed, may have arrived. */
export const BEFORE = "_before";
