// Days as "YYYY-MM-DD" of the common calendar, from year 1 to 9999, without time zones.

const DAY = 86_400_000;
const [FIRST, LAST] = ["0001-01-01", "9999-12-31"];

function instant(year, month, day) {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  return moment;
}

const padded = (number, width = 2) => String(number).padStart(width, "0");
const written = (year, month, day) => `${padded(year, 4)}-${padded(month)}-${padded(day)}`;
const ofInstant = (moment) => written(moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate());
const partsOf = (day) => day.split("-").map(Number);

/** The day, or null when there is no such day. */
export function dayOf(year, month, day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return null;
  return instant(year, month, day).getUTCDate() === day ? written(year, month, day) : null;
}

/** `day` moved by "+6m", "-1y", "20d" or "+3" (days). A month without that day gives its last day. */
export function shifted(day, span) {
  if (!span) return day;
  const [, number, unit] = /^([+-]?\d+)([dmy]?)$/.exec(span);
  const count = Number(number);
  const [year, month, date] = partsOf(day);
  if (unit === "" || unit === "d") return within(instant(year, month, date).getTime() + count * DAY);
  const months = year * 12 + month - 1 + count * (unit === "y" ? 12 : 1);
  const [inYear, inMonth] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  if (inYear < 1 || inYear > 9999) return count > 0 ? LAST : FIRST; // past the calendar's end there is only its end
  return written(inYear, inMonth, Math.min(date, instant(inYear, inMonth + 1, 0).getUTCDate()));
}

function within(time) {
  const [first, last] = [instant(1, 1, 1).getTime(), instant(9999, 12, 31).getTime()];
  return ofInstant(new Date(Math.min(Math.max(time, first), last)));
}

/** Whole years on `today`. Somebody born on 29 February is a year older on 1 March of a common year. */
export function ageOn(today, born) {
  const [year, bornIn] = [partsOf(today)[0], partsOf(born)[0]];
  return year - bornIn - (today.slice(5) < born.slice(5) ? 1 : 0);
}

/** "20y" in both languages: ["20 年", "20 years"]. */
export function spanWords(span) {
  const [zh, en] = { d: ["天", "days"], m: ["个月", "months"], y: ["年", "years"] }[span.at(-1)];
  return [`${span.slice(0, -1)} ${zh}`, `${span.slice(0, -1)} ${en}`];
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A day as people read it: 2026年11月27日, 27 Nov 2026. */
export function fullDay(day, lang) {
  const [year, month, date] = partsOf(day);
  return lang === "en" ? `${date} ${MONTHS[month - 1]} ${year}` : `${year}年${month}月${date}日`;
}

/** Today in Asia/Shanghai. */
export const today = (now = new Date()) => ofInstant(new Date(now.getTime() + 8 * 3_600_000));
