// How a phrase and a query are read before they are compared: as backend/catalogue/wording.py does.

export const LONGEST = 40;
const GAP = /[^0-9a-z一-鿿㐀-䶿\u{20000}-\u{3ffff}]+/gu;
const FILLERS =
  /请问|你好|您好|我想要|我想|我要|我该|想要|麻烦|怎么样才能|怎么才能|怎么办理|怎么办|怎么弄|怎么|如何|哪里可以|在哪里|去哪里|去哪儿|去哪|哪里|哪儿|需要什么材料|要什么材料|要带什么|需要带什么|需要什么|要什么|什么|需要|可以|能不能|多少钱|多久|手续|流程|办理|办一下|一下|吗|呢|啊|呀|吧/g;

/** Compatibility forms folded, lower case, everything but letters, digits and han taken out. */
export const normal = (text) => text.normalize("NFKC").toLowerCase().replace(GAP, "");

/** The Latin words of a text. */
export const latinWords = (text) => text.normalize("NFKC").toLowerCase().match(/[a-z0-9]+/g) ?? [];

/** A normalised query without the politeness around it. */
export const core = (query) => query.replace(FILLERS, "") || query;

export const hasLatin = (text) => /[a-z]/.test(text);
export const hasHan = (text) => /[一-鿿㐀-䶿\u{20000}-\u{3ffff}]/u.test(text);
