// Finds the entries that contain a term or a phrase, and its weight in each by BM25F.
import { unpackEntries } from "./unpacking.js";

/** BM25F's weight of a term in an entry, without its rarity: the fields are added up before a
    repeated term stops counting (Robertson et al., 2004). */
const weightOf = ({ index: { fields, k1 }, norms, fieldOf }, inFields, entry, isOutside) => {
  let frequency = 0;
  inFields.forEach((count, field) => {
    if (!count || (isOutside && field === fieldOf.answer)) return;
    const [, boost] = fields[field];
    frequency += (boost * count) / norms[field][entry];
  });
  return frequency && ((k1 + 1) * frequency) / (frequency + k1);
};

const isMissing = ({ packed }) => packed === undefined;

/** The names of the parts that a term or a phrase needs and that are missing. */
export const partsMissing = (term) =>
  (term.needs ?? [term]).filter(isMissing).map(({ part }) => part);

/** A term with its postings: the entries where it counts, its weight in each, and whether it is in
    another way to ask the question. There are none while its part is missing. */
export const postingsOf = (content, term) => {
  if (term.entries) return term;
  const found = { entries: [], weights: [], isAsked: [] };
  if (isMissing(term)) return found;
  const { fieldOf, index } = content;
  found.titled = term.isOfQuestions ? Infinity : 0; // The number of questions with it.
  unpackEntries(term.packed, (entry, caseNumber) => {
    const inFields = index.counts[caseNumber];
    if (inFields[fieldOf.question]) found.titled += 1;
    const weight = weightOf(content, inFields, entry, term.isOfQuestions);
    if (!weight) return;
    found.entries.push(entry);
    found.weights.push(weight);
    found.isAsked.push(inFields[fieldOf.also_asked] > 0);
  });
  return Object.assign(term, found);
};

/** A phrase as a term: the entries that contain all its content words, each with the lowest weight
    among them. */
const makePhrase = (content, phrase) => {
  const all = phrase.split(" ").map((word) => content.known.get(word));
  const ofContent = all.filter(({ isOfQuestions }) => !isOfQuestions);
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

/** The term of a form, or a phrase as a term, kept once all its parts are there. */
export const termOf = (content, phrase) => {
  const { known, phrases } = content;
  const found = known.get(phrase) ?? phrases.get(phrase);
  if (found) return found;
  const whole = makePhrase(content, phrase);
  if (!partsMissing(whole).length) phrases.set(phrase, whole);
  return whole;
};
