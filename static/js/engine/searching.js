// Finds the best entries for a query, and the parts of the index that are missing for it.
import { closenessOfTerms, compareTitle, isAnswer, weigh } from "./comparing.js";
import { partsMissing } from "./postings.js";
import { rate } from "./rating.js";
import { understand, withoutQuotes } from "./understanding.js";
import { slugOf } from "./unpacking.js";

// How many of the best entries are also ranked by their questions: an entry is the likelier, the
// more of its question the query has, and in the same order.
const CANDIDATES = 50;
const SHARED_BONUS = 0.5;
const ORDER_BONUS = 0.05;
// An entry that has almost all content words of the query is likelier, too.
const WHOLE_BONUS = 0.2;
const WHOLE_POWER = 6;

const contentWords = (rated) => rated.filter(({ isQuestion }) => !isQuestion);

const byScore = (scores) => (one, other) => scores[other] - scores[one] || one - other;

/** The `limit` entries with the highest scores, highest first. Equal ones keep their order. */
const bestOf = (entries, scores, limit) => {
  let least = 0;
  const kept = [];
  for (const entry of entries) {
    if (scores[entry] <= least) continue;
    kept.push(entry);
    if (kept.length < 8 * limit) continue;
    kept.sort(byScore(scores)).length = limit; // Now and then: sorting all of them takes longer.
    least = scores[kept[limit - 1]];
  }
  return kept.sort(byScore(scores)).slice(0, limit);
};

/** The entries with a content word of the query, or with any word of a query that has no content
    words, and with all that are quoted; and their scores. */
const score = ({ size }, rated) => {
  const quoted = contentWords(rated).filter(({ isQuoted }) => isQuoted);
  const hasContent = contentWords(rated).length;
  const scores = new Float64Array(size);
  const isFound = new Uint8Array(size);
  for (const { holding, best, weight, isQuestion } of rated) {
    for (const entry of holding) {
      scores[entry] += weight * best[entry];
      if (!hasContent || !isQuestion) isFound[entry] = 1;
    }
  }
  const entries = [];
  for (let entry = 0; entry < size; entry += 1) {
    if (isFound[entry] && quoted.every(({ by }) => by[entry])) entries.push(entry);
  }
  return { entries, scores };
};

/** What a result shows of an entry. `part` is the missing part with its question, if there is
    one. */
const describe = ({ index: { categories, category, titled }, slugs, titles }, entry) => {
  const [title, , folder] = categories[category[entry]] ?? ["", 0, ""];
  const question = titles[entry] ?? "";
  const url = `${folder}${slugs[entry] || slugOf(question)}.html`;
  const isUnnamed = titled && titles[entry] === undefined;
  const part = isUnnamed ? `t${titled.findLastIndex(([first]) => first <= entry)}` : undefined;
  return { entry, url, question, category: title, part };
};

/** The names of the parts with the words of a query that are missing. */
const missingParts = (rated) => {
  const terms = rated.flatMap(({ matches }) => matches.map(({ term }) => term));
  return [...new Set(terms.flatMap(partsMissing))];
};

/**
 * What is found for a query:
 *
 * - `verdict`: "answer" if the first hit answers it, "closest" if hits are only near, or "none".
 * - `hits`: at most `limit` entries, best first, equal ones in the editor's order.
 * - `unmentioned`: the words of the query that no entry holds, as they were typed.
 * - `all`: the numbers of all entries found, in the editor's order.
 * - `missing`: the names of the parts of the index without which this is not final.
 */
export const search = (content, text, limit = 10) => {
  const most = typeof limit === "number" && limit >= 1 ? Math.trunc(limit) : 0;
  const understood = understand(content, text);
  const rated = understood.map((word) => rate(content, word));
  // A word of the vocabulary finds entries, but makes no verdict surer: it counts as unknown.
  const judged = understood.map((word, i) =>
    word.how === "related" ? rate(content, { ...word, matches: [] }) : rated[i],
  );
  const { entries, scores } = score(content, rated);
  const missing = missingParts(rated);
  if (!entries.length && !missing.length && rated.some(({ isQuoted }) => isQuoted)) {
    return search(content, withoutQuotes(text), limit);
  }
  const closenessOf = closenessOfTerms(judged);
  const compare = (entry) => compareTitle(content, entry, closenessOf, rated.length - 1);
  const ofContent = contentWords(rated);
  const best = bestOf(entries, scores, Math.max(most, CANDIDATES));
  for (const entry of best.slice(0, CANDIDATES)) {
    const { shared, inOrder } = compare(entry);
    const { whole, held } = weigh(entry, ofContent);
    const isWhole = whole && (held / whole) ** WHOLE_POWER;
    scores[entry] *= 1 + SHARED_BONUS * shared + ORDER_BONUS * inOrder + WHOLE_BONUS * isWhole;
  }
  best.sort(byScore(scores));
  const hits = best.slice(0, most).map((entry) => {
    const forms = ofContent.flatMap(({ matches, by }) => matches[by[entry] - 1]?.term.forms ?? []);
    return { ...describe(content, entry), score: scores[entry], words: [...new Set(forms)] };
  });
  const [first] = best;
  const isSure = best.length && isAnswer(content, first, contentWords(judged), compare(first));
  return {
    verdict: isSure ? "answer" : best.length ? "closest" : "none",
    hits,
    unmentioned: ofContent
      .filter(({ how, holding }) => how !== "known" && !holding.length)
      .map(({ typed }) => typed),
    all: entries,
    missing: missing.length ? missing : [...new Set(hits.flatMap(({ part }) => part ?? []))],
  };
};
