// Words that scripts say, in the page's language. Those that every page may need come as pwa/static/locales/{zh,en}.json,
// named by <meta name="words">; a bigger part of the app brings its own pair of modules in js/words/.

let catalogue;

async function fetched() {
  const response = await fetch(document.querySelector('meta[name="words"]').content);
  return response.json();
}

/** The language of the page: "zh" or "en". */
export const language = () => (document.documentElement.lang.startsWith("en") ? "en" : "zh");

/** A function (key, facts) -> sentence over a catalogue; facts fill {name} places. A missing key shows itself. */
export function saying(known) {
  return (key, facts = {}) => (known[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
}

/** The common words. */
export async function words() {
  catalogue ??= fetched();
  return saying(await catalogue);
}

/** The words of one part: `loaders` has a function for zh and one for en, each importing its module of js/words/. */
export async function wordsOf(loaders) {
  return saying((await loaders[language()]()).default);
}
