// Opens a packed index: the record that every other part works on. What is costly and may not be
// needed (postings, titles as words) is unpacked when a query asks for it, and kept there.
import { unpackNumbers, unpackTerms } from "./unpacking.js";

const FORMAT = 1;
const STEP = 2000; // Terms that are unpacked at a time.

const isIndex = (index) =>
  index?.format === FORMAT &&
  `question_words categories category fields lengths counts terms ${
    index.parts ? "parts titled documents" : "titles slugs postings"
  }`
    .split(" ")
    .every((name) => index[name]?.length >= 0) &&
  "k1 b most_titles shown sure".split(" ").every((name) => index[name] >= 0);

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** Whether questions are made of a term: then it counts outside the answer alone. */
export const isOfQuestions = ({ questionWords }, { forms }) =>
  forms.some((form) => questionWords.has(form));

/** Gives each term of an index in parts its part, as faqsite/search/parts.py describes it: the first
    has the question words. */
const assignParts = (content) => {
  const { parts, documents } = content.index;
  let part = 0;
  let number = 0;
  unpackNumbers(documents, (count) => {
    while (parts[part + 1]?.[0] <= number) part += 1;
    const term = content.terms[number];
    term.part = isOfQuestions(content, term) ? "0" : `${part}`;
    term.count = count;
    number += 1;
  });
};

/** Yields now and then while it opens a large index, so that a page can do something else;
    returns the content. Throws an Error if it is not an index of this format. */
export const opening = function* (index) {
  if (!isIndex(index)) throw new Error(`not a search index of format ${FORMAT}`);
  const { category, lengths, k1, b, most_titles: mostTitles } = index;
  const size = category.length;
  const content = {
    index,
    size,
    isLarge: size > mostTitles,
    questionWords: new Set(index.question_words.split(" ")),
    synonyms: new Map(index.synonyms),
    titles: index.titles ?? [], // By entry; those of an index in parts come with the parts.
    slugs: index.slugs ?? [],
    titleWords: [],
    known: new Map(), // Each form of the content with its term.
    terms: [],
    norms: [], // What BM25 makes of the length of each field in each entry.
    phrases: new Map(), // Those that synonyms have been looked up by, as if each were a term.
  };
  const { known, terms, norms } = content;
  for (const term of unpackTerms(index.terms, index.postings)) {
    for (const form of term.forms) known.set(form, term);
    if (!(terms.push(term) % STEP)) yield;
  }
  content.forms = [...known.keys()];
  if (index.parts) assignParts(content);
  for (const packed of lengths) {
    const inEntries = [];
    unpackNumbers(packed, (length) => inEntries.push(length));
    const average = sum(inEntries) / size;
    norms.push(inEntries.map((length) => k1 * (1 - b + (b * length) / average)));
    if (content.isLarge) yield;
  }
  return content;
};

/** Takes a part of an index, as it has been loaded. */
export const addPart = ({ terms, titles, slugs }, name, part) => {
  const packed = part.postings.split(" ");
  let i = 0;
  for (const term of terms) if (term.part === name) term.packed = packed[i++];
  let entry = -1;
  i = 0;
  unpackNumbers(part.entries, (skipped) => {
    entry += 1 + skipped;
    titles[entry] = part.titles[i];
    slugs[entry] = part.slugs[i];
    i += 1;
  });
};
