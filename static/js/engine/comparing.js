// Compares a query with an entry's question, and measures how far the entry covers the query.
import { postingsOf } from "./postings.js";
import { weightOfWord } from "./rating.js";
import { words } from "./words.js";

// Chosen so that 95 of 100 right answers reach a coverage of one half (docs/search-quality.md).
const HELD_POWER = 0.21;
const ASKED_POWER = 0.235;
const LEAST_ASKED = 0.05;

/** The words of an entry's question with their terms and weights, made once. There are none while
    the part with the question is missing. */
const wordsOfTitle = (content, entry) => {
  const { known, questionWords, titles, titleWords } = content;
  if (!titles[entry]) return [];
  titleWords[entry] ??= words(titles[entry]).map(({ word }) => {
    const term = known.get(word);
    const holding = term.count ?? postingsOf(content, term).entries.length;
    const weight = weightOfWord(content, word, holding);
    return { term, weight, isQuestion: questionWords.has(word) };
  });
  return titleWords[entry];
};

/** For each term that a query matches, the number of the first word that matches it, and how
    close that is. */
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
 * How much of an entry's question the query has, by weight: of all its words (`shared`) and of its
 * content words (`sharedContent`); and which share of the query's words are in the same order in
 * the question (`inOrder`). In a large index, a question is compared only if it shares a content
 * word with the query that few questions have, so that a split index need not load the others.
 */
export const compareTitle = (content, entry, closenessOf, last) => {
  let all = 0;
  let shared = 0;
  let ofContent = 0;
  let sharedContent = 0;
  let inOrder = 0;
  let before = NaN;
  let isCompared = !content.isLarge;
  for (const { term, weight, isQuestion } of wordsOfTitle(content, entry)) {
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

/** How far an entry covers a query, from 0 to 1: 1 if it has all content words. The fewer it has,
    the more depends on how much of the entry's question, or of another way to ask it, the query
    has. */
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
