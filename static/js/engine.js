// Ranks the entries of a packed index for a query. It needs no document, and it stems nothing:
// the index tells which forms of a word the content has.
"use strict";

var FaqEngine = (() => {
  const FORMAT = 1;
  const MOST_TOGETHER = 5; // Words of a phrase that has synonyms.
  const MOST_WORDS = 32; // Distinct words of a query that count.
  const QUESTION_WEIGHT = 0.4; // Of a word that questions are made of; others weigh 1.
  const SYNONYM_CLOSENESS = 0.8;
  // Of the best entries by their words so many are ranked by their questions too: one of which
  // the query has much, and in the same order, is the likelier one.
  const CANDIDATES = 50;
  // Of more entries than this only those whose question has a term of content of the query that
  // no more questions have: so that an index in parts need not bring all questions.
  const MOST_TITLES = 500;
  const MOST_BEGUN = 50; // Words that two letters may become.
  const STEP = 2000; // Terms that are unpacked at a time.
  const SHARED_BONUS = 0.5;
  const ORDER_BONUS = 0.2;
  // These bring to a half what 95 of 100 right answers reach (docs/search-quality.md).
  const HELD_POWER = 0.21;
  const ASKED_POWER = 0.235;
  const LEAST_ASKED = 0.05;

  // What questions are made of: such words weigh less, and only outside the answer.
  const QUESTION_WORDS = new Set(
    (
      "a am an and are arent be can cant do does doesnt dont for from get has have how i if im " +
      "in is isnt it ive me my of on or should the there theyre to we what when where which who " +
      "why will wont you your youre"
    ).split(" "),
  );

  // What a word is, as faqsite/words.py defines it.

  const characters = (ranges) => ranges.replace(/\w+/g, "\\u{$&}").replace(/ /g, "");
  // Letters that came after Unicode 14 separate words: browsers differ in them.
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
  // With the vowels and finals of a Hangul syllable, and voiced sound marks of half width.
  const CJK_LETTER =
    `(?![${LATER}])(?=[${CJK}])[\\p{L}\\p{N}]` + `(?:${MARK}|[\u1160-\u11ff\uff9e\uff9f]){0,63}`;
  const RUN = new RegExp(
    `(${LETTER}(?:${LETTER}|${MARK}|['\u2019\u02bc](?=${LETTER})){0,63})` +
      `(?:(\\+\\+?|#)(?![+#]|${LETTER}|${MARK}|${CJK_LETTER}))?|(?:${CJK_LETTER})+`,
    "gu",
  );
  const QUOTED = /["\u201c\u201e\u00ab][^"\u201c-\u201e\u00ab\u00bb]+["\u201c\u201d\u00bb]/g;
  const EACH_CJK_LETTER = new RegExp(CJK_LETTER, "gu");

  /** What a run of letters, marks and digits is looked up by: "Résumé" gives "resume". */
  const fold = (run) =>
    run
      .replace(/['\u2019\u02bc][sS]$/, "")
      .normalize("NFKD")
      .replace(/[^\p{L}\p{M}\p{N}]|[\u0300-\u036f\u02bc]/gu, "")
      .replace(/^\p{M}+/u, "")
      .normalize("NFC")
      .toLowerCase()
      .replace(/\u03c2/g, "\u03c3");

  /** The folded words of a text, [{word, start, end}], offsets in the text as it was given. */
  const words = (text) => {
    const found = [];
    if (typeof text !== "string") return found;
    for (const { 0: all, 1: run, 2: sign = "", index: start } of text.matchAll(RUN)) {
      if (run) {
        const word = fold(run);
        const end = start + all.length;
        if (word) found.push({ word: /\p{N}$/u.test(word) ? word : word + sign, start, end });
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

  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

  // How an index is unpacked, as faqsite/packing.py describes it.

  /** Calls take(number, caseNumber) for each number of a packed text. */
  const unpackNumbers = (packed, take) => {
    let [high, caseNumber] = [0, 0];
    for (let i = 0; i < packed.length; i += 1) {
      const code = packed.charCodeAt(i);
      if (code < 48) caseNumber = caseNumber * 13 + code - 35;
      else if (code > 91) high = high * 34 + code - 93;
      else {
        take(high * 44 + code - 48, caseNumber);
        [high, caseNumber] = [0, 0];
      }
    }
  };

  /** Yields the terms, {term, forms, packed}, the postings of each still packed. */
  const unpackTerms = function* (packedTerms, packedPostings) {
    const packed = packedPostings?.split(" ") ?? [];
    let [term, i] = ["", 0];
    for (const [piece] of packedTerms.matchAll(/[A-Z][^A-Z]*/g)) {
      const [rest, ...ends] = piece.slice(1).split(",");
      term = term.slice(0, piece.charCodeAt(0) - 65) + rest;
      const forms = ends.map((end) => {
        const own = end.replace(/^-+/, "");
        return term.slice(0, term.length - (end.length - own.length)) + own;
      });
      yield { term, forms: forms.length ? forms : [term], packed: packed[i] };
      i += 1;
    }
  };

  const slugOf = (title) =>
    title
      .toLowerCase()
      .replace(/['\u2019]/g, "")
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");

  // How near two words are.

  /** How many letters two words share at the beginning. */
  const sharedLetters = (one, other) => {
    let count = 0;
    while (count < one.length && one[count] === other[count]) count += 1;
    return count;
  };

  /** The edits from one word to another, if at most `most`; a swap of neighbours is one edit. */
  const edits = (one, other, most, i = 0, j = 0) => {
    if (Math.abs(one.length - i - (other.length - j)) > most) return Infinity;
    while (i < one.length && one[i] === other[j]) {
      i += 1;
      j += 1;
    }
    if (i === one.length && j === other.length) return 0;
    if (!most) return Infinity;
    const least = Math.min(
      edits(one, other, most - 1, i + 1, j + 1),
      edits(one, other, most - 1, i + 1, j),
      edits(one, other, most - 1, i, j + 1),
    );
    const isSwap = one[i] === other[j + 1] && one[i + 1] === other[j];
    return 1 + (isSwap ? Math.min(least, edits(one, other, most - 1, i + 2, j + 2)) : least);
  };

  /** The letters of a word as bits; an edit changes at most two of them. */
  const lettersOf = (word) => {
    let bits = 0;
    for (let i = 0; i < word.length; i += 1) bits |= 1 << (word.charCodeAt(i) & 31);
    return bits;
  };

  const countBits = (bits) => {
    let count = 0;
    for (let left = bits; left; left &= left - 1) count += 1;
    return count;
  };

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

  const isIndex = (index) =>
    index?.format === FORMAT &&
    `categories category fields lengths counts terms ${
      index.parts ? "parts titled documents" : "titles slugs postings"
    }`
      .split(" ")
      .every((name) => index[name]?.length >= 0);

  /** Yields now and then while it opens a large index, so that a page can do something else;
      returns the search over it. Throws an Error if it is not an index of this format. */
  const opening = function* (index) {
    if (!isIndex(index)) throw new Error(`not a search index of format ${FORMAT}`);
    const { categories, category, fields, lengths, counts, k1, b, parts } = index;
    const { titles = [], slugs = [] } = index;
    const synonyms = new Map(index.synonyms);
    const size = category.length;
    const isLarge = size > MOST_TITLES;
    const isEnglish = /^en(-|$)/i.test(index.language);
    const isQuestionWord = (word) => isEnglish && QUESTION_WORDS.has(word);

    const QUESTION = fields.findIndex(([name]) => name === "question");
    const ALSO_ASKED = fields.findIndex(([name]) => name === "also_asked");

    const known = new Map(); // Each form of the content with its term.
    const terms = [];
    for (const term of unpackTerms(index.terms, index.postings)) {
      for (const form of term.forms) known.set(form, term);
      if (!(terms.push(term) % STEP)) yield;
    }
    const isOfQuestions = ({ forms }) => forms.some(isQuestionWord);

    // An index in parts, as faqsite/shards.py describes it: the first has the question words.
    if (parts) {
      let part = 0;
      let number = 0;
      unpackNumbers(index.documents, (count) => {
        while (parts[part + 1]?.[0] <= number) part += 1;
        const term = terms[number];
        term.part = isOfQuestions(term) ? "0" : `${part}`;
        term.count = count;
        number += 1;
      });
    }
    const lacking = new Set(); // The parts that the last search would have needed.

    /** Takes a part that has been loaded. */
    const add = (name) => {
      const part = FaqEngine.part[name];
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
    const forms = [...known.keys()];
    let letters; // Of each form, once a word is to be corrected.

    // What BM25 makes of the length of each field in each entry.
    const norms = [];
    for (const packed of lengths) {
      const inEntries = [];
      unpackNumbers(packed, (length) => inEntries.push(length));
      const average = sum(inEntries) / size;
      norms.push(inEntries.map((length) => k1 * (1 - b + (b * length) / average)));
      if (isLarge) yield;
    }

    /** BM25's weight of a term in an entry but for its rarity, over the fields that count. */
    const weightOf = (inFields, entry, isOutside) => {
      let weight = 0;
      inFields.forEach((count, field) => {
        const [name, boost] = fields[field];
        if (!count || (isOutside && name === "answer")) return;
        weight += (boost * count * (k1 + 1)) / (count + norms[field][entry]);
      });
      return weight;
    };

    /** The term, its postings unpacked: the entries in which it counts, and for each of them
        its weight and whether it has been asked so. */
    const postingsOf = (term) => {
      if (term.entries) return term;
      const none = { entries: [], weights: [], isAsked: [] };
      if (term.packed === undefined) {
        lacking.add(term.part);
        return none;
      }
      Object.assign(term, none);
      const isOutside = isOfQuestions(term);
      let entry = -1;
      term.titled = isOutside ? Infinity : 0;
      unpackNumbers(term.packed, (skipped, caseNumber) => {
        entry += 1 + skipped;
        if (counts[caseNumber][QUESTION]) term.titled += 1;
        const weight = weightOf(counts[caseNumber], entry, isOutside);
        if (!weight) return;
        term.entries.push(entry);
        term.weights.push(weight);
        term.isAsked.push(counts[caseNumber][ALSO_ASKED] > 0);
      });
      return term;
    };

    /** BM25's inverse document frequency. */
    const rarity = (entries) => Math.log(1 + (size - entries + 0.5) / (entries + 0.5));

    // How a word of the query is understood: as matches, [{term, form, closeness}].

    /** The matches of those words that the content has. */
    const exactly = (candidates, closenessTo = () => 1) =>
      candidates
        .filter((form) => known.has(form))
        .map((form) => ({ term: known.get(form), form, closeness: closenessTo(form) }));

    /** The longer forms that a word begins. */
    const completions = (word) =>
      exactly(
        forms.filter((form) => form.length > word.length && form.startsWith(word)),
        (form) => word.length / form.length,
      );

    /** Whether a word is one or two letters, of no CJK, that many words of a large index begin
        with: too many to look at. */
    const isHardlyBegun = (word) =>
      isLarge && word.length < 3 && word < "\u1100" && completions(word).length > MOST_BEGUN;

    /** The matches of the closest forms, if any is close at all. */
    const closest = (closenessTo) => {
      let found = [];
      let most = 0;
      forms.forEach((form, i) => {
        const closeness = closenessTo(form, i);
        if (!closeness || closeness < most) return;
        if (closeness > most) found = [];
        most = closeness;
        found.push(form);
      });
      return exactly(found, () => most);
    };

    /**
     * The forms with the longest common beginning: four letters, two thirds of the longer word,
     * a y at the end being like an i ("policy", "policies").
     */
    const beginnings = (word) => {
      const own = word.replace(/y$/, "i");
      return closest((form) => {
        if (!form.startsWith(own.slice(0, 3))) return 0;
        const shared = sharedLetters(own, form.replace(/y$/, "i"));
        const longer = Math.max(word.length, form.length);
        return shared >= 4 && 3 * shared >= 2 * longer ? shared / word.length : 0;
      });
    };

    /** The nearest forms: one edit off, or two from eight letters on. Numbers are not corrected. */
    const corrections = (word) => {
      if (word.length < 4 || /^\d+$/.test(word)) return [];
      const most = word.length < 8 ? 1 : 2;
      const own = lettersOf(word);
      letters ??= forms.map(lettersOf);
      return closest((form, i) => {
        if (Math.abs(form.length - word.length) > most) return 0;
        if (countBits(letters[i] ^ own) > 2 * most) return 0;
        const distance = edits(word, form, most);
        // Two slips, one of them in the first letter, are hardly slips.
        if (distance > most || (distance > 1 && form[0] !== word[0])) return 0;
        return 1 - (2 * distance) / word.length;
      });
    };

    /** The two known words that a word is made of, the shorter as long as can be: a letter alone
        only beside digits ("401k"). */
    const halvesOf = (word) => {
      const shorter = (halves) => Math.min(...halves.map((half) => half.length));
      return Array.from(word, (_, at) => [word.slice(0, at), word.slice(at)])
        .filter((halves) => shorter(halves) > (/^\d+\D$/.test(word) ? 0 : 1))
        .filter((halves) => halves.every((half) => known.has(half)))
        .sort((one, other) => shorter(other) - shorter(one))[0];
    };

    const wholes = new Map(); // Phrases as if each were a term.

    /** A term, or what stands for a phrase: the entries that hold all its words of content. */
    const termOf = (phrase) => {
      if (known.has(phrase)) return known.get(phrase);
      if (wholes.has(phrase)) return wholes.get(phrase);
      const all = phrase.split(" ").map((word) => known.get(word));
      const content = all.filter((term) => !isOfQuestions(term));
      const parts = (content.length ? content : all).map(postingsOf);
      const places = parts.map(({ entries }) => new Map(entries.map((entry, i) => [entry, i])));
      const forms = content.flatMap((part) => part.forms);
      const whole = { term: phrase, forms, entries: [], weights: [], isAsked: [] };
      for (const entry of parts[0].entries) {
        if (!places.every((place) => place.has(entry))) continue;
        const at = places.map((place) => place.get(entry));
        whole.entries.push(entry);
        whole.weights.push(Math.min(...parts.map(({ weights }, n) => weights[at[n]])));
        whole.isAsked.push(parts.every(({ isAsked }, n) => isAsked[at[n]]));
      }
      if (!lacking.size) wholes.set(phrase, whole);
      return whole;
    };

    /** For each word its synonyms, and those of the phrases in which it stands, as matches. */
    const synonymsOf = (asked) => {
      const found = asked.map(() => []);
      asked.forEach((_, from) => {
        for (let to = from + 1; to <= Math.min(from + MOST_TOGETHER, asked.length); to += 1) {
          const matches = (synonyms.get(asked.slice(from, to).join(" ")) ?? []).map((form) => ({
            term: termOf(form),
            form,
            closeness: SYNONYM_CLOSENESS,
          }));
          for (let i = from; i < to; i += 1) found[i].push(...matches);
        }
      });
      return found;
    };

    /** How a word is understood between its neighbours: [{word, how, matches, isQuoted}]. */
    const understandWord = (word, before, after, others, isQuoted, isUnfinished) => {
      const understood = (how, matches) => {
        const content = matches.filter(({ form }) => !isQuestionWord(form));
        return [{ word, how, matches: content.length ? content : matches, isQuoted }];
      };
      const same = exactly([...new Set([word, word + after])]);
      if (isQuoted) return understood(same.length ? "known" : "unknown", same);
      const isBegun = isUnfinished && !isQuestionWord(word) && !isHardlyBegun(word);
      const longer = isBegun ? completions(word) : [];
      if (same.length) return understood("known", [...same, ...others, ...longer]);
      if (others.length) return understood("synonym", others);
      const joined = exactly([before + word]);
      if (joined.length) return understood("known", joined);
      if (isQuestionWord(word)) return understood("unknown", []);
      if (longer.length) {
        return understood("typing", longer.map((match) => ({ ...match, closeness: 1 })));
      }
      const begun = beginnings(word);
      if (begun.length) return understood("beginning", begun);
      const halves = halvesOf(word);
      if (halves) return halves.flatMap((half) => understood("known", exactly([half])));
      const corrected = corrections(word);
      return understood(corrected.length ? "corrected" : "unknown", corrected);
    };

    /** The words of a query, but for one that is hardly begun. */
    const wordsOf = (text) =>
      words(text).filter(
        ({ word, end }) =>
          end < text.length || known.has(word) || synonyms.has(word) || !isHardlyBegun(word),
      );

    const understand = (text) => {
      const found = wordsOf(text);
      const last = found[found.length - 1];
      const unfinished = last && last.end === text.length ? last.word : undefined;
      const asked = [...new Set(found.map(({ word }) => word))].slice(0, MOST_WORDS);
      const others = synonymsOf(asked);
      const quoted = new Set(
        Array.from(found.length ? text.matchAll(QUOTED) : [], ([phrase]) => words(phrase))
          .flat()
          .map(({ word }) => word),
      );
      return asked.flatMap((word, i) => {
        const [before, after] = [asked[i - 1] ?? "", asked[i + 1] ?? ""];
        const isUnfinished = word === unfinished;
        return understandWord(word, before, after, others[i], quoted.has(word), isUnfinished);
      });
    };

    /** How each word of a text is understood: [{word, term, how, form}], where it is not, the
        term and the form that was taken are "". */
    const read = (text) =>
      understand(text).map(({ word, how, matches: [match] }) => ({
        word,
        term: match ? match.term.term : "",
        how,
        form: match ? match.form : "",
      }));

    /** What a word weighs that so many entries hold. One that none holds is what the query may be
        about, and counts double. */
    const weightOfWord = (word, holding) =>
      rarity(holding) * (holding ? 1 : 2) * (isQuestionWord(word) ? QUESTION_WEIGHT : 1);

    /** What a word weighs, and in each entry that holds it its best match, numbered from 1. */
    const rate = ({ word, matches, isQuoted }) => {
      const best = new Float64Array(size);
      const by = new Int32Array(size);
      const isAsked = new Uint8Array(size);
      const holding = [];
      matches.forEach(({ term, closeness }, number) => {
        const postings = postingsOf(term);
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
      const weight = weightOfWord(form, holding.length);
      const isQuestion = isQuestionWord(form);
      return { matches, holding, best, by, isAsked, isQuoted, isQuestion, weight };
    };

    const titleWords = []; // Of the entries that were candidates.

    const wordsOfTitle = (entry) => {
      titleWords[entry] ??= words(titles[entry]).map(({ word }) => {
        const term = known.get(word);
        const weight = weightOfWord(word, term.count ?? postingsOf(term).entries.length);
        return { term, weight, isQuestion: isQuestionWord(word) };
      });
      return titleWords[entry];
    };

    /** Of a question the share, by weight, that the query has: of all its words, and of those of
        content; and the share of the query that follows its order. */
    const compareTitle = (entry, closenessOf, last) => {
      let [all, content, shared, sharedContent, inOrder, before] = [0, 0, 0, 0, 0, NaN];
      let isCompared = !isLarge;
      for (const { term, weight, isQuestion } of titles[entry] ? wordsOfTitle(entry) : []) {
        const { number, closeness } = closenessOf.get(term) ?? { number: NaN, closeness: 0 };
        all += weight;
        shared += weight * closeness;
        if (!isQuestion) {
          content += weight;
          sharedContent += weight * closeness;
        }
        if (number === before + 1) inOrder += 1;
        before = number;
        if (closeness && term.titled <= MOST_TITLES) isCompared = true;
      }
      if (!isCompared) return { shared: 0, sharedContent: 0, inOrder: 0 };
      return {
        shared: shared / (all || 1),
        sharedContent: sharedContent / (content || 1),
        inOrder: inOrder / (last || 1),
      };
    };

    /** How far an entry covers a query, 0 to 1: 1 if it holds all its words of content. The less
        it holds, the more of its own question the query must have, or be one way to ask it. */
    const coverage = (entry, content, sharedContent) => {
      let [whole, held, asked] = [0, 0, 0];
      for (const { matches, by, isAsked, weight } of content) {
        whole += weight;
        if (!by[entry]) continue;
        const part = weight * matches[by[entry] - 1].closeness;
        held += part;
        if (isAsked[entry]) asked += part;
      }
      const share = Math.min(1, held / whole);
      const isMeant = Math.max(sharedContent, asked / whole, LEAST_ASKED);
      return share ** HELD_POWER * isMeant ** (ASKED_POWER * (1 - share));
    };

    /** The entries for a query, best first, of equal ones the editor's first. The numbers of all
        that were found, in the editor's order, are `all` of the array. */
    const search = (text, limit = 10) => {
      const most = typeof limit === "number" && limit >= 1 ? Math.trunc(limit) : 0;
      lacking.clear();
      const rated = understand(text).map(rate);
      const content = rated.filter(({ isQuestion }) => !isQuestion);
      const quoted = content.filter(({ isQuoted }) => isQuoted);
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
      const closenessOf = new Map(); // Of each term to the first word that it matches.
      rated.forEach(({ matches }, number) => {
        for (const { term, closeness } of matches) {
          if (!closenessOf.has(term)) closenessOf.set(term, { number, closeness });
        }
      });
      const compare = (entry) => compareTitle(entry, closenessOf, rated.length - 1);
      const found = bestOf(entries, scores, Math.max(most, CANDIDATES));
      for (const entry of found.slice(0, CANDIDATES)) {
        const { shared, inOrder } = compare(entry);
        scores[entry] *= 1 + SHARED_BONUS * shared + ORDER_BONUS * inOrder;
      }
      found.sort((one, other) => scores[other] - scores[one] || one - other);
      const results = found.slice(0, most).map((entry) => {
        const [title, , folder] = categories[category[entry]] ?? ["", -1, ""];
        const question = titles[entry] ?? "";
        const forms = content.flatMap(
          ({ matches, by }) => matches[by[entry] - 1]?.term.forms ?? [],
        );
        return {
          entry,
          url: `${folder}${slugs[entry] || slugOf(question)}.html`,
          question,
          category: title,
          score: scores[entry],
          covered: coverage(entry, content, compare(entry).sharedContent),
          words: [...new Set(forms)],
        };
      });
      return Object.assign(results, { all: entries });
    };

    /** The parts that a query needs and that are not there: for what it finds, or, once that is
        known, for what its results are called. */
    const missing = (text, found = search(text)) => {
      if (lacking.size) return [...lacking];
      const unnamed = found.filter(({ entry }) => titles[entry] === undefined);
      const partOf = ({ entry }) => index.titled.findLastIndex(([first]) => first <= entry);
      return [...new Set(unnamed.map((each) => `t${partOf(each)}`))];
    };

    /** Whether a text holds a word of content: "how do I" asks for nothing yet. */
    const asks = (text) => wordsOf(text).some(({ word }) => !isQuestionWord(word));

    return { search, read, asks, missing, add };
  };

  /** The search over a packed index. Throws an Error if it is not one of this format. */
  const open = (index) => {
    const steps = opening(index);
    let step;
    do step = steps.next();
    while (!step.done);
    return step.value;
  };

  // The files of an index set these, and may have come before the engine.
  return { index: undefined, text: {}, part: {}, ...FaqEngine, open, opening, words };
})();
