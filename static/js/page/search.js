// From the query in the box to the results.
import { box, hidePageList, list, log, query, results, summary } from "./elements.js";
import { forgetWanted, mostRanked } from "./filter.js";
import { reload, loadAnswer, loadParts, locate, openIndex } from "./loading.js";
import { choose, forgetTurned, shownResults, note, show, showKnown } from "./results.js";
import { say, settleSoon } from "./saying.js";

const FEW_PARTS = 6; // More are loaded only after a pause in the typing.
const PAUSE_MS = 300;
const MOST_ROUNDS = 3; // Postings, then titles, then the search is complete.

let turn = 0; // Counts the reader's requests. The results of an earlier turn are not shown.

export const hide = () => {
  turn += 1; // Files that are still loading must not bring the results back.
  summary.textContent = "";
  results.hidden = true;
  hidePageList(false);
  settleSoon();
};

/** Completes each result when its answer has loaded. */
const completeAll = async () => {
  const now = turn;
  const completing = shownResults.map(async ({ result, needsAnswer, complete }) => {
    if (needsAnswer()) await loadAnswer(result).loading;
    if (now === turn) complete();
  });
  try {
    await Promise.all(completing);
  } catch (error) {
    if (now !== turn) return;
    if (reload(true)) update();
    else log(error);
  }
};

/** Loads the answer of a result when the reader opens it. This event does not bubble. */
export const startCompleting = () =>
  list.addEventListener("toggle", completeAll, true);

/** Returns what to show for a text, once the parts of a large index that it needs have loaded. If
    they are late, shows what is known so far. */
const find = async (faq, text, readings, now) => {
  const search = () => {
    const found = faq.search(text, mostRanked(FaqEngine.index.shown + 1));
    const choice = choose(found);
    // Only results that are shown need a part of titles.
    const unnamed = choice.shown.map(({ part }) => part);
    const missing = found.missing.filter((name) => name[0] !== "t" || unnamed.includes(name));
    return { choice, missing };
  };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { choice, missing } = search();
    if (!missing.length) return choice;
    // The start of a word may need many parts; one more letter leaves few.
    if (missing.length > FEW_PARTS) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (now !== turn) return;
    const { soon, loading } = loadParts(faq, missing);
    if (!(await soon) && now === turn) showKnown(search().choice.shown, readings);
    await loading;
    if (now !== turn) return;
  }
  throw new Error("the parts of the index do not fit it");
};

/** Searches for the query. A reader who presses Enter has finished its last word. */
export const update = async (isFinished = false) => {
  turn += 1;
  const now = turn;
  if (!query()) {
    forgetWanted();
    forgetTurned();
    hide();
    return;
  }
  try {
    const { loading, soon } = openIndex();
    const isSoon = await soon;
    if (now !== turn) return;
    if (!isSoon && !list.firstChild) note("loading");
    const faq = await loading;
    if (now !== turn) return;
    const text = query() + (isFinished || box.value.endsWith(" ") ? " " : "");
    const readings = faq.read(text);
    const choice = await find(faq, text, readings, now);
    if (now !== turn) return;
    if (choice.answer) await loadAnswer(locate(choice.answer)).soon;
    if (now !== turn) return;
    if (!isFinished && !choice.answer && !faq.asks(text)) {
      hide(); // "How do I" asks nothing yet.
      return;
    }
    show(choice, readings);
    completeAll();
  } catch (error) {
    if (now !== turn) return;
    if (reload(error.isOfPart)) return update(isFinished);
    log(error);
    // Results for a part of the query, or for the query before, are better than none.
    if (error.isOfPart && list.firstChild) say("failed");
    else note("failed");
  }
};
