// Rules of a table in a form: its columns, how many rows, what a column must be or add up to.

import { TABLES } from "./book.js";
import { shifted } from "./days.js";
import { adjusted, compare, decimal, divided, plus, times, written } from "./decimal.js";
import { Fault } from "./fault.js";
import { faultInCitizenId, faultInIdDocument, kindCalled } from "./identity.js";
import { ruleCalled } from "./rules.js";
import { plainNumber, strip, textOf } from "./text.js";
import { read } from "./values.js";

/** The keys of a table's columns; none where the catalogue names none. */
export const columnsOf = (field) => ruleCalled({ rule: field.rule, type: "table" }, "columns")?.args[0].split(",") ?? [];

/** The column a rule means: "total_mass" is the column total_mass_t. */
const columnNamed = (name, columns) => columns.find((column) => column === name || column.startsWith(`${name}_`));

/** The first fault of the rows under one part of the table's rule, or null. */
export function faultInTable(rule, rows, field, today, companyType) {
  const columns = columnsOf(field);
  const [one, two, three] = rule.args;
  switch (rule.name) {
    case "columns":
      return cells(rows, columns, today);
    case "rows":
      return rows.length < Number(one) ? new Fault("field.few", { least: Number(one) }) : null;
    case "rows_if_kind":
      return companyType.startsWith(TABLES.companyTypes[one]) ? rowCount(rows.length, Number(two), Number(three)) : null;
    case "column_total":
      return total(rows, one);
    default: {
      const column = columnNamed(one, columns);
      return column === undefined ? null : each(rule, rows, column, today);
    }
  }
}

function cells(rows, columns, today) {
  for (const [place, row] of rows.entries()) {
    const column = columns.find((key) => !row[key]);
    if (column !== undefined) return new Fault("table.column", { row: place + 1, column });
    const fault = columns.includes("id_no") ? idIn(row, today) : null;
    if (fault) return fault;
  }
  return null;
}

function idIn(row, today) {
  const kind = kindCalled(row.id_type, { orValue: true });
  const number = plainNumber(row.id_no);
  if (kind) return faultInIdDocument(kind, number, today);
  const isResident = [15, 18].includes([...number].length) && /^[0-8][0-9]{14}/.test(number);
  return isResident ? faultInCitizenId(number, today) : null;
}

function rowCount(count, least, most) {
  if (count < least) return new Fault("field.few", { least });
  return count > most ? new Fault("field.many", { most }) : null;
}

/** A cell as a number; null for what is none and for numbers beyond all sense (1e999999). */
function numberIn(text) {
  const found = decimal(strip(strip(textOf(text)).replace(/[%％]+$/, "")));
  return found && Math.abs(adjusted(found)) <= TABLES.mostPlacesInTable ? found : null;
}

/** Shares add up to 100 %; fractions (1/3) are read too, so three equal owners can be written exactly. */
function total(rows, column) {
  let all = decimal("0");
  for (const row of rows) {
    const [top, ...rest] = textOf(row[column] ?? "").split("/");
    const bottom = rest.join("/");
    const [above, below] = [numberIn(top), bottom ? numberIn(bottom) : null];
    if (!above || (bottom && !below?.digits)) return new Fault("field.number");
    all = plus(all, below ? times(divided(above, below), 100) : above);
  }
  const apart = plus(all, decimal("-100"));
  const isWhole = compare({ ...apart, isMinus: false }, decimal("0.0001")) < 0;
  return isWhole ? null : new Fault("table.sum", { column, total: written(all) });
}

function each(rule, rows, column, today) {
  for (const row of rows) {
    const cell = row[column] ?? "";
    const fault = rule.name === "column_day" ? dayFault(cell, shifted(today, rule.args[1])) : aboveFault(cell, rule.args[1]);
    if (fault) return fault;
  }
  return null;
}

function dayFault(cell, limit) {
  const day = read("date", cell);
  if (day instanceof Fault) return day;
  return day < limit ? new Fault("date.earliest", { day: limit }) : null;
}

function aboveFault(cell, bound) {
  const number = numberIn(cell);
  if (!number) return new Fault("field.number");
  return compare(number, decimal(bound)) <= 0 ? new Fault("field.above", { above: bound }) : null;
}
