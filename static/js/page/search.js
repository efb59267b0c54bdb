// From the box to the results, by way of the index.
import { list, log, pageList, query, results, summary } from "./elements.js";
import { forgetWanted, isFilterable } from "./filter.js";
import { loadAnew, loadAnswer, located, openIndex } from "./loading.js";
import { SHOWN, SURE, forgetTurned, note, show } from "./results.js";
import { settleSoon } from "./saying.js";

let turn = 0; // What an earlier turn still waits for is not shown.

export const hide = () => {
  turn += 1; // Nothing that is still on its way brings the results back.
  summary.textContent = "";
  results.hidden = true;
  if (pageList) pageList.hidden = false;
  settleSoon();
};

let presented = []; // As `show` made them.

/** Completes the results with their texts, as far as those are wanted, each when it has come. */
const completeAll = async () => {
  const now = turn;
  const completing = presented.map(async ({ result, isWanted, complete }) => {
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
    const isFiltered = isFilterable(FaqEngine.index);
    const found = faq.search(text, isFiltered ? Infinity : SHOWN + 1);
    if (found[0]?.covered >= SURE) await loadAnswer(located(found[0])).soon;
    if (now !== turn) return;
    const readings = faq.read(text).filter(({ word }) => faq.asks(word));
    presented = show(found, readings, isFiltered);
    completeAll();
  } catch (error) {
    if (now !== turn) return;
    if (loadAnew()) return update();
    log(error);
    note("failed");
  }
};
