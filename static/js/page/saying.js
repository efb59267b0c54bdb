// What is said of the results, and the query in the address of the page.
import { keep, query, results, status, summary } from "./elements.js";

const SAID_CHARS = 60; // Of a query, where the page repeats it.
const SETTLE_MS = 400;

export const fill = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);

export const shortened = (text, most = SAID_CHARS) =>
  text.length <= most ? text : `${Array.from(text).slice(0, most).join("")}…`;

// Isolated, for what runs the other way must not turn the sentence round.
const quoted = (text) => `\u2068${shortened(text)}\u2069`;

let settling;

/** Says what is shown, and keeps the query in the address, once the typing pauses. */
export const settle = () => {
  clearTimeout(settling);
  status.textContent = summary.textContent;
  const address = new URL(location);
  if (results.hidden) address.searchParams.delete("q");
  else address.searchParams.set("q", query());
  keep({}, address);
};

export const settleSoon = () => {
  clearTimeout(settling);
  settling = setTimeout(settle, SETTLE_MS);
};

/** Says a sentence of the page above the results, and before it what was searched instead. */
export const say = (key, count, slips = []) => {
  const sentences = slips.map(({ word, form }) =>
    fill(results.dataset.instead, { word: quoted(word), form: quoted(form) }),
  );
  const found = fill(results.dataset[key], { query: quoted(query()), count });
  summary.textContent = [...sentences, found].join(" ");
  results.hidden = false;
  settleSoon();
};
