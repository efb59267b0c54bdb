// From the box to the results, by way of the index.
import { log, pageList, query, results, summary } from "./elements.js";
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

const completeAll = async (made) => {
  const now = turn;
  await Promise.all(made.map(({ entry }) => loadAnswer(entry).loading));
  if (now !== turn) return;
  if (made.every(({ entry }) => isThere(entry))) made.forEach(({ complete }) => complete());
  else {
    loadAnew();
    update();
  }
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
    if (found[0]?.covered >= SURE) await loadAnswer(found[0].entry).soon;
    if (now !== turn) return;
    const readings = faq.read(text).filter(({ word }) => faq.asks(word));
    completeAll(show(found, readings, isFiltered)).catch(log);
  } catch (error) {
    log(error);
    if (now === turn) note("failed");
  }
};
