// How much of an entry's question a query has, and how far the entry covers the query.
import { postingsOf } from "./postings.js";
import { weightOfWord } from "./rating.js";
import { words } from "./words.js";

// These bring to a half what 95 of 100 right answers reach (docs/search-quality.md).
const HELD_POWER = 0.21;
const ASKED_POWER = 0.235;
const LEAST_ASKED = 0.05;

const wordsOfTitle = (content, entry) => {
  const { known, questionWords, titles, titleWords } = content;
  titleWords[entry] ??= words(titles[entry]).map(({ word }) => {
    const term = known.get(word);
    const holding = term.count ?? postingsOf(content, term).entries.length;
    const weight = weightOfWord(content, word, holding);
    return { term, weight, isQuestion: questionWords.has(word) };
  });
  return titleWords[entry];
};

/** Each term that the words of a query match, with the number of the first of them. */
export const closenessOfTerms = (rated) => {
  const found = new Map();
  rated.forEach(({ matches }, number) => {
    for (const { term, closeness } of matches) {
      if (!found.has(term)) found.set(term, { number, closeness });
    }
  });
  return found;
};

/**
 * Of a question the share, by weight, that the query has: of all its words, and of those of
 * content; and the share of the query that follows its order. Of many entries only those are
 * compared whose question has a term of content of the query that few questions have, so that an
 * index in parts need not bring all questions.
 */
export const compareTitle = (content, entry, closenessOf, last) => {
  let [all, ofContent, shared, sharedContent, inOrder, before] = [0, 0, 0, 0, 0, NaN];
  let isCompared = !content.isLarge;
  for (const { term, weight, isQuestion } of content.titles[entry]
    ? wordsOfTitle(content, entry)
    : []) {
    const { number, closeness } = closenessOf.get(term) ?? { number: NaN, closeness: 0 };
    all += weight;
    shared += weight * closeness;
    if (!isQuestion) {
      ofContent += weight;
      sharedContent += weight * closeness;
    }
    if (number === before + 1) inOrder += 1;
    before = number;
    if (closeness && term.titled <= content.index.most_titles) isCompared = true;
  }
  if (!isCompared) return { shared: 0, sharedContent: 0, inOrder: 0 };
  return {
    shared: shared / (all || 1),
    sharedContent: sharedContent / (ofContent || 1),
    inOrder: inOrder / (last || 1),
  };
};

/** How far an entry covers a query, 0 to 1: 1 if it holds all its words of content. The less
    it holds, the more of its own question the query must have, or be one way to ask it. */
export const coverage = (entry, ofContent, sharedContent) => {
  let [whole, held, asked] = [0, 0, 0];
  for (const { matches, by, isAsked, weight } of ofContent) {
    whole += weight;
    if (!by[entry]) continue;
    const part = weight * matches[by[entry] - 1].closeness;
    held += part;
    if (isAsked[entry]) asked += part;
  }
  const share = Math.min(1, held / whole);
  const isMeant = Math.max(sharedContent, asked / whole, LEAST_ASKED);
  return share ** HELD_POWER * isMeant ** (ASKED_POWER * (1 - share));
};
