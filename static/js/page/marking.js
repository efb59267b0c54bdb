// The words found in a text: the passage that shows most of them, and their marks.

const LEAD_CHARS = 30;
const EXCERPT_CHARS = 140;

const hitsIn = (tokens, words) => tokens.filter(({ word }) => words.includes(word));

/** Start and end of the passage that holds most of the words: from a word's start to one's end. */
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

/** What a closed result tells of its answer. */
export const excerptOf = (text, words) => {
  const tokens = FaqEngine.words(text);
  const [start, end] = passage(text, tokens, hitsIn(tokens, words));
  return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
};

// Marked by the browser where it can, else by elements.

const highlight = window.Highlight && CSS.highlights && new Highlight();
if (highlight) CSS.highlights.set("found", highlight);

/** Start and end of each word found in a text, the last first. */
const runsIn = (text, words) => {
  const runs = [];
  for (const { start, end } of hitsIn(FaqEngine.words(text), words)) {
    // Words of Chinese or Japanese overlap.
    if (start < runs[0]?.[1]) runs[0][1] = end;
    else runs.unshift([start, end]);
  }
  return runs;
};

const markIn = (node, words) => {
  // The last first: an element cuts off what follows it.
  for (const [start, end] of runsIn(node.data, words)) {
    if (highlight) {
      // A live range would forget its place when its nodes are moved into the page.
      const ends = { startContainer: node, startOffset: start, endContainer: node, endOffset: end };
      highlight.add(new StaticRange(ends));
      continue;
    }
    const range = new Range();
    range.setStart(node, start);
    range.setEnd(node, end);
    range.surroundContents(document.createElement("mark"));
  }
};

/** Marks the words in an element, with those that are marked already. */
export const mark = (parent, words) => {
  const walker = document.createTreeWalker(parent, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  nodes.forEach((node) => markIn(node, words));
};

export const unmark = () => highlight?.clear();
