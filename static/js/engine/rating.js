// Weighs a word of a query, and finds its best match in each entry.
import { postingsOf } from "./postings.js";

const QUESTION_WEIGHT = 0.4; // The weight of a question word; others have 1.

/** The weight of a word that is in `holding` entries: BM25's inverse document frequency. A word
    that is in no entry may be what the query is about, and counts three times. */
export const weightOfWord = ({ size, questionWords }, word, holding) =>
  Math.log(1 + (size - holding + 0.5) / (holding + 0.5)) *
  (holding ? 1 : 3) *
  (questionWords.has(word) ? QUESTION_WEIGHT : 1);

/** The weight of a word; the entries with it, in `holding`; and for each of these the weight
    (`best`) and the number, from 1 (`by`), of its best match. */
export const rate = (content, { word, typed, how, matches, isQuoted }) => {
  const best = new Float64Array(content.size);
  const by = new Int32Array(content.size);
  const isAsked = new Uint8Array(content.size);
  const holding = [];
  matches.forEach(({ term, closeness }, number) => {
    const postings = postingsOf(content, term);
    for (let i = 0; i < postings.entries.length; i += 1) {
      const entry = postings.entries[i];
      const weight = closeness * postings.weights[i];
      if (weight <= best[entry]) continue;
      if (!by[entry]) holding.push(entry);
      best[entry] = weight;
      by[entry] = number + 1;
      isAsked[entry] = postings.isAsked[i];
    }
  });
  const form = matches.length ? matches[0].form : word;
  const weight = weightOfWord(content, form, holding.length);
  const isQuestion = content.questionWords.has(form);
  return { typed, how, matches, holding, best, by, isAsked, isQuoted, isQuestion, weight };
};
