// Decides what each word of a query means: a known word, a synonym, a beginning or a typo.
import {
  beginnings,
  completions,
  corrections,
  exactly,
  halvesOf,
  isHardlyBegun,
} from "./matching.js";
import { synonymsOf } from "./synonyms.js";
import { words } from "./words.js";

const MOST_WORDS = 32; // How many distinct words of a query count.
const QUOTED = /["\u201c\u201e\u00ab][^"\u201c-\u201e\u00ab\u00bb]+["\u201c\u201d\u00bb]/g;

/** A text without the quotes around its words. */
export const withoutQuotes = (text) => text.replace(/["\u201c-\u201e\u00ab\u00bb]/g, " ");

/** The first way to understand a word that fits, given its neighbours, synonyms (`others`) and the
    vocabulary (`related`): [{word, typed, how, matches, isQuoted}]. */
const understandWord = (content, { word, typed }, context) => {
  const { before, after, others, related, isQuoted, isUnfinished } = context;
  const { questionWords } = content;
  const understood = (how, matches) => {
    const ofContent = matches.filter(({ form }) => !questionWords.has(form));
    return [{ word, typed, how, matches: ofContent.length ? ofContent : matches, isQuoted }];
  };
  const same = exactly(content, [...new Set([word, word + after])]);
  if (isQuoted) return understood(same.length ? "known" : "unknown", same);
  if (same.length) return understood("known", [...same, ...others]);
  if (others.length) return understood("synonym", others);
  if (related.length) return understood("related", related);
  const joined = exactly(content, [before + word]);
  if (joined.length) return understood("known", joined);
  if (questionWords.has(word)) return understood("unknown", []);
  const longer = isUnfinished && !isHardlyBegun(content, word) ? completions(content, word) : [];
  if (longer.length) {
    return understood("typing", longer.map((match) => ({ ...match, closeness: 1 })));
  }
  const begun = beginnings(content, word);
  if (begun.length) return understood("beginning", begun);
  const halves = halvesOf(content, word);
  if (halves) return halves.flatMap((half) => understood("split", exactly(content, [half])));
  const corrected = corrections(content, word);
  return understood(corrected.length ? "corrected" : "unknown", corrected);
};

/** The words of a query, except a last one that is hardly begun. */
const wordsOf = (content, text) =>
  words(text).filter(
    ({ word, end }) =>
      end < text.length ||
      content.known.has(word) ||
      content.synonyms.has(word) ||
      content.related.has(word) ||
      !isHardlyBegun(content, word),
  );

export const understand = (content, text) => {
  const found = wordsOf(content, text);
  const last = found[found.length - 1];
  const unfinished = last && last.end === text.length ? last.word : undefined;
  const typedOf = new Map();
  for (const { word, start, end } of found) {
    if (!typedOf.has(word)) typedOf.set(word, text.slice(start, end));
  }
  const asked = [...typedOf.keys()].slice(0, MOST_WORDS);
  const others = synonymsOf(content, asked, content.synonyms);
  const related = synonymsOf(content, asked, content.related);
  const quoted = new Set(
    [...(found.length ? text.matchAll(QUOTED) : [])]
      .flatMap(([phrase]) => words(phrase))
      .map(({ word }) => word),
  );
  return asked.flatMap((word, i) =>
    understandWord(content, { word, typed: typedOf.get(word) }, {
      before: asked[i - 1] ?? "",
      after: asked[i + 1] ?? "",
      others: others[i],
      related: related[i],
      isQuoted: quoted.has(word),
      isUnfinished: word === unfinished,
    }),
  );
};

/** How each word of a text is understood: [{word, term, how, form}]. If it is not, term and form
    are "". */
export const read = (content, text) =>
  understand(content, text).map(({ word, how, matches: [match] }) => ({
    word,
    term: match ? match.term.term : "",
    how,
    form: match ? match.form : "",
  }));

/** Whether a text has a content word: "how do I" does not ask anything yet. */
export const asks = (content, text) =>
  wordsOf(content, text).some(({ word }) => !content.questionWords.has(word));
