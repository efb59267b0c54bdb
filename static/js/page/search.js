// From the box to the results, by way of the index.
import { list, log, pageList, query, results, summary } from "./elements.js";
import { forgetWanted, isFilterable } from "./filter.js";
import { isThere, loadAnew, loadAnswer, openIndex } from "./loading.js";
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

/** Completes the results with their texts, as far as those are wanted. */
const completeAll = async () => {
  const now = turn;
  const lacking = presented.filter(({ isWanted }) => isWanted());
  await Promise.all(lacking.map(({ result }) => loadAnswer(result).loading));
  if (now !== turn) return;
  if (lacking.every(({ result }) => isThere(result))) lacking.forEach((each) => each.complete());
  else {
    loadAnew();
    update();
  }
};

/** One that is opened wants its answer; the event stays with its element. */
export const startCompleting = () =>
  list.addEventListener("toggle", () => completeAll().catch(log), true);

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
    await soon;
    if (now !== turn) return;
    if (!window.FaqEngine?.index) note("loading");
    const faq = await loading;
    if (now !== turn) return;
    const text = query();
    if (!faq.asks(text)) {
      hide(); // What is no question yet has no answer to miss.
      return;
    }
    const isFiltered = isFilterable(FaqEngine.index);
    const found = faq.search(text, isFiltered ? Infinity : SHOWN + 1);
    if (found[0]?.covered >= SURE) await loadAnswer(found[0]).soon;
    if (now !== turn) return;
    const readings = faq.read(text).filter(({ word }) => faq.asks(word));
    presented = show(found, readings, isFiltered);
    completeAll().catch(log);
  } catch (error) {
    log(error);
    if (now === turn) note("failed");
  }
};
