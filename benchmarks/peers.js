// Other searches for the browser, used as their documentation recommends, with the question and the
// answer of each entry as two fields.
//
// `node peers.js` reads a task as JSON: {name, documents, index, limit, texts: {name: [query]}}.
// It writes {found: {name: [[id]]}, index}, with the ids for each query, best first.
"use strict";

const { readFileSync } = require("node:fs");

const FIELDS = ["question", "answer"];

// lunr's parser throws on some of these characters.
const removeOperators = (text) => text.replace(/[:~^]|(?<!\S)[+-]+/g, " ");
// lunr trims punctuation from indexed words but not from queries, so that "GitHub?" finds nothing.
const trim = (text) => removeOperators(text).replace(/(?<!\w)[^\w\s]+|[^\w\s]+(?!\w)/g, " ");

/** lunr.js with an index that lunr.py built. */
const lunr = ({ index }) => {
  const loaded = require("lunr").Index.load(index);
  return {
    search: (text) => loaded.search(trim(text)).map(({ ref }) => ref),
    index: () => JSON.stringify(index),
  };
};

const minisearch = ({ documents }) => {
  const MiniSearch = require("minisearch");
  const index = new MiniSearch({ fields: FIELDS });
  index.addAll(documents);
  return {
    search: (text) => index.search(text).map(({ id }) => id),
    index: () => JSON.stringify(index),
  };
};

const elasticlunr = ({ documents }) => {
  const index = require("elasticlunr")(function configure() {
    this.setRef("id");
    FIELDS.forEach((field) => this.addField(field));
    this.saveDocument(false);
  });
  documents.forEach((document) => index.addDoc(document));
  return {
    search: (text) => index.search(text, {}).map(({ ref }) => ref),
    index: () => JSON.stringify(index),
  };
};

const SEARCHES = { lunr, "lunr-boosted": lunr, minisearch, elasticlunr };

const task = JSON.parse(readFileSync(0, "utf-8"));
console.log = console.warn = console.error; // Keep library output out of the result.
const { search, index } = SEARCHES[task.name](task);
const found = Object.fromEntries(
  Object.entries(task.texts).map(([name, texts]) => [
    name,
    texts.map((text) => search(text).slice(0, task.limit)),
  ]),
);
process.stdout.write(JSON.stringify({ found, index: index() }));
