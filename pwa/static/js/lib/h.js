// Pages drawn on the phone: h("a", {class: "li", href: "/x"}, "text", node, …). Text is always text, never markup, so
// nothing a citizen typed can become an element.

/** A new element. Attributes that are null, undefined or false are left out; `on` maps event names to listeners. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
