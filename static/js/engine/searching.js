// From a query to the entries, best first, and to the parts of the index that are missing.
import { closenessOfTerms, compareTitle, coverage } from "./comparing.js";
import { partsMissing } from "./postings.js";
import { rate } from "./rating.js";
import { understand } from "./understanding.js";
import { slugOf } from "./unpacking.js";

// Of the best entries by their words so many are ranked by their questions too: one of which
// the query has much, and in the same order, is the likelier one.
const CANDIDATES = 50;
const SHARED_BONUS = 0.5;
const ORDER_BONUS = 0.2;

/** At most `limit` of the entries, given in order, the highest score first. */
const bestOf = (entries, scores, limit) => {
  const byScore = (one, other) => scores[other] - scores[one] || one - other;
  let least = 0;
  const kept = [];
  for (const entry of entries) {
    if (scores[entry] <= least) continue;
    kept.push(entry);
    if (kept.length < 8 * limit) continue;
    kept.sort(byScore).length = limit; // Now and then: to sort all would take longer.
    least = scores[kept[limit - 1]];
  }
  return kept.sort(byScore).slice(0, limit);
};

/** The entries that hold words of content, all that are quoted among them, and their scores. */
const score = ({ size }, rated) => {
  const quoted = rated.filter(({ isQuestion, isQuoted }) => isQuoted && !isQuestion);
  const scores = new Float64Array(size);
  const isFound = new Uint8Array(size);
  for (const { holding, best, weight, isQuestion } of rated) {
    for (const entry of holding) {
      scores[entry] += weight * best[entry];
      if (!isQuestion) isFound[entry] = 1;
    }
  }
  const entries = [];
  for (let entry = 0; entry < size; entry += 1) {
    if (isFound[entry] && quoted.every(({ by }) => by[entry])) entries.push(entry);
  }
  return { entries, scores };
};

/** What a result shows of an entry; its question may be in a part that is missing. */
const describe = ({ index: { categories, category, titled }, slugs, titles }, entry) => {
  const [title, , folder] = categories[category[entry]] ?? ["", -1, ""];
  const question = titles[entry] ?? "";
  const url = `${folder}${slugs[entry] || slugOf(question)}.html`;
  const isUnnamed = titled && titles[entry] === undefined;
  const part = isUnnamed ? `t${titled.findLastIndex(([first]) => first <= entry)}` : undefined;
  return { entry, url, question, category: title, part };
};

/** The parts that a search still needs: for what it finds, or, once that is known, for what its
    results are called. */
const missingParts = (rated, results) => {
  const terms = rated.flatMap(({ matches }) => matches.map(({ term }) => term));
  const ofTerms = terms.flatMap(partsMissing);
  return [...new Set(ofTerms.length ? ofTerms : results.flatMap(({ part }) => part ?? []))];
};

/**
 * The entries for a query, best first, of equal ones the editor's first. The array has `all`, the
 * numbers of all that were found, in the editor's order, and `missing`, the names of the parts of
 * the index without which this is not yet the answer.
 */
export const search = (content, text, limit = 10) => {
  const most = typeof limit === "number" && limit >= 1 ? Math.trunc(limit) : 0;
  const rated = understand(content, text).map((word) => rate(content, word));
  const ofContent = rated.filter(({ isQuestion }) => !isQuestion);
  const { entries, scores } = score(content, rated);
  const closenessOf = closenessOfTerms(rated);
  const compare = (entry) => compareTitle(content, entry, closenessOf, rated.length - 1);
  const best = bestOf(entries, scores, Math.max(most, CANDIDATES));
  for (const entry of best.slice(0, CANDIDATES)) {
    const { shared, inOrder } = compare(entry);
    scores[entry] *= 1 + SHARED_BONUS * shared + ORDER_BONUS * inOrder;
  }
  best.sort((one, other) => scores[other] - scores[one] || one - other);
  const results = best.slice(0, most).map((entry) => {
    const forms = ofContent.flatMap(({ matches, by }) => matches[by[entry] - 1]?.term.forms ?? []);
    return {
      ...describe(content, entry),
      score: scores[entry],
      covered: coverage(entry, ofContent, compare(entry).sharedContent),
      words: [...new Set(forms)],
    };
  });
  return Object.assign(results, { all: entries, missing: missingParts(rated, results) });
};
