// What stands in the fields of this page and has not been sent.

/** Let every <auto-save> send now. */
export async function saveAll() {
  for (const each of document.querySelectorAll("auto-save")) await each.send?.();
}

/** Whether something typed on this page would be gone after a reload. */
export function typed() {
  const saving = [...document.querySelectorAll("auto-save")];
  if (saving.some((each) => Object.keys(each.unsent ?? {}).length)) return true;
  const fields = document.querySelectorAll("main :is(input:not([type=hidden]), textarea, select)");
  return [...fields].some((field) => !field.closest("auto-save, [data-keeps]") && isChanged(field));
}

/** Whether a field holds something else than the page came with. */
export function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected) && field.selectedIndex > 0;
  return field.value !== field.defaultValue;
}
