// /drafts/:id/changes without network: what changed is the hall's to say; nothing that was typed is lost.

import { empty, link } from "../drawn/ui.js";
import { sheetOf } from "../drawn/sheet.js";

/** The page. */
export async function view({ params }) {
  const { say, home } = await sheetOf(params.id);
  const main = empty("wifi-slash", say("changes.head"), say("changes.online"), link(say("sent.fix"), home, { kind: "2" }));
  return { title: say("changes.title"), heading: say("changes.title"), back: home, main };
}
