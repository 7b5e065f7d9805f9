// What there is to read aloud on a page: its blocks that can be seen, in their order, as pieces short
// enough for a voice (some stop for good after a quarter of a minute).

const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, summary, figcaption, .li-t, .li-s, .say";
const SILENT = "button, form, nav, script, svg, output, dialog, read-aloud, [aria-hidden=true], .govuk-visually-hidden";
const APART = "read-aloud, form, nav, dialog, .top, .act, .tabs, .offline, .site-foot";
const MOST = 160; // characters

/** [{element, text, lang}] of a part of the page. */
export function readable(root) {
  const found = [...root.querySelectorAll(BLOCKS)].filter((each) => !each.closest(APART) && isSeen(each));
  return found.flatMap((element) => {
    const text = ownText(element, found).replace(/\s+/g, " ").trim();
    const lang = element.closest("[lang]")?.lang ?? "zh-CN";
    return /[\p{L}\p{N}]/u.test(text) ? pieces(text).map((piece) => ({ element, text: piece, lang })) : [];
  });
}

const isSeen = (element) => (element.checkVisibility ? element.checkVisibility({ visibilityProperty: true }) : element.offsetParent !== null);

/** Text of a block without the blocks inside it, which are read by themselves. */
function ownText(element, blocks) {
  let text = "";
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += node.textContent;
    else if (node.nodeType === Node.ELEMENT_NODE && !blocks.includes(node) && !node.matches(SILENT)) text += ` ${ownText(node, blocks)}`;
  }
  return text;
}

function pieces(text) {
  const sentences = text.match(/[^。！？；.!?;]+[。！？；.!?;]*/g) ?? [text];
  const joined = [];
  for (const sentence of sentences) {
    if (joined.length && joined.at(-1).length + sentence.length <= MOST) joined[joined.length - 1] += sentence;
    else joined.push(sentence);
  }
  return joined.map((each) => each.trim()).filter(Boolean);
}
