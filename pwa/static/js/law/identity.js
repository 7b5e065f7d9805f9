// What is wrong with a number or a name that tells who somebody is (shared_schemas/identity.py, numbers.py); null when
// nothing is. Each takes the value in its normal form.

import { PEOPLE } from "./book.js";
import { dayOf } from "./days.js";
import { Fault } from "./fault.js";
import { halfWidth, lengthOf, singleSpaced } from "./text.js";

const NAME = new RegExp(PEOPLE.namePattern, "u");
const STRANGE = new RegExp(PEOPLE.strangeMark, "u");
const SELECTOR = new RegExp(`[${PEOPLE.selectors}]`, "gu");
const DOTS = new RegExp(`[${PEOPLE.dots}]`, "gu");
const WORD_OF_KIND = Object.entries(PEOPLE.idKinds);

/** A name as it is stored: one kind of middle dot, single spaces; CJK characters are never replaced. */
export function plainName(text) {
  const half = halfWidth(text.replace(DOTS, "·"));
  return singleSpaced(half.replace(/[A-Za-z][\u0300-\u036f]+/g, (found) => found.normalize("NFC")));
}

export function faultInName(name) {
  if (!name) return new Fault("name.missing");
  const length = lengthOf(name.replace(SELECTOR, ""));
  if (length > PEOPLE.nameMost) return new Fault("name.long", { length, most: PEOPLE.nameMost });
  const strange = STRANGE.exec(name);
  if (strange) return new Fault("name.character", { character: strange[0] });
  return NAME.test(name) ? null : new Fault("name.start");
}

function lengthFault(kind, value, length) {
  const count = lengthOf(value);
  if (count < length) return new Fault(`${kind}.short`, { missing: length - count, length });
  return count > length ? new Fault(`${kind}.long`, { extra: count - length, length }) : null;
}

export function faultInMobile(mobile) {
  if (!/^[0-9]*$/.test(mobile)) return new Fault("mobile.digits");
  return lengthFault("mobile", mobile, 11) ?? (/^1[3-9][0-9]{9}$/.test(mobile) ? null : new Fault("mobile.start"));
}

/** The birth date inside an 18-character ID, or null. */
export const birthDateOf = (number) =>
  dayOf(Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14)));

function checkCharacter(body) {
  const total = PEOPLE.idWeights.reduce((sum, weight, place) => sum + weight * Number(body[place]), 0);
  return PEOPLE.idChecks[total % 11];
}

function faultIn18(number, today) {
  const fault = lengthFault("id", number, 18);
  if (fault) return fault;
  if (!/^[0-9]{17}[0-9X]$/.test(number)) return new Fault("id.characters");
  const born = birthDateOf(number);
  if (!born || born < "1850") return new Fault("id.birth_date", { birth: number.slice(6, 14) });
  if (today && born > today) return new Fault("id.born_later", { birth: born });
  return checkCharacter(number) === number[17] ? null : new Fault("id.checksum");
}

export function faultInCitizenId(number, today) {
  if (/^[0-9]{15}$/.test(number)) return new Fault("id.first_generation");
  return faultIn18(number, today) ?? (PEOPLE.provinces.includes(number.slice(0, 2)) ? null : new Fault("id.region"));
}

function faultInPermit(number, kind, today) {
  const regions = PEOPLE.permitRegions[kind];
  const isThere = regions.includes(number.slice(0, 6));
  return faultIn18(number, today) ?? (isThere ? null : new Fault("id.permit_region", { starts: regions.join(" / ") }));
}

export function faultInForeignResidentId(number, today) {
  if (/^[A-Z]{3}[0-9]{12}$/.test(number)) return null; // the old card, still valid
  return number[0] === "9" ? faultIn18(number, today) : new Fault("id.foreign_resident");
}

const loose = (code, pattern) => (number) => (pattern.test(number) ? null : new Fault(code));
const FAULT_IN_ID = {
  resident: faultInCitizenId,
  hk_macao_permit: (number, today) => faultInPermit(number, "hk_macao_permit", today),
  taiwan_permit: (number, today) => faultInPermit(number, "taiwan_permit", today),
  hk_macao_pass: loose("id.hk_macao_pass", /^[HM][0-9]{8}([0-9]{2})?$/),
  taiwan_pass: loose("id.taiwan_pass", /^(?:[0-9]{8}|[0-9]{10}[A-Z]?)$/),
  foreign_resident: faultInForeignResidentId,
  passport: loose("id.passport", /^[A-Z0-9]{5,17}$/),
};

/** The kind of document that the form calls `word` (居民身份证), or undefined; in a table its value is taken too. */
export const kindCalled = (word, { orValue = false } = {}) =>
  WORD_OF_KIND.find(([value, zh]) => word === zh || (orValue && word === value))?.[0];

export const faultInIdDocument = (kind, number, today) =>
  number ? FAULT_IN_ID[kind](number, today) : new Fault("id.missing");

/** A unified social credit code. "credit_code.checksum" may be overridden by staff. */
export function faultInCreditCode(code) {
  const fault = lengthFault("credit_code", code, 18);
  if (fault) return fault;
  const wrong = [...code].find((mark) => !PEOPLE.creditAlphabet.includes(mark));
  if (wrong !== undefined) return new Fault("credit_code.character", { character: wrong });
  let [total, weight] = [0, 1];
  for (const mark of code.slice(0, 17)) {
    total += PEOPLE.creditAlphabet.indexOf(mark) * weight;
    weight = (weight * 3) % 31;
  }
  return PEOPLE.creditAlphabet[(31 - (total % 31)) % 31] === code[17] ? null : new Fault("credit_code.checksum");
}

export function faultInBankCard(number) {
  if (!/^[0-9]{12,19}$/.test(number)) return new Fault("bank_card.length");
  const values = [...number].reverse().map((digit, place) => Number(digit) * (place % 2 ? 2 : 1));
  const total = values.reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0);
  return total % 10 ? new Fault("bank_card.checksum") : null;
}
