// Copies for a window's tablet: the queue, and the cases on this officer's desk with every paper, so that an outage finds
// them here. Only what is in their hand: each look at a case is written down.

const MOST_CASES = 8;
const MOST_PAPERS = 8;
const MOST_PICTURES = 4;

/** Fetch and keep them; `copied(path)` gives a page's text. */
export async function warmDesk(copied) {
  const queue = await copied("/desk?segment=hand");
  const cases = links(queue, 'a.qi[href^="/desk/cases/"]');
  const open = cases.filter((path) => path.split("?")[0] === location.pathname); // what lies open is worked on now
  for (const path of [...new Set([...open, ...cases])].slice(0, MOST_CASES)) await warmCase(path, copied);
}

async function warmCase(path, copied) {
  const page = await copied(path);
  const papers = links(page, "#mats a[data-material]").slice(0, MOST_PAPERS);
  const forms = links(page, '#verbs a[href*="?open="]');
  for (const picture of pictures(page)) await look(picture);
  for (const each of [...papers, ...forms]) {
    for (const picture of pictures(await copied(each))) await look(picture);
  }
}

/** The worker keeps what it sees pass; a picture of these minutes comes from the browser's own cache. */
const look = (picture) => fetch(picture).then((response) => response.blob()).catch(() => null);

const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

const links = (html, selector) => [...new Set([...parsed(html).querySelectorAll(selector)].map((link) => link.getAttribute("href")))];

const pictures = (html) => [...parsed(html).querySelectorAll("image-viewer img")].map((image) => image.getAttribute("src")).slice(0, MOST_PICTURES);
