// Other searches for the browser, each in the way of its own documentation. Each is given the
// question and the answer of every entry as two fields.
"use strict";

const FIELDS = ["question", "answer"];

// The query language of lunr throws on these where they make no sense.
const guarded = (text) => text.replace(/[:~^]|(?<!\S)[+-]+/g, " ");
// The words of an index are trimmed, those of a query are not, so that "GitHub?" finds nothing.
const trimmed = (text) => guarded(text).replace(/(?<!\w)[^\w\s]+|[^\w\s]+(?!\w)/g, " ");

/** lunr.js over an index that lunr.py built. */
const lunr = (prepared) => ({ index }) => {
  const loaded = require("lunr").Index.load(JSON.parse(index));
  return {
    search: (text) => loaded.search(prepared(text)).map(({ ref }) => ({ id: ref })),
    serialise: () => index,
  };
};

const minisearch = (options) => ({ documents }) => {
  const MiniSearch = require("minisearch");
  const index = new MiniSearch({ fields: FIELDS, ...options });
  index.addAll(documents);
  return { search: (text) => index.search(text), serialise: () => JSON.stringify(index) };
};

const elasticlunr = ({ documents }) => {
  const index = require("elasticlunr")(function configure() {
    this.setRef("id");
    FIELDS.forEach((field) => this.addField(field));
    this.saveDocument(false);
  });
  documents.forEach((document) => index.addDoc(document));
  return {
    search: (text) => index.search(text, {}).map(({ ref }) => ({ id: ref })),
    serialise: () => JSON.stringify(index),
  };
};

const flexsearch = ({ documents }) => {
  const { Document } = require("flexsearch");
  const index = new Document({
    document: { id: "id", index: FIELDS },
    encoder: "LatinBalance",
    tokenize: "forward",
  });
  documents.forEach((document) => index.add(document));
  // It ranks each field by itself: the reciprocal ranks are added, those of the question twice.
  const merged = (fields) => {
    const scores = new Map();
    for (const { field, result } of fields) {
      result.forEach((id, place) => {
        const score = (field === "question" ? 2 : 1) / (place + 1);
        scores.set(id, (scores.get(id) ?? 0) + score);
      });
    }
    return [...scores].sort(([, one], [, other]) => other - one).map(([id]) => ({ id }));
  };
  return {
    search: (text, limit) => merged(index.search(text, { limit: 2 * limit, suggest: true })),
    serialise: async () => {
      const parts = [];
      await index.export((_, part) => parts.push(part));
      return parts.join("\n");
    },
  };
};

const orama = ({ documents }) => {
  const { create, insertMultiple, save, search } = require("@orama/orama");
  const schema = Object.fromEntries(FIELDS.map((field) => [field, "string"]));
  const index = create({ schema });
  insertMultiple(index, documents);
  return {
    search: async (term, limit) =>
      (await search(index, { term, limit, boost: { question: 3 } })).hits,
    serialise: () => JSON.stringify(save(index)),
  };
};

module.exports = {
  lunr: lunr(guarded),
  "lunr-trimmed": lunr(trimmed),
  "lunr-boosted": lunr(trimmed), // The boost is in its index.
  minisearch: minisearch(),
  // VitePress gives "title" 4 and "text" 2.
  "minisearch-vitepress": minisearch({
    searchOptions: { fuzzy: 0.2, prefix: true, boost: { question: 4, answer: 2 } },
  }),
  // As a page would load it: with what a result shows.
  "minisearch-titles": minisearch({ storeFields: ["question"] }),
  elasticlunr,
  flexsearch,
  orama,
};
