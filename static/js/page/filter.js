// The results of one category alone, as the reader chooses.
import { filter, listen, results, select } from "./elements.js";
import { fill } from "./saying.js";

const FILTERED_FROM = 30; // Entries.

let wanted; // The number of the category.

/** The number of the category at the top in which an entry stands, -1 if in none. */
const topOf = (entry, { category, categories }) => {
  let number = category[entry];
  while (categories[number]?.[1] >= 0) number = categories[number][1];
  return number;
};

export const isFilterable = ({ category, categories }) =>
  category.length >= FILTERED_FROM && categories.filter(([, above]) => above < 0).length > 1;

/** Of how many results that are ranked one category can be taken. */
export const mostRanked = (most) => (wanted ? Infinity : most);

/** Offers the categories of what was found, and returns what the wanted one has of it. */
export const filtered = (found) => {
  const { index } = FaqEngine;
  const counts = {};
  for (const entry of found.all) {
    const number = topOf(entry, index);
    counts[number] = (counts[number] ?? 0) + 1;
  }
  const numbers = Object.keys(counts);
  filter.hidden = numbers.length < 2;
  const chosen = numbers.length > 1 && counts[wanted] ? wanted : "";
  const option = (number, title, count) => {
    const label = fill(results.dataset.option, { category: title, count });
    return new Option(label, number, false, number === chosen);
  };
  select.replaceChildren(
    option("", results.dataset.all, found.all.length),
    ...numbers
      .filter((number) => number >= 0)
      .map((number) => option(number, index.categories[number][0], counts[number])),
  );
  return chosen ? found.filter(({ entry }) => topOf(entry, index) === Number(chosen)) : found;
};

export const forgetWanted = () => {
  wanted = undefined;
};

/** Calls `onChoice` when the reader has chosen. */
export const startFilter = (onChoice) =>
  listen(select, "change", () => {
    wanted = select.value;
    onChoice();
  });
