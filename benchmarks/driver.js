// Runs queries through one search and tells what it found and how long it took.
// In Node: `node driver.js`, the task as JSON on stdin, the outcome as JSON on stdout. Without
// Node: `measure(system, task)` in any JavaScript engine.
//
// A system is a function of the task, {documents, engine, index}, that gives functions, all of
// them perhaps async: `search(text, limit)` gives [{id, covered}], best first, `covered` only
// where it is known; `serialise()`, if there is one, gives the index as text.
"use strict";

const WARM_UP = 300; // Queries.

// Without Node, the clock counts in whole milliseconds.
const now = globalThis.performance ? () => performance.now() : () => Date.now();

/** What one query gave; what a search throws is no result. */
const ask = async (search, text, limit) => {
  const started = now();
  try {
    let hits = search(text, limit);
    if (typeof hits?.then === "function") hits = await hits;
    const ms = now() - started;
    const ids = hits.slice(0, limit).map(({ id }) => id);
    return { ids, covered: hits[0]?.covered ?? 1, ms };
  } catch (error) {
    return { ids: [], ms: now() - started, error: String(error) };
  }
};

/** The outcome of a task, {documents, engine, index, limit, queries: {name: [text]}}. */
const measure = async (system, task) => {
  const { search, serialise } = await system(task);
  const found = {};
  const all = Object.values(task.queries).flat();
  const each = Math.ceil(all.length / WARM_UP);
  // Untimed: what comes first pays for what is compiled and unpacked.
  for (const text of all.filter((_, i) => i % each === 0)) await ask(search, text, task.limit);
  for (const [name, texts] of Object.entries(task.queries)) {
    found[name] = [];
    for (const text of texts) found[name].push(await ask(search, text, task.limit));
  }
  return { found, serialised: (await serialise?.()) ?? "" };
};

const main = async () => {
  const { readFileSync } = require("node:fs");
  const task = JSON.parse(readFileSync(0, "utf-8"));
  console.log = console.warn = console.error; // What libraries say is no outcome.
  const systems = task.system === "ours" ? require("./ours.js") : require("./peers.js");
  process.stdout.write(JSON.stringify(await measure(systems[task.system], task)));
};

if (typeof require === "function") main();
