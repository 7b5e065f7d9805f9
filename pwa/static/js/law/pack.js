// The form of a matter as the law reads it, from what the phone's catalogue holds (backend/catalogue/packing.py).

/** {groups: [{name, fields, zh?, en?}], fields} of a matter of the pack; `head` has the shared groups and the options in English. */
export function formOf(matter, head) {
  const { groups, own_groups: own = {}, fields } = matter.form;
  const resolved = groups.map((group) => (typeof group === "string" ? (own[group] ?? { name: group, fields: head.groups[group] }) : group));
  const inEnglish = (field) => ({ ...field, options_en: field.options.map((option) => head.options?.[option] ?? option) });
  return {
    groups: resolved.map((group) => ({ ...group, fields: group.fields.map(inEnglish) })),
    fields: fields.map(inEnglish),
  };
}
