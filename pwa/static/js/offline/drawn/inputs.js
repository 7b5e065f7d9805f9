// The macros of templates/components/form.html: one question as govuk markup, its hint and error linked to it.

import { h } from "../../lib/h.js";
import { glyph } from "./ui.js";

/** The sentence of what is wrong with a field. */
export const errorLine = (id, error, say) =>
  error && h("p", { class: "govuk-error-message", id: `${id}-error` }, glyph("warning-circle-fill"),
    h("span", {}, h("span", { class: "govuk-visually-hidden" }, say("field.wrong")), error)); // prettier-ignore

const hintLine = (id, hint) => hint && h("div", { class: "govuk-hint", id: `${id}-hint` }, hint);
const described = (id, hint, error) => [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || null;
const optional = (isOptional, say) => isOptional && [" ", h("span", { class: "opt-word" }, say("field.optional"))];

/** A group around a field. */
export const group = (error, ...inside) => h("div", { class: `govuk-form-group${error ? " govuk-form-group--error" : ""}` }, inside);

/** A fieldset with its legend: what has several parts. */
export const parts = ({ path, label, hint, isOptional }, error, say, ...inside) =>
  group(error, h("fieldset", { class: "govuk-fieldset", id: path, tabindex: "-1", "aria-describedby": described(path, hint, error) },
    h("legend", { class: "govuk-fieldset__legend" }, label, optional(isOptional, say)), hintLine(path, hint), errorLine(path, error, say), inside)); // prettier-ignore

/** One line of text, a number, a day. */
export function input({ path, label, hint = "", attrs = {}, suffix = "", width = "", isOptional = false }, value, error, say) {
  const field = h("input", {
    class: `govuk-input${error ? " govuk-input--error" : ""}${width ? ` w-${width}` : ""}`,
    id: path, name: path, type: attrs.type ?? "text", value: value ?? "", autocomplete: attrs.autocomplete ?? "off", inputmode: attrs.inputmode,
    min: attrs.min, max: attrs.max, step: attrs.step, "aria-describedby": described(path, hint, error), "aria-invalid": error ? "true" : null,
  }); // prettier-ignore
  const label_ = h("label", { class: "govuk-label", for: path }, label, optional(isOptional, say));
  return group(error, label_, hintLine(path, hint), errorLine(path, error, say), suffix ? h("div", { class: "with-suffix" }, field, h("span", {}, suffix)) : field);
}

/** Several lines. */
export function textarea({ path, label, hint, isOptional }, value, error, say) {
  const field = h("textarea", {
    class: `govuk-textarea${error ? " govuk-textarea--error" : ""}`, id: path, name: path, rows: 4,
    "aria-describedby": described(path, hint, error), "aria-invalid": error ? "true" : null,
  }, value ?? ""); // prettier-ignore
  return group(error, h("label", { class: "govuk-label", for: path }, label, optional(isOptional, say)), hintLine(path, hint), errorLine(path, error, say), field);
}

/** One of many. */
export function select({ path, label, hint, options, isOptional }, value, error, say) {
  const choices = options.map(([key, word]) => h("option", { value: key, selected: key === value }, word));
  const field = h("select", {
    class: `govuk-select${error ? " govuk-select--error" : ""}`, id: path, name: path,
    "aria-describedby": described(path, hint, error), "aria-invalid": error ? "true" : null,
  }, value ? null : h("option", { value: "" }, say("field.choose")), choices); // prettier-ignore
  return group(error, h("label", { class: "govuk-label", for: path }, label, optional(isOptional, say)), hintLine(path, hint), errorLine(path, error, say), field);
}

/** Radios or boxes: `options` [[value, word, hint?]], `chosen` the values that are. */
export function choices(kind, { path, label, hint = "", options, isOptional = false, hideLegend = false }, chosen, error, say) {
  const type = kind === "radios" ? "radio" : "checkbox";
  const items = options.map(([value, word, line], at) => {
    const id = at ? `${path}-${at + 1}` : path;
    return h("div", { class: `govuk-${kind}__item` },
      h("input", { class: `govuk-${kind}__input`, type, id, name: path, value, checked: chosen.includes(value), "aria-describedby": line ? `${id}-hint` : null }),
      h("label", { class: `govuk-label govuk-${kind}__label`, for: id }, word),
      line && h("div", { class: `govuk-hint govuk-${kind}__hint`, id: `${id}-hint` }, line)); // prettier-ignore
  });
  return group(error, h("fieldset", { class: "govuk-fieldset", "aria-describedby": described(path, hint, error) },
    h("legend", { class: `govuk-fieldset__legend${hideLegend ? " govuk-visually-hidden" : ""}` }, label, optional(isOptional, say)),
    hintLine(path, hint), errorLine(path, error, say), h("div", { class: `govuk-${kind}` }, items))); // prettier-ignore
}

/** One box to tick. */
export const tick = (path, label, isTicked, error, say, value = "true") =>
  group(error, errorLine(path, error, say), h("div", { class: "govuk-checkboxes" }, h("div", { class: "govuk-checkboxes__item" },
    h("input", { class: "govuk-checkboxes__input", type: "checkbox", id: path, name: path, value, checked: isTicked,
      "aria-describedby": described(path, "", error), "aria-invalid": error ? "true" : null }),
    h("label", { class: "govuk-label govuk-checkboxes__label", for: path }, label)))); // prettier-ignore
