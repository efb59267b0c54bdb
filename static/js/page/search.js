// From the box to the results, by way of the index.
import { list, log, pageList, query, results, summary } from "./elements.js";
import { forgetWanted, isFilterable, mostRanked } from "./filter.js";
import { loadAnew, loadAnswer, loadParts, located, openIndex } from "./loading.js";
import { choose, forgetTurned, made, note, show, showKnown } from "./results.js";
import { say, settleSoon } from "./saying.js";

const FEW_PARTS = 6;
const PAUSE_MS = 300; // In the typing.
const MOST_ROUNDS = 3; // Postings, then titles.

let turn = 0; // What an earlier turn still waits for is not shown.

export const hide = () => {
  turn += 1; // Nothing that is still on its way brings the results back.
  summary.textContent = "";
  results.hidden = true;
  if (pageList) pageList.hidden = false;
  settleSoon();
};

/** Completes the results with their texts, as far as those are wanted, each when it has come. */
const completeAll = async () => {
  const now = turn;
  const completing = made.map(async ({ result, isWanted, complete }) => {
    if (isWanted()) await loadAnswer(result).loading;
    if (now === turn) complete();
  });
  try {
    await Promise.all(completing);
  } catch (error) {
    if (now !== turn) return;
    if (loadAnew(true)) update();
    else log(error);
  }
};

/** One that is opened wants its answer; the event stays with its element. */
export const startCompleting = () =>
  list.addEventListener("toggle", completeAll, true);

/** What is to be shown for a text, once the parts are there that a large index needs for it; what
    is known before is shown when they are late. */
const find = async (faq, text, readings, now) => {
  const isFiltered = isFilterable(FaqEngine.index);
  const search = () => {
    const found = faq.search(text, mostRanked(FaqEngine.index.shown + 1));
    const choice = choose(found, isFiltered);
    // Of what is not shown no title is needed.
    const unnamed = choice.shown.map(({ part }) => part);
    const missing = found.missing.filter((name) => name[0] !== "t" || unnamed.includes(name));
    return { choice, missing };
  };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { choice, missing } = search();
    if (!missing.length) return choice;
    // A word that is being typed could become many.
    if (missing.length > FEW_PARTS) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (now !== turn) return;
    const { soon, loading } = loadParts(faq, missing);
    if (!(await soon) && now === turn) showKnown(search().choice.shown, readings);
    await loading;
    if (now !== turn) return;
  }
  throw new Error("the parts of the index do not fit it");
};

export const update = async () => {
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
    const text = query();
    if (!faq.asks(text)) {
      hide(); // What is no question yet has no answer to miss.
      return;
    }
    const readings = faq.read(text).filter(({ word }) => faq.asks(word));
    const choice = await find(faq, text, readings, now);
    if (now !== turn) return;
    if (choice.isSure) await loadAnswer(located(choice.shown[0])).soon;
    if (now !== turn) return;
    show(choice, readings);
    completeAll();
  } catch (error) {
    if (now !== turn) return;
    if (loadAnew(error.isOfPart)) return update();
    log(error);
    // What is known of a query, or of the one before it, is worth more than nothing.
    if (error.isOfPart && list.firstChild) say("failed");
    else note("failed");
  }
};
