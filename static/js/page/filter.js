// Limits the results to the category that the reader chooses.
import { filter, listen, results, select } from "./elements.js";
import { fill } from "./saying.js";

const FILTERED_FROM = 30; // Smaller FAQs have no filter.

let wanted; // The number of the chosen category; "" or undefined means all.

/** The number of the top-level category of an entry, or -1. */
const topOf = (entry) => {
  const { category, categories } = FaqEngine.index;
  let number = category[entry];
  while (categories[number]?.[1] >= 0) number = categories[number][1];
  return number;
};

/** How many results to rank to show `most`: all of them if the reader chose a category. */
export const mostRanked = (most) => (wanted ? Infinity : most);

/** Offers the categories of the results, and returns the results in the chosen one. */
export const offerCategories = (hits, all) => {
  const { category, categories } = FaqEngine.index;
  const tops = categories.filter(([, above]) => above < 0);
  if (category.length < FILTERED_FROM || tops.length < 2) return hits;
  const counts = {};
  for (const entry of all) {
    const number = topOf(entry);
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
    option("", results.dataset.all, all.length),
    ...numbers
      .filter((number) => number >= 0)
      .map((number) => option(number, categories[number][0], counts[number])),
  );
  return chosen ? hits.filter(({ entry }) => topOf(entry) === Number(chosen)) : hits;
};

export const forgetWanted = () => {
  wanted = undefined;
};

/** Calls `onChoice` when the reader chooses a category. */
export const startFilter = (onChoice) =>
  listen(select, "change", () => {
    wanted = select.value;
    onChoice();
  });
