// The words about the results, and the query in the address of the page.
import { query, results, save, status, summary } from "./elements.js";

const SAID_CHARS = 60; // How much of a query the page repeats.
const SETTLE_MS = 400;

export const fill = (text, values) =>
  text.replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);

export const shorten = (text, most = SAID_CHARS) =>
  text.length <= most ? text : `${Array.from(text).slice(0, most).join("")}…`;

// Isolated, so that right-to-left text does not reorder the words around it.
const isolate = (text) => `\u2068${shorten(text)}\u2069`;

let settling;

/** Announces the results, and puts the query into the address. */
export const settle = () => {
  clearTimeout(settling);
  status.textContent = summary.textContent;
  const address = new URL(location);
  if (results.hidden) address.searchParams.delete("q");
  else address.searchParams.set("q", query());
  save({}, address);
};

/** Does this once the reader stops typing. */
export const settleSoon = () => {
  clearTimeout(settling);
  settling = setTimeout(settle, SETTLE_MS);
};

/** What was searched for instead of words of the query: "on call" instead of "oncall". */
const instead = (readings) => {
  const forms = new Map();
  for (const { word, how, form } of readings) {
    if (how === "corrected" || how === "split") forms.set(word, [...(forms.get(word) ?? []), form]);
  }
  return [...forms].map(([word, found]) =>
    fill(results.dataset.instead, { word: isolate(word), form: isolate(found.join(" ")) }),
  );
};

/** Shows words above the results: what was corrected, what nothing mentions, what was found. */
export const say = (key, { count, readings = [], unmentioned = [] } = {}) => {
  const parts = instead(readings);
  if (unmentioned.length) {
    parts.push(fill(results.dataset.unmentioned, { words: isolate(unmentioned.join(", ")) }));
  }
  if (key !== "none" || !parts.length) parts.push(fill(results.dataset[key], { count }));
  summary.textContent = parts.join(" ");
  results.hidden = false;
  settleSoon();
};
