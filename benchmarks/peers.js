// Other searches for the browser, each in the way of its own documentation. Each gets the
// question and the answer of every entry as two fields.
//
// `node peers.js`: a task as JSON on stdin, {name, documents, index, limit, texts: {name: [text]}};
// on stdout {found: {name: [[id]]}, index}, what each text finds, best first.
"use strict";

const { readFileSync } = require("node:fs");

const FIELDS = ["question", "answer"];

// The query language of lunr throws on these where they make no sense.
const guarded = (text) => text.replace(/[:~^]|(?<!\S)[+-]+/g, " ");
// The words of an index are trimmed, those of a query are not, so that "GitHub?" finds nothing.
const trimmed = (text) => guarded(text).replace(/(?<!\w)[^\w\s]+|[^\w\s]+(?!\w)/g, " ");

/** lunr.js over an index that lunr.py built. */
const lunr = ({ index }) => {
  const loaded = require("lunr").Index.load(index);
  return {
    search: (text) => loaded.search(trimmed(text)).map(({ ref }) => ref),
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
console.log = console.warn = console.error; // What libraries print is no outcome.
const { search, index } = SEARCHES[task.name](task);
const found = Object.fromEntries(
  Object.entries(task.texts).map(([name, texts]) => [
    name,
    texts.map((text) => search(text).slice(0, task.limit)),
  ]),
);
process.stdout.write(JSON.stringify({ found, index: index() }));
