// Applies the owner's synonyms, or the vocabulary.
import { termOf } from "./postings.js";

const SYNONYM_CLOSENESS = 0.8;

/** For each word of a query, the matches for its synonyms and for those of phrases with it. */
export const synonymsOf = (content, asked, synonyms) => {
  const found = asked.map(() => []);
  for (let from = 0; from < asked.length; from += 1) {
    let phrase = "";
    for (let to = from; to < asked.length; to += 1) {
      phrase += (phrase && " ") + asked[to];
      const matches = (synonyms.get(phrase) ?? []).map((form) => ({
        term: termOf(content, form),
        form,
        closeness: SYNONYM_CLOSENESS,
      }));
      for (let i = from; i <= to; i += 1) found[i].push(...matches);
    }
  }
  return found;
};
