// Finds the forms in the content that a word may mean, as matches: [{term, form, closeness}].
import { countBits, edits, lettersOf, sharedLetters } from "./likeness.js";

const MOST_BEGUN = 50; // Words that one or two letters may complete to.

/** The matches for the candidates that the content has. */
export const exactly = ({ known }, candidates, closenessTo = () => 1) =>
  candidates
    .filter((form) => known.has(form))
    .map((form) => ({ term: known.get(form), form, closeness: closenessTo(form) }));

/** The longer forms that begin with a word. */
export const completions = (content, word) =>
  exactly(
    content,
    content.forms.filter((form) => form.length > word.length && form.startsWith(word)),
    (form) => word.length / form.length,
  );

/** Whether a word is so short (one or two letters, not CJK) that too many words of a large index
    begin with it. */
export const isHardlyBegun = (content, word) =>
  content.isLarge &&
  word.length < 3 &&
  word < "\u1100" &&
  completions(content, word).length > MOST_BEGUN;

/** The matches for the closest forms, if any form is close at all. */
const closest = (content, closenessTo) => {
  let found = [];
  let most = 0;
  content.forms.forEach((form, i) => {
    const closeness = closenessTo(form, i);
    if (!closeness || closeness < most) return;
    if (closeness > most) found = [];
    most = closeness;
    found.push(form);
  });
  return exactly(content, found, () => most);
};

/** The forms with the longest common beginning: at least four letters, and two thirds of the
    longer word. A y at the end is like an i ("policy", "policies"). */
export const beginnings = (content, word) => {
  const own = word.replace(/y$/, "i");
  return closest(content, (form) => {
    if (!form.startsWith(own.slice(0, 3))) return 0;
    const shared = sharedLetters(own, form.replace(/y$/, "i"));
    const longer = Math.max(word.length, form.length);
    return shared >= 4 && 3 * shared >= 2 * longer ? shared / word.length : 0;
  });
};

/** The nearest forms: one edit away, or two for words of eight letters or more. The first letter
    changes only in words of seven letters or more. Numbers are not corrected, and no word is
    corrected to one that begins questions. */
export const corrections = (content, word) => {
  if (word.length < 5 || /^\d+$/.test(word)) return [];
  const { questionWords } = content;
  const most = word.length < 8 ? 1 : 2;
  const own = lettersOf(word);
  content.letters ??= content.forms.map(lettersOf);
  return closest(content, (form, i) => {
    if (Math.abs(form.length - word.length) > most) return 0;
    if (countBits(content.letters[i] ^ own) > 2 * most) return 0;
    const distance = edits(word, form, most);
    if (distance > most || questionWords.has(form)) return 0;
    // Two edits, one of them in the first letter, are hardly typing errors.
    if (form[0] !== word[0] && (distance > 1 || word.length < 7)) return 0;
    return 1 - (2 * distance) / word.length;
  });
};

/** The two known words that a word consists of, split as near the middle as possible. A half is
    at least three letters long, or one that begins questions ("oncall"); beside digits, one
    letter is enough ("401k"). */
export const halvesOf = ({ known, questionWords }, word) => {
  const shorter = (halves) => Math.min(...halves.map((half) => half.length));
  return Array.from(word, (_, at) => [word.slice(0, at), word.slice(at)])
    .filter((halves) =>
      /^\d+\D$/.test(word)
        ? shorter(halves)
        : halves.every((half) => half.length > 2 || questionWords.has(half)),
    )
    .filter((halves) => halves.every((half) => known.has(half)))
    .sort((one, other) => shorter(other) - shorter(one))[0];
};
