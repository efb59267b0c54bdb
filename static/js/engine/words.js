// Splits and folds text as faqsite/search/tokens.py does; tests/words.json has cases for both.

const characters = (ranges) => ranges.replace(/\w+/g, "\\u{$&}").replace(/ /g, "");
// Characters newer than Unicode 14 separate words, because browsers disagree about them.
const LATER = characters(
  "88F-897 C5B-C5C CD7-CDC CF3-CFF ECE-ECF 1ACF-1AFF 1C89-1C8F A7CB-A7CF A7D4 A7DA-A7F1 " +
    "105BD-105FF 1093A-1097F 10D3A-10E5F 10EB2-10EFF 1123F-1127F 11375-113FF 116CA-116FF " +
    "11AF9-11BFF 11DAA-11EDF 11EF9-11FAF 1342F-143FF 14647-167FF 16B90-16E3F 16E9B-16EFF " +
    "18CD6-18CFF 18D09-1AFEF 1B123-1B14F 1B153-1B163 1BCA4-1CEFF 1D246-1D2DF 1DF1F-1DFFF " +
    "1E02B-1E0FF 1E2FA-1E7DF 2B739-2B73F 2B81E-2B81F 2CEA2-2CEAF 2EBE1-2F7FF 3134B-E00FF",
);
const CJK = characters(
  "1100-11FF 2E80-9FFF A960-A97F AC00-D7FB F900-FAFF FF66-FFDC 1AFF0-1B16F 20000-3134A",
);
const LETTER = `(?![${LATER}${CJK}\u02bc])[\\p{L}\\p{N}]`;
const MARK = `(?![${LATER}])\\p{M}`;
// A letter with the vowels and finals of a Hangul syllable, or half-width voiced sound marks.
const CJK_LETTER =
  `(?![${LATER}])(?=[${CJK}])[\\p{L}\\p{N}]` + `(?:${MARK}|[\u1160-\u11ff\uff9e\uff9f]){0,63}`;
const RUN = new RegExp(
  `(${LETTER}(?:${LETTER}|${MARK}|['\u2019\u02bc\u2060](?=${LETTER})){0,63})` +
    `(?:(\\+\\+?|#)(?![+#]|${LETTER}|${MARK}|${CJK_LETTER}))?|(?:${CJK_LETTER})+`,
  "gu",
);
// Points in "Ph.D." and separators in "1,000" become U+2060, which joins what is beside it.
const LATIN = "A-Za-z\u00c0-\u024f\u0370-\u04ff";
const JOINED = new RegExp(
  `(^|[^${LATIN}0-9'\u2019\u02bc.])((?:[${LATIN}]{1,2}\\.)+[${LATIN}]{1,3}|` +
    `[1-9][0-9]{0,2}(?:[,.'\u2019 \u00a0\u2009\u202f][0-9]{3})+)(?![${LATIN}0-9])`,
  "g",
);
const SEPARATOR = new RegExp(`[^${LATIN}0-9]`, "g");
const EACH_CJK_LETTER = new RegExp(CJK_LETTER, "gu");

/** Folds a run of letters, marks and digits to look it up: "Résumé" gives "resume". */
const fold = (run) =>
  run
    .replace(/['\u2019\u02bc][sS]$/, "")
    .normalize("NFKD")
    .replace(/[^\p{L}\p{M}\p{N}]|[\u0300-\u036f\u02bc]/gu, "")
    .replace(/^\p{M}+/u, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/\u03c2/g, "\u03c3");

/** The parts of a name in code, each of two letters or more: "setSize" has two, "MaxUploadSize"
    has three; other words have none. */
const partsOf = (run) => {
  const parts = /^[A-Za-z0-9]+$/.test(run) ? run.match(/[A-Z]*[^A-Z]+|[A-Z]+/g) : [];
  const isName = parts.length > (/^[a-z]/.test(run) ? 1 : 2);
  return isName && parts.every((part) => part.length > 1) ? parts : [];
};

/** The folded words of a text: [{word, start, end}], with offsets in the original text. */
export const words = (text) => {
  const found = [];
  if (typeof text !== "string") return found;
  const joined = text.replace(
    JOINED,
    (_, before, run) => before + run.replace(SEPARATOR, "\u2060"),
  );
  for (const { 0: all, 1: run, 2: sign = "", index: start } of joined.matchAll(RUN)) {
    if (run) {
      const word = fold(run);
      const end = start + all.length;
      if (word) found.push({ word: /\p{N}$/u.test(word) ? word : word + sign, start, end });
      let from = start;
      for (const part of partsOf(run)) {
        found.push({ word: part.toLowerCase(), start: from, end: from + part.length });
        from += part.length;
      }
      continue;
    }
    const letters = Array.from(all.matchAll(EACH_CJK_LETTER), ({ 0: letter, index }) => {
      const from = start + index;
      return { word: fold(letter), start: from, end: from + letter.length };
    }).filter(({ word }) => word);
    if (letters.length === 1) found.push(letters[0]);
    letters.slice(1).forEach(({ word, end }, i) => {
      found.push({ word: letters[i].word + word, start: letters[i].start, end });
    });
  }
  return found;
};
