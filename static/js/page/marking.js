// Marks words in a text, and finds the passage with most of them.

const LEAD_CHARS = 30;
const EXCERPT_CHARS = 140;

const hitsIn = (tokens, words) => tokens.filter(({ word }) => words.includes(word));

/** The start and end of the passage with most of the words. It has only whole words. */
const passage = (text, tokens, hits) => {
  let [start, most] = [0, 0];
  hits.forEach((hit, first) => {
    const from = hit.start < 2 * LEAD_CHARS ? 0 : hit.start - LEAD_CHARS;
    const near = hits.slice(first).filter(({ end }) => end <= from + EXCERPT_CHARS);
    const held = new Set(near.map(({ word }) => word)).size;
    if (held > most) [start, most] = [from, held];
  });
  if (start) start = tokens.find((token) => token.start >= start).start;
  if (text.length <= start + EXCERPT_CHARS) return [start, text.length];
  const last = tokens.findLast(({ end }) => end <= start + EXCERPT_CHARS);
  return [start, last && last.end > start ? last.end : start + EXCERPT_CHARS];
};

/** The passage of an answer that a closed result shows. */
export const excerptOf = (text, words) => {
  const tokens = FaqEngine.words(text);
  const [start, end] = passage(text, tokens, hitsIn(tokens, words));
  return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
};

// Highlights change no element. Browsers without them mark nothing.
const highlight = window.Highlight && new Highlight();
if (highlight) CSS.highlights.set("found", highlight);

const markIn = (node, words) => {
  for (const { start, end } of hitsIn(FaqEngine.words(node.data), words)) {
    // A live range loses its place when its nodes move into the page.
    const ends = { startContainer: node, startOffset: start, endContainer: node, endOffset: end };
    highlight?.add(new StaticRange(ends));
  }
};

/** Marks the words in an element, in addition to earlier marks. */
export const mark = (parent, words) => {
  const walker = document.createTreeWalker(parent, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) markIn(walker.currentNode, words);
};

export const unmark = () => highlight?.clear();
