// What was found, as a list of questions that open in place.
import { answerNodes, answerText } from "./answers.js";
import { box, filter, keep, kept, list, onward, pageList, query, results, root, template } from "./elements.js";
import { filtered } from "./filter.js";
import { hasPassages, isThere, located } from "./loading.js";
import { excerptOf, mark, unmark } from "./marking.js";
import { say } from "./saying.js";

const NEAREST = 5; // Where no answer is sure.

let turned = { ...kept().turned }; // By address: whether the reader has opened or closed it.

export const forgetTurned = () => {
  turned = {};
};

/** Which sentence tells what was found. */
const verdict = (found, isSure) => {
  if (!found.length) return "none";
  if (!isSure) return "nearest";
  if (found.length > FaqEngine.index.shown) return "most";
  return found.length === 1 ? "one" : "many";
};

/** Whether a result holds one word of the query alone, and that only as it was corrected. */
const isGuess = ({ words }, readings) => {
  const held = readings.filter(({ form }) => words.includes(form));
  return held.length === 1 && held[0].how === "corrected";
};

export const firstQuestion = () => list.querySelector(".entry_question");

/** Where the arrow keys lead: the box, each question, and the ways on if they are shown. */
export const stops = () => [
  box,
  ...(results.hidden ? [] : results.querySelectorAll(".entry_question, .ways:not([hidden]) a")),
];

/** Puts nodes in the place of the results; the focus stays where it was among them. */
const replaceResults = (nodes) => {
  const at = stops().indexOf(document.activeElement);
  list.replaceChildren(...nodes);
  if (at >= 0) (stops()[at] ?? box).focus();
};

/** A result, whether it wants its text, and what completes it once that is there. */
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
  // What comes late moves nothing: without its text the answer stays closed.
  details.open = turned[url] ?? (isAnswer && isThere(result));
  complete();

  head.addEventListener("click", () => {
    addAnswer();
    turned[url] = !details.open;
    keep({ turned });
  });
  // That page is to mark the words too, but who copies the link gets it without them.
  own.addEventListener("click", () => {
    own.search = new URLSearchParams({ mark: words.join(" "), asked: query() });
    setTimeout(() => (own.search = ""));
  });
  const isWanted = () => details.open || !excerpt.hidden;
  return { node, result, isWanted, complete };
};

/** Which of what was found is to be shown: if it is sure, of the category that is wanted. */
export const choose = (found, isFiltered) => {
  const { shown, sure } = FaqEngine.index;
  const isSure = found[0]?.covered >= sure;
  filter.hidden = true;
  const chosen = isSure && isFiltered ? filtered(found) : found;
  return { isSure, chosen, shown: chosen.slice(0, isSure ? shown : NEAREST) };
};

export let made = []; // What is shown.
let isProvisional = false; // For parts of the index are still to come.

/** Shows what was chosen; the first of it as the answer, if that is sure. */
export const show = ({ isSure, chosen, shown }, readings, isAll = true) => {
  // What is to come moves nothing under a finger.
  if (!isProvisional || !list.matches(":active, :focus-within")) {
    turned = Object.fromEntries(shown.map(({ url }) => [url, turned[url]]));
    unmark();
    made = shown.map((result, i) => {
      const isAnswer = isAll && !i && result.covered >= FaqEngine.index.sure && !isGuess(result, readings);
      return makeResult(located(result), isAnswer);
    });
    replaceResults(made.map(({ node }) => node));
  }
  isProvisional = !isAll;
  onward.hidden = isSure || !isAll;
  if (pageList) pageList.hidden = true;
  const slips = shown.length ? readings.filter(({ how }) => how === "corrected") : [];
  say(isAll ? verdict(chosen, isSure) : "loading", made.length, slips);
};

/** Shows what is known while more is to come. */
export const showKnown = (found, readings) => {
  const shown = found.filter(({ question }) => question);
  if (shown.length) show({ shown }, readings, false);
  else if (!list.firstChild) note("loading");
};

/** Says something in the place of results; the page's own list stays. */
export const note = (key) => {
  replaceResults([]);
  filter.hidden = true;
  onward.hidden = key === "loading";
  if (pageList) pageList.hidden = false;
  say(key);
};
