// Unpacks an index in the format of faqsite/search/packing.py.

/** Calls take(number, caseNumber) for each number in a packed text. */
export const unpackNumbers = (packed, take) => {
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

/** Calls take(entry, caseNumber) for each entry in packed postings, where a number counts the
    skipped entries. */
export const unpackEntries = (packed, take) => {
  let next = 0;
  unpackNumbers(packed, (skipped, caseNumber) => {
    take(next + skipped, caseNumber);
    next += skipped + 1;
  });
};

/** Yields the terms as {term, forms, packed}; `packed` has the term's postings, still packed. */
export const unpackTerms = function* (packedTerms, packedPostings) {
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

/** The slug of an entry without one in the index. */
export const slugOf = (title) =>
  title
    .toLowerCase()
    .replace(/['\u2019]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
