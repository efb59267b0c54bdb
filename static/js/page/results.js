// Shows the results as a list of questions that open in place.
import { answerNodes, answerText } from "./answers.js";
import {
  box,
  filter,
  hidePageList,
  list,
  onward,
  query,
  recall,
  results,
  root,
  save,
  template,
} from "./elements.js";
import { offerCategories } from "./filter.js";
import { hasPassages, isThere, locate } from "./loading.js";
import { excerptOf, mark, unmark } from "./marking.js";
import { say } from "./saying.js";

const CLOSEST = 5; // How many results to show if the first is not an answer.

let turned = { ...recall().turned }; // Whether the reader opened or closed a result, by address.

export const forgetTurned = () => {
  turned = {};
};

/** The key of the words that describe the results. */
const keyOf = (verdict, { length }) => {
  if (verdict !== "answer") return verdict;
  if (length > FaqEngine.index.shown) return "most";
  return length === 1 ? "one" : "many";
};

export const firstQuestion = () => list.querySelector(".entry_question");

/** Where the arrow keys stop: the box, each question, and the links below if they are shown. */
export const stops = () => [
  box,
  ...(results.hidden ? [] : results.querySelectorAll(".entry_question, .ways:not([hidden]) a")),
];

/** Replaces the results and keeps the position of the focus among them. */
const replaceResults = (nodes) => {
  const at = stops().indexOf(document.activeElement);
  list.replaceChildren(...nodes);
  if (at >= 0) (stops()[at] ?? box).focus();
};

/** A result with its element, a test whether it needs its answer, and a function to complete it. */
const makeResult = (result, isAnswer) => {
  const { url, question, words } = result;
  const node = document.importNode(template.firstElementChild, true);
  const [details, head, answer, own, copying, group, excerpt] = [
    "details", ".entry_question", ".answer", ".own_page a", ".copy", ".result_category", ".result_excerpt",
  ].map((selector) => node.querySelector(selector));

  const addAnswer = () => {
    if (answer.firstChild || !isThere(result)) return;
    answer.append(...answerNodes(result));
    mark(answer, words);
  };

  const complete = () => {
    if (!isThere(result)) return;
    if (details.open) addAnswer();
    if (excerpt.hidden || excerpt.firstChild) return;
    excerpt.textContent = excerptOf(answerText(result), words);
    mark(excerpt, words);
  };

  head.firstElementChild.textContent = question;
  mark(head, words);
  group.textContent = result.category;
  excerpt.hidden = !hasPassages();
  own.href = copying.value = root + url;
  // An answer that has not loaded stays closed: opening it later would move what is below.
  details.open = turned[url] ?? (isAnswer && isThere(result));
  complete();

  head.addEventListener("click", () => {
    addAnswer();
    turned[url] = !details.open;
    save({ turned });
  });
  // The page of the answer marks the words too, but a copied link does not contain them.
  own.addEventListener("click", () => {
    own.search = new URLSearchParams({ mark: words.join(" "), asked: query() });
    setTimeout(() => (own.search = ""));
  });
  const needsAnswer = () => details.open || !excerpt.hidden;
  return { node, result, needsAnswer, complete };
};

/** Chooses what to show: if the first hit is an answer, the hits of the chosen category. */
export const choose = ({ verdict, hits, unmentioned, all }) => {
  const answer = verdict === "answer" ? hits[0] : undefined;
  filter.hidden = true;
  const chosen = answer ? offerCategories(hits, all) : hits;
  const shown = chosen.slice(0, answer ? FaqEngine.index.shown : CLOSEST);
  return { answer, shown, key: keyOf(verdict, chosen), unmentioned };
};

export let shownResults = []; // As makeResult returns them.
let isProvisional = false; // Because parts of the index are still missing.

/** Shows the chosen results, the answer open. */
export const show = ({ answer, shown, key, unmentioned }, readings, isAll = true) => {
  // Results that replace provisional ones must not move under a finger.
  if (!isProvisional || !list.matches(":active, :focus-within")) {
    turned = Object.fromEntries(shown.map(({ url }) => [url, turned[url]]));
    unmark();
    shownResults = shown.map((result) => makeResult(locate(result), isAll && result === answer));
    replaceResults(shownResults.map(({ node }) => node));
  }
  isProvisional = !isAll;
  onward.hidden = Boolean(answer) || !isAll;
  hidePageList(true);
  if (isAll) say(key, { count: shown.length, readings, unmentioned });
  else say("loading");
};

/** Shows what is known until the rest has loaded. */
export const showKnown = (found, readings) => {
  const shown = found.filter(({ question }) => question);
  if (shown.length) show({ shown }, readings, false);
  else if (!list.firstChild) note("loading");
};

/** Shows words instead of results; the page's own list stays. */
export const note = (key) => {
  replaceResults([]);
  filter.hidden = true;
  onward.hidden = key === "loading";
  hidePageList(false);
  say(key);
};
