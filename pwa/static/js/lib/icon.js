// An icon drawn by a script, from the sprites named by <meta name="sprites">: "core" first, "more" when asked for.

const SVG = "http://www.w3.org/2000/svg";

/** A new <svg class="i"> of the symbol; `sheet` is 0 for the core sprite, 1 for the rest. */
export function icon(symbol, sheet = 0) {
  const address = document.querySelector('meta[name="sprites"]').content.split(" ")[sheet];
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${address}#${symbol}`);
  svg.append(use);
  return svg;
}
