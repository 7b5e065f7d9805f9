// Words that scripts say, in the page's language: pwa/static/locales/{zh,en}.json, named by <meta name="words">.

let catalogue;

/** The catalogue as an object, fetched once. */
async function fetched() {
  const response = await fetch(document.querySelector('meta[name="words"]').content);
  return response.json();
}

/** A function (key, facts) -> sentence; facts fill {name} places. A missing key shows itself. */
export async function words() {
  catalogue ??= fetched();
  const known = await catalogue;
  return (key, facts = {}) => (known[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
}
