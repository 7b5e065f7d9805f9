// Exact decimal numbers, as far as a form needs them: read, compared, added, divided, written as Python's decimal does
// (28 significant digits, halves to even). Money is never a float.

const DIGITS = 28;
const SHAPE = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:e([+-]?\d+))?$/i;
const DIGIT = /\p{Decimal_Number}/u;
const FARTHEST = 10n ** 18n;

/** The value of a digit in any script: scripts keep theirs in unbroken tens. */
function digitOf(mark) {
  let before = mark.codePointAt(0);
  while (DIGIT.test(String.fromCodePoint(before - 1))) before -= 1;
  return String((mark.codePointAt(0) - before) % 10);
}

/** A text (already stripped) as a decimal {isMinus, digits, power}, or null for what is no finite number. */
export function decimal(text) {
  const ascii = text.replaceAll("_", "").replace(/[^\0-\x7f]/gu, (mark) => (DIGIT.test(mark) ? digitOf(mark) : mark));
  const found = SHAPE.exec(ascii);
  if (!found) return null;
  const [, sign, whole = "", after = "", only = "", exponent = "0"] = found;
  const part = after || only;
  const power = BigInt(exponent) - BigInt(part.length);
  const digits = BigInt(whole + part);
  const highest = power + BigInt(String(digits).length) - 1n;
  if (highest >= FARTHEST || highest <= -2n * FARTHEST) return null;
  return { isMinus: sign === "-", digits, power: Number(power) };
}

const NONE = { isMinus: false, digits: 0n, power: 0 };
const ten = (count) => 10n ** BigInt(count);
const signed = (number) => (number.isMinus ? -number.digits : number.digits);
const made = (value, power) => ({ isMinus: value < 0n, digits: value < 0n ? -value : value, power });

/** The place of the first digit: 2 for 123, -3 for 0.001. */
export const adjusted = ({ digits, power }) => String(digits).length - 1 + power;

/** Less than, equal to or more than: a negative number, 0, a positive one. */
export function compare(one, other) {
  const signs = Number(signed(one) > 0n) - Number(signed(one) < 0n) - (Number(signed(other) > 0n) - Number(signed(other) < 0n));
  if (signs || !one.digits) return signs;
  const places = (adjusted(one) - adjusted(other)) * (one.isMinus ? -1 : 1);
  if (places) return places;
  const power = Math.min(one.power, other.power);
  const apart = signed(one) * ten(one.power - power) - signed(other) * ten(other.power - power);
  return Number(apart > 0n) - Number(apart < 0n);
}

function rounded(number) {
  const spare = String(number.digits).length - DIGITS;
  if (spare <= 0) return number;
  const unit = ten(spare);
  const twice = (number.digits % unit) * 2n;
  let digits = number.digits / unit;
  if (twice > unit || (twice === unit && digits % 2n)) digits += 1n;
  return rounded({ ...number, digits, power: number.power + spare });
}

/** The sum of two numbers. */
export function plus(one, other) {
  const power = Math.min(one.power, other.power);
  return rounded(made(signed(one) * ten(one.power - power) + signed(other) * ten(other.power - power), power));
}

/** The sum of many, beginning with the first. */
export const sum = (numbers) => numbers.reduce(plus, NONE);

/** `one` divided by `other`, which is not zero. */
export function divided(one, other) {
  const isMinus = one.isMinus !== other.isMinus;
  const ideal = one.power - other.power;
  if (!one.digits) return { isMinus, digits: 0n, power: ideal };
  const shift = String(other.digits).length - String(one.digits).length + DIGITS + 1;
  const above = shift > 0 ? one.digits * ten(shift) : one.digits;
  const below = shift < 0 ? other.digits * ten(-shift) : other.digits;
  let digits = above / below;
  let power = ideal - shift;
  if (above % below) digits += digits % 5n ? 0n : 1n; // something is left: never a half when it is rounded
  else while (power < ideal && digits % 10n === 0n) [digits, power] = [digits / 10n, power + 1];
  return rounded({ isMinus, digits, power });
}

/** A number times a whole one. */
export const times = (number, count) => rounded({ ...number, digits: number.digits * BigInt(count) });

/** Written out in full, without needless zeros: "1000", "0.5", never "-0". */
export function plain(number) {
  let { digits, power } = rounded(number);
  if (!digits) return "0";
  while (digits % 10n === 0n) [digits, power] = [digits / 10n, power + 1];
  return written({ isMinus: number.isMinus, digits, power });
}

/** Written out in full, with the zeros it has. */
export function written({ isMinus, digits, power }) {
  const sign = isMinus ? "-" : "";
  if (power >= 0) return sign + (digits ? String(digits) + "0".repeat(power) : "0");
  const text = String(digits).padStart(1 - power, "0");
  return `${sign}${text.slice(0, power)}.${text.slice(power)}`;
}

/** As Python writes it: 1E-7 for what is very small, 1E+3 for what was written so. */
export function shown(number) {
  const highest = adjusted(number);
  if (number.power <= 0 && highest >= -6) return written(number);
  const text = String(number.digits);
  return `${number.isMinus ? "-" : ""}${text[0]}${text.length > 1 ? `.${text.slice(1)}` : ""}E${highest < 0 ? "-" : "+"}${Math.abs(highest)}`;
}
