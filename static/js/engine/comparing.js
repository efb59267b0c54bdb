// Compares a query with an entry's question, and judges whether the entry answers the query.
import { postingsOf } from "./postings.js";
import { weightOfWord } from "./rating.js";
import { words } from "./words.js";

// Chosen on three collections of questions and answers (docs/search.md).
const EVIDENCE_WEIGHT = 0.08;
const SURE = 0.11;

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

/** The weight of a query's content words (`whole`), of those that an entry has (`held`), and of
    those in its other ways to ask (`asked`). */
export const weigh = (entry, ofContent) => {
  let [whole, held, asked] = [0, 0, 0];
  for (const { matches, by, isAsked, weight } of ofContent) {
    whole += weight;
    if (!by[entry]) continue;
    const part = weight * matches[by[entry] - 1].closeness;
    held += part;
    if (isAsked[entry]) asked += part;
  }
  return { whole, held, asked };
};

/** Whether an entry answers a query, as far as words can tell: the query has enough of its
    question, or of another way to ask it, and the entry has more of the query than it lacks. A
    corrected word alone is a guess. */
export const isAnswer = ({ size }, entry, ofContent, { shared, sharedContent }) => {
  if (!ofContent.length) return shared === 1;
  const isGuess = ofContent.every(({ how, by }) => how === "corrected" || !by[entry]);
  const { whole, held, asked } = weigh(entry, ofContent);
  const evidence = (2 * held - whole) / Math.log(size + 1);
  const isMeant = Math.max(sharedContent, asked / whole);
  return !isGuess && isMeant + EVIDENCE_WEIGHT * evidence >= SURE;
};
