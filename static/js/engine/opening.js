// Opens a packed index as the record `content`, which every other part works on. Costly values
// that may not be needed (postings, words of titles, letters) are made for the first query that
// needs them and kept in the record.
import { unpackEntries, unpackNumbers, unpackTerms } from "./unpacking.js";

const FORMAT = 2;
const STEP = 2000; // Terms to unpack at a time.

const isIndex = (index) =>
  index?.format === FORMAT &&
  `question_words categories category fields lengths counts terms ${
    index.parts ? "parts titled documents" : "titles slugs postings"
  }`
    .split(" ")
    .every((name) => index[name]?.length >= 0) &&
  "k1 b most_titles shown".split(" ").every((name) => index[name] >= 0);

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** Gives each term of a split index the name of its part, as faqsite/search/parts.py describes:
    the first part has the question words. */
const assignParts = (content) => {
  const { parts, documents } = content.index;
  let part = 0;
  let number = 0;
  unpackNumbers(documents, (count) => {
    while (parts[part + 1]?.[0] <= number) part += 1;
    const term = content.terms[number];
    term.part = term.isOfQuestions ? "0" : `${part}`;
    term.count = count;
    number += 1;
  });
};

/** Returns the content of an index. With a large one it yields now and then, so that the page can
    respond meanwhile. Throws an Error if the format is another one. */
export const opening = function* (index) {
  if (!isIndex(index)) throw new Error(`not a search index of format ${FORMAT}`);
  const { category, fields, lengths, k1, b, most_titles: mostTitles } = index;
  const size = category.length;
  const content = {
    index,
    size,
    isLarge: size > mostTitles,
    questionWords: new Set(index.question_words.split(" ")),
    synonyms: new Map(index.synonyms),
    related: new Map(index.related), // Of the vocabulary.
    fieldOf: Object.fromEntries(fields.map(([name], number) => [name, number])),
    titles: index.titles ?? [], // By entry; a split index has them in its parts.
    slugs: index.slugs ?? [],
    titleWords: [], // By entry: see comparing.js.
    known: new Map(), // Each form in the content, with its term.
    terms: [],
    norms: [], // By field and entry: the length of the field as BM25 counts it.
    phrases: new Map(), // The phrases of synonyms as terms: see postings.js.
    letters: undefined, // By form: see matching.js.
  };
  const { known, terms, norms } = content;
  for (const term of unpackTerms(index.terms, index.postings)) {
    for (const form of term.forms) known.set(form, term);
    // A question word counts only outside the answer.
    term.isOfQuestions = term.forms.some((form) => content.questionWords.has(form));
    if (!(terms.push(term) % STEP)) yield;
  }
  content.forms = [...known.keys()];
  if (index.parts) assignParts(content);
  for (const packed of lengths) {
    const inEntries = [];
    unpackNumbers(packed, (length) => inEntries.push(length));
    const average = sum(inEntries) / size;
    norms.push(inEntries.map((length) => 1 - b + (b * length) / average));
    if (content.isLarge) yield;
  }
  return content;
};

/** Adds a part of the index that has been loaded: the postings of its terms, and titles. */
export const addPart = ({ terms, titles, slugs }, name, part) => {
  const packed = part.postings.split(" ");
  for (const term of terms) if (term.part === name) term.packed = packed.shift();
  let i = 0;
  unpackEntries(part.entries, (entry) => {
    titles[entry] = part.titles[i];
    slugs[entry] = part.slugs[i];
    i += 1;
  });
};
