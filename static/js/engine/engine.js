// The search engine: ranks the entries of a packed index for a query. It needs no document and
// does not stem: the index lists the forms of each word in the content.
import { addPart, opening } from "./opening.js";
import { search } from "./searching.js";
import { asks, read } from "./understanding.js";
import { words } from "./words.js";

/** Opens an index step by step: a generator that returns its search. */
const openInSteps = function* (index) {
  const content = yield* opening(index);
  return {
    search: (text, limit) => search(content, text, limit),
    read: (text) => read(content, text),
    asks: (text) => asks(content, text),
    missing: (text) => search(content, text).missing,
    add: (name) => addPart(content, name, FaqEngine.part[name]),
  };
};

/** The search of a packed index. Throws an Error if its format is another one. */
const open = (index) => {
  const steps = openInSteps(index);
  let step;
  do step = steps.next();
  while (!step.done);
  return step.value;
};

// The files of an index set `index`, `text` and `part`; they may have loaded before the engine.
globalThis.FaqEngine = {
  index: undefined,
  text: {},
  part: {},
  ...globalThis.FaqEngine,
  open,
  opening: openInSteps,
  words,
};
