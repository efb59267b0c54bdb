// Searches as one types, and helps to read. Every page reads whole without it.
import { startArriving } from "./arriving.js";
import { startCopying } from "./copying.js";
import { box, element, listen, log, pageList, query } from "./elements.js";
import { startFilter } from "./filter.js";
import { openIndex } from "./loading.js";
import { startMoving } from "./moving.js";
import { place, startReading } from "./reading.js";
import { firstQuestion } from "./results.js";
import { settleSoon } from "./saying.js";
import { startCompleting, update } from "./search.js";

const startSearch = () => {
  startMoving();
  startFilter(update);
  startCompleting();
  listen(box, "focus pointerenter", openIndex);
  // While a character is being composed the box holds what nobody means.
  listen(box, "input", ({ isComposing }) => isComposing || update());
  listen(box, "compositionend", update);
  // On the page of results only: what is said without script, and with it.
  if (element("needs_script")) {
    element("needs_script").hidden = true;
    element("search_hint").hidden = false;
  }
  const asked = new URLSearchParams(location.search).get("q") ?? box.value;
  box.value = asked.slice(0, box.maxLength);
  if (!query()) return;
  const isOpened = !history.state; // And not come back to.
  // Who opens a link to an answer wants that answer; who comes back had searched after it.
  if (isOpened && place()) {
    settleSoon();
    return;
  }
  if (pageList) pageList.hidden = true; // Results come; the list would only jump.
  update().then(() => {
    // Enter on another page has led here, and the arrows are to go on.
    const isFirst = element("needs_script") && isOpened;
    if (isFirst && document.activeElement === document.body) (firstQuestion() ?? box).focus();
  });
};

for (const start of [startReading, startCopying, startArriving, startSearch]) {
  Promise.resolve().then(start).catch(log);
}
