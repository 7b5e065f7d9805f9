// /desk/intake/:code without the hall: who is it for? Begins the draft on this tablet; its pages are those of any draft.

import { h } from "../../lib/h.js";
import { language } from "../../lib/words.js";
import { PEOPLE } from "../../law/book.js";
import { sentence } from "../../law/fault.js";
import { today } from "../../law/index.js";
import * as catalogue from "../catalogue.js";
import { choices, input, parts, select, tick } from "../drawn/inputs.js";
import { btn, errorSummary, filingWords, pick } from "../drawn/ui.js";
import { begin } from "../filings.js";
import { NotHere } from "../not-here.js";
import { knownOf, takenDown } from "../walking-in.js";
import { intakeWords } from "./intake.js";

/** The page. */
export async function view({ params, navigate }) {
  const [say, fieldWords, about] = await Promise.all([intakeWords(), filingWords(), catalogue.matter(params.code)]);
  if (!about) throw new NotHere(params.code);
  const page = new WalkInPage({ say, fieldWords, about, navigate });
  const main = [page.top, h("h1", {}, say("who")), page.form];
  return { title: say("who"), heading: pick({ zh: about.name, en: about.name_en }), back: "/desk/intake", main, act: btn(say("go"), { wide: true, form: "walk-in" }) };
}

class WalkInPage {
  constructor(given) {
    Object.assign(this, given);
    this.top = h("div", {});
    this.form = h("form", { id: "walk-in", class: "sec-s", novalidate: true, on: { submit: (event) => this.submit(event) } });
    const kinds = this.about.applicants ?? [];
    this.isForPeople = !kinds.length || kinds.includes("person");
    this.isForCompanies = !kinds.length || kinds.includes("company");
    this.draw({ filed_for: this.isForPeople ? "self" : "company", id_kind: "resident" }, {}, false);
  }

  draw(given, errors, mayOverride) {
    const whom = [["self", this.say("person")], ["company", this.say("company")]]; // prettier-ignore
    const one = h("input", { type: "hidden", name: "filed_for", value: given.filed_for });
    const both = choices("radios", { path: "filed_for", label: this.say("applicant"), options: whom }, [given.filed_for], "", this.fieldWords);
    this.form.replaceChildren(
      this.isForPeople && this.isForCompanies ? both : one,
      ...(this.isForCompanies ? [this.unit(given, errors, mayOverride)] : []),
      parts({ path: "comes", label: this.say("comes") }, "", this.fieldWords, this.comes(given, errors)),
    ); // prettier-ignore
  }

  unit(given, errors, mayOverride) {
    const checked = mayOverride && tick("is_uscc_checked", this.say("checked"), given.is_uscc_checked, "", this.fieldWords);
    return parts({ path: "unit", label: this.say("unit") }, "", this.fieldWords, [this.text("org_name", given, errors), this.text("uscc", given, errors, { width: "18" }), checked].filter(Boolean));
  }

  comes(given, errors) {
    const kinds = Object.keys(PEOPLE.idKinds).map((value) => [value, this.say(`kind.${value}`)]);
    return [
      select({ path: "id_kind", label: this.say("id_kind"), options: kinds }, given.id_kind, "", this.fieldWords),
      this.text("id_number", given, errors, { width: "18" }),
      this.text("name", given, errors),
      this.text("mobile", given, errors, { width: "11", attrs: { type: "tel", inputmode: "tel" } }),
    ];
  }

  text(path, given, errors, more = {}) {
    return input({ path, label: this.say(path), ...more }, given[path], errors[path], this.fieldWords);
  }

  async submit(event) {
    event.preventDefault();
    const { walk_in, faults, mayOverride } = takenDown(new FormData(this.form), today());
    const errors = Object.fromEntries(Object.entries(faults).map(([path, fault]) => [path, this.sentence(path, fault)]));
    if (Object.keys(errors).length) {
      this.draw(walk_in, errors, mayOverride);
      this.top.replaceChildren(errorSummary(this.say("wrong", { n: Object.keys(errors).length }), Object.entries(errors).map(([path, words]) => [`#${path}`, words])));
      return this.top.firstChild.focus();
    }
    const draft = await begin({ matter: this.about.code, filed_for: walk_in.filed_for, staff: true, walk_in }, knownOf(walk_in));
    return this.navigate(`/drafts/${draft.id}`);
  }

  sentence(path, fault) {
    return fault.code === "field.missing" ? this.say(`missing.${path}`) : sentence(fault, language());
  }
}
