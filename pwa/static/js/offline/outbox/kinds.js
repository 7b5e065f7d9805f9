// What an item of the outbox can be. Each kind is a module with `send(item, tools)` (resolves with the result, or throws
// Stuck) and `drop(item)` (what cancelling takes along); where it is changed stands in edits.js. Registered statically: a
// worker has no import().

import * as deed from "./kinds/deed.js";
import * as draft from "./kinds/draft.js";
import * as filing from "./kinds/filing.js";

const kinds = { deed, draft, filing };

/** The kind of an item; undefined for one that a newer version of the app has put here. */
export const kindOf = (item) => kinds[item.kind];
