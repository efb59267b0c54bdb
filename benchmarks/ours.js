// The project's own search, as pages run it: the engine, then the statement that is the index.
"use strict";

const ours = ({ engine, index }) => {
  const { search } = new Function(`${engine}; ${index}; return FaqEngine.open(FaqEngine.index)`)();
  return {
    search: (text, limit) => search(text, limit).map(({ url, covered }) => ({ id: url, covered })),
  };
};

if (typeof module === "object") module.exports = { ours };
