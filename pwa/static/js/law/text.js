// Texts as the hall's Python reads them. JavaScript's own trim and \s know other spaces (U+FEFF, but not U+0085), and
// its lengths count UTF-16 units, of which 𠮷 has two.

const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const GAPS = new RegExp(`[${SPACE}]+`);
const AROUND_DOT = new RegExp(`[${SPACE}]*·[${SPACE}]*`, "g");
const BETWEEN_NUMBERS = new RegExp(`[,${SPACE}]+`);
const ADDRESS = new RegExp(`^https?://[^${SPACE}/@:]+(:[0-9]+)?(/[^${SPACE}]*)?$`, "u");
const UNSEEN = /[ \t\r\n\u00a0\u2007\u202f\u200b\ufeff\u2010-\u2015\u2212-]/g;

/** A text without white space at its ends. */
export const strip = (text) => text.replace(ENDS, "");

/** White space folded to single spaces, none at the ends and none around a middle dot. */
export const singleSpaced = (text) => strip(text).split(GAPS).join(" ").replace(AROUND_DOT, "·");

/** The parts of "120.78, 30.75". */
export const numbersIn = (text) => strip(text).split(BETWEEN_NUMBERS);

/** Whether a text is the address of a page. */
export const isAddress = (text) => ADDRESS.test(text);

/** How many characters. */
export const lengthOf = (text) => [...text].length;

/** The first `count` characters. */
export const first = (text, count) => [...text].slice(0, count).join("");

/** Full-width ASCII and the ideographic space turned into their half-width twins. */
export const halfWidth = (text) =>
  text.replace(/[\uff01-\uff5e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0)).replaceAll("\u3000", " ");

/** A number as it is stored: half width, upper case, no spaces and no dashes. */
export const plainNumber = (text) => halfWidth(text).replace(UNSEEN, "").toUpperCase();

export const isList = Array.isArray;
export const isMapping = (value) => typeof value === "object" && value !== null && !isList(value);
export const isText = (value) => typeof value === "string";

/** Whether nothing was answered. */
export function isEmpty(value) {
  if (isMapping(value)) return Object.values(value).every(isEmpty);
  if (isList(value)) return !value.length;
  return value === undefined || value === null || (isText(value) && !strip(value));
}

/** Any answer as text, as the server would write it. */
export function textOf(value) {
  if (value === undefined || value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return numberText(value);
  return isText(value) ? value : JSON.stringify(value);
}

/** A number of JSON: 0.00001 is 1e-05, as the server writes it. */
function numberText(value) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const [digits, power] = value.toExponential().split("e");
  const place = Number(power);
  if (Number.isInteger(value) ? Number.isSafeInteger(value) : place >= -4) return String(value);
  return `${digits}e${place < 0 ? "-" : "+"}${String(Math.abs(place)).padStart(2, "0")}`;
}
