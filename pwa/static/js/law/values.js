// Reading one answer of a form by the type of its field: into its normal form, or a fault.

import { TABLES } from "./book.js";
import { dayOf } from "./days.js";
import { adjusted, compare, decimal, plain, shown } from "./decimal.js";
import { Fault } from "./fault.js";
import { faultInName, plainName } from "./identity.js";
import { halfWidth, isAddress, isEmpty, isList, isMapping, isText, numbersIn, plainNumber, strip, textOf } from "./text.js";

export const PERSON_NAME = "person_name";

/** The answer in its normal form, or a Fault. Unknown types are read as text. */
export const read = (kind, value) => (Object.hasOwn(READERS, kind) ? READERS[kind] : text)(value);

const isFault = (value) => value instanceof Fault;
const isTyped = (value) => isText(value) || typeof value === "number";
const isWhole = (value) => isText(value) || Number.isInteger(value);

function text(value) {
  if (!isTyped(value)) return new Fault("field.format");
  return strip(textOf(value).replaceAll("\0", "")).replace(/\r\n?/g, "\n"); // no keyboard types NUL, and no table keeps it
}

const number = (value) => (isWhole(value) ? plainNumber(textOf(value)) : new Fault("field.format"));

function name(value) {
  const found = isText(value) ? plainName(value) : "";
  return faultInName(found) ?? found;
}

function bool(value) {
  if (value === true || value === 1 || TABLES.true.includes(value)) return true;
  return value === false || value === 0 || TABLES.false.includes(value) ? false : new Fault("field.bool");
}

function decimalText(value) {
  const found = isTyped(value) ? decimal(strip(halfWidth(textOf(value)).replaceAll(",", ""))) : null;
  if (!found) return new Fault("field.number");
  const place = adjusted(found);
  if (found.digits && (place < -TABLES.mostPlaces || place >= TABLES.mostPlaces)) return new Fault("field.number");
  return plain(found);
}

function money(value) {
  const found = decimalText(value);
  return isText(found) && (found.split(".")[1] ?? "").length > 2 ? new Fault("field.decimals", { most: 2 }) : found;
}

function whole(value) {
  const found = decimalText(value);
  if (isFault(found)) return found;
  return found.includes(".") ? new Fault("field.whole_number") : Number(found);
}

function date(value) {
  const written = strip(halfWidth(textOf(value))).replaceAll("/", "-").replaceAll(".", "-");
  const found = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(written);
  return (found && dayOf(...found.slice(1).map(Number))) || new Fault("field.date");
}

function moment(value) {
  const found = /^([^Tt ]*)(?:[Tt ]+([^]*))?$/.exec(strip(halfWidth(textOf(value))));
  const [day, time] = [date(found[1]), clock(found[2] ?? "00:00")];
  return isText(day) && isText(time) ? `${day}T${time}` : new Fault("field.date");
}

function clock(value) {
  const found = /^([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?$/.exec(strip(halfWidth(textOf(value))));
  const isTime = found && Number(found[1]) < 24 && Number(found[2]) < 60;
  return isTime ? `${found[1].padStart(2, "0")}:${found[2]}` : new Fault("field.time");
}

/** Two ends, as {start, end} or as text with one of `apart` between. */
function range(of, apart) {
  return (value) => {
    const ends = endsOf(value, apart);
    if (!ends) return new Fault("field.format");
    if (isEmpty(ends.start) || isEmpty(ends.end)) return new Fault("field.missing");
    const found = { start: of(ends.start), end: of(ends.end) };
    return Object.values(found).find(isFault) ?? found;
  };
}

function endsOf(value, apart) {
  if (isText(value)) {
    const mark = [...apart].find((each) => value.includes(each)) ?? apart[0];
    const place = value.indexOf(mark);
    return place < 0 ? { start: value, end: "" } : { start: value.slice(0, place), end: value.slice(place + mark.length) };
  }
  if (isList(value)) return value.length === 2 ? { start: value[0], end: value[1] } : null;
  return isMapping(value) ? value : null;
}

function multi(value) {
  const found = (isList(value) ? value : [value]).map(text);
  return found.find(isFault) ?? [...new Set(found.filter(Boolean))];
}

function geo(value) {
  const typed = isMapping(value) ? `${textOf(value.longitude)},${textOf(value.latitude)}` : textOf(value);
  const parts = numbersIn(halfWidth(typed)).map(decimal);
  const isPlace = parts.length === 2 && isBetween(parts[0], "180") && isBetween(parts[1], "90");
  return isPlace ? parts.map(shown).join(",") : new Fault("geo.format");
}

const isBetween = (found, most) => found && compare(found, decimal(most)) <= 0 && compare(found, decimal(`-${most}`)) >= 0;

/** A name alone, or {name, mobile, id_no, …}. */
function person(value) {
  const given = isText(value) ? { name: value } : value;
  if (!isMapping(given)) return new Fault("field.format");
  const called = name(given.name ?? "");
  if (isFault(called)) return called;
  const others = Object.entries(given).filter(([key, part]) => key !== "name" && !isEmpty(part));
  const rest = others.map(([key, part]) => [key, partOf(key, text(part))]);
  return rest.map(([, part]) => part).find(isFault) ?? Object.fromEntries([["name", called], ...rest]);
}

const NUMBERS = ["mobile", "phone", "id_no"];
const partOf = (key, part) => (NUMBERS.includes(key) && isText(part) ? plainNumber(part) : part);

function table(value) {
  if (!isList(value) || !value.every(isMapping)) return new Fault("field.format");
  if (value.length > TABLES.mostRows) return new Fault("field.many", { most: TABLES.mostRows });
  const rows = value.map((row) => Object.entries(row).filter(([, cell]) => !isEmpty(cell)).map(([key, cell]) => [key, text(cell)]));
  if (rows.flat().some(([, cell]) => isFault(cell))) return new Fault("field.format");
  return rows.filter((row) => row.length).map(Object.fromEntries);
}

function url(value) {
  const typed = text(value);
  return isText(typed) && isAddress(typed) ? typed : new Fault("field.url");
}

const READERS = {
  text, textarea: text, address: text, enum: text, region: text, slot: text, [PERSON_NAME]: name,
  mobile: number, id_document: number, id_card: number, uscc: number,
  bool, int: whole, decimal: decimalText, percent: decimalText, money,
  date, datetime: moment, daterange: range(date, "~～至/"), time_range: range(clock, "~～至-"),
  multi, geo, person, table, url, file: multi,
}; // prettier-ignore
