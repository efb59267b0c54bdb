// Measures how similar two words are.

/** How many letters two words share at the start. */
export const sharedLetters = (one, other) => {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count += 1;
  return count;
};

/** How many edits lead from one word to another, or Infinity if more than `most`. Swapping two
    neighbours is one edit. */
export const edits = (one, other, most, i = 0, j = 0) => {
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

/** The letters of a word as bits. An edit changes at most two of them. */
export const lettersOf = (word) => {
  let bits = 0;
  for (let i = 0; i < word.length; i += 1) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
};

export const countBits = (bits) => {
  let count = 0;
  for (let left = bits; left; left &= left - 1) count += 1;
  return count;
};
