// Starts the search and the reading aids. Every page is complete without them.
import { startArriving } from "./arriving.js";
import { startCopying } from "./copying.js";
import { box, element, hidePageList, listen, log, query } from "./elements.js";
import { startFilter } from "./filter.js";
import { openIndex } from "./loading.js";
import { startMoving } from "./moving.js";
import { place, startReading } from "./reading.js";
import { firstQuestion } from "./results.js";
import { settleSoon } from "./saying.js";
import { startCompleting, update } from "./search.js";

const startSearch = () => {
  startMoving();
  startFilter(() => update(true));
  startCompleting();
  listen(box, "focus pointerenter", openIndex);
  // While the reader composes a character, the box has a draft of it.
  listen(box, "input", ({ isComposing }) => isComposing || update());
  listen(box, "compositionend", () => update());
  const needsScript = element("needs_script"); // Only the page of results has it.
  if (needsScript) {
    needsScript.hidden = true;
    element("search_hint").hidden = false;
  }
  const asked = new URLSearchParams(location.search).get("q") ?? box.value;
  box.value = asked.slice(0, box.maxLength);
  if (!query()) return;
  const isOpened = !history.state; // Otherwise the reader came back.
  // A reader who opens a link to an answer wants that. One who comes back searched after it.
  if (isOpened && place()) {
    settleSoon();
    return;
  }
  hidePageList(true); // Otherwise the list would show for a moment before the results.
  update(true).then(() => {
    // The reader pressed Enter on another page, so the arrow keys must work here.
    if (needsScript && isOpened && document.activeElement === document.body) {
      (firstQuestion() ?? box).focus();
    }
  });
};

for (const start of [startReading, startCopying, startArriving, startSearch]) {
  Promise.resolve().then(start).catch(log);
}
