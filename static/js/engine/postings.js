// The entries that hold a term or a phrase, and what it weighs in each: BM25.
import { isOfQuestions } from "./opening.js";
import { unpackNumbers } from "./unpacking.js";

/** BM25's weight of a term in an entry except its rarity, over the fields that count. */
const weightOf = ({ index: { fields, k1 }, norms }, inFields, entry, isOutside) => {
  let weight = 0;
  inFields.forEach((count, field) => {
    const [name, boost] = fields[field];
    if (!count || (isOutside && name === "answer")) return;
    weight += (boost * count * (k1 + 1)) / (count + norms[field][entry]);
  });
  return weight;
};

const isMissing = ({ part, packed }) => part !== undefined && packed === undefined;

/** The parts of the index that a term or a phrase needs and that have not been added. */
export const partsMissing = (term) =>
  (term.needs ?? [term]).filter(isMissing).map(({ part }) => part);

/** The postings of a term: the entries in which it counts, for each its weight and whether it
    has been asked so. There are none while its part is missing. */
export const postingsOf = (content, term) => {
  if (term.entries) return term;
  const found = { entries: [], weights: [], isAsked: [] };
  if (isMissing(term)) return found;
  const { counts, fields } = content.index;
  const [question, alsoAsked] = ["question", "also_asked"].map((field) =>
    fields.findIndex(([name]) => name === field),
  );
  const isOutside = isOfQuestions(content, term);
  let entry = -1;
  found.titled = isOutside ? Infinity : 0; // Of how many questions it is a word.
  unpackNumbers(term.packed, (skipped, caseNumber) => {
    entry += 1 + skipped;
    if (counts[caseNumber][question]) found.titled += 1;
    const weight = weightOf(content, counts[caseNumber], entry, isOutside);
    if (!weight) return;
    found.entries.push(entry);
    found.weights.push(weight);
    found.isAsked.push(counts[caseNumber][alsoAsked] > 0);
  });
  return Object.assign(term, found);
};

/** What stands for a phrase as if it were a term: the entries that hold all its words of
    content, with the weight of the word that weighs least. */
const makePhrase = (content, phrase) => {
  const all = phrase.split(" ").map((word) => content.known.get(word));
  const ofContent = all.filter((term) => !isOfQuestions(content, term));
  const terms = ofContent.length ? ofContent : all;
  const postings = terms.map((term) => postingsOf(content, term));
  const places = postings.map(({ entries }) => new Map(entries.map((entry, i) => [entry, i])));
  const forms = ofContent.flatMap((term) => term.forms);
  const whole = { term: phrase, forms, needs: terms, entries: [], weights: [], isAsked: [] };
  for (const entry of postings[0].entries) {
    if (!places.every((place) => place.has(entry))) continue;
    const at = places.map((place) => place.get(entry));
    whole.entries.push(entry);
    whole.weights.push(Math.min(...postings.map(({ weights }, n) => weights[at[n]])));
    whole.isAsked.push(postings.every(({ isAsked }, n) => isAsked[at[n]]));
  }
  return whole;
};

/** The term of a form, or what stands for a phrase. */
export const termOf = (content, phrase) => {
  const { known, phrases } = content;
  const found = known.get(phrase) ?? phrases.get(phrase);
  if (found) return found;
  const whole = makePhrase(content, phrase);
  if (!partsMissing(whole).length) phrases.set(phrase, whole);
  return whole;
};
