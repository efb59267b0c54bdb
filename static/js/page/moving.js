// Moves between the box and the results, by keys, and away from them.
import { box, list, listen, pageList, panel, query, results, searchForm } from "./elements.js";
import { firstQuestion, stops } from "./results.js";
import { settle } from "./saying.js";
import { hide, update } from "./search.js";

/** From the box through the results and back; false where there is nowhere to go. */
const walk = (step) => {
  const at = stops().indexOf(document.activeElement);
  const next = at < 0 ? undefined : stops()[at + step];
  next?.focus();
  return Boolean(next);
};

const escape = () => {
  if (document.activeElement !== box) {
    box.focus();
    return true;
  }
  if (!box.value) return false;
  box.value = "";
  update();
  return true;
};

const reach = () => {
  box.focus();
  box.select();
  return true;
};

const onKey = (event) => {
  if (event.isComposing || event.altKey || event.shiftKey) return;
  const isHere = searchForm.contains(event.target) || results.contains(event.target);
  const withControl = event.ctrlKey || event.metaKey;
  const answer = withControl
    ? { k: reach }[event.key.toLowerCase()]
    : isHere && { ArrowDown: () => walk(1), ArrowUp: () => walk(-1), Escape: escape }[event.key];
  if (answer && answer()) event.preventDefault();
};

const onSubmit = async (event) => {
  if (panel) return; // The page of results is the answer.
  event.preventDefault();
  const asked = query();
  await update();
  settle();
  if (box !== document.activeElement || query() !== asked || !pageList.hidden) return;
  box.blur(); // So that the keyboard of a phone makes room.
  firstQuestion()?.focus();
};

/** Closes results that lie over the page; those above it would take the page along. */
const onLeave = ({ target }) => {
  const liesOver = getComputedStyle(results).position === "absolute";
  if (liesOver && !panel.contains(target) && !results.hidden) hide();
};

export const startMoving = () => {
  listen(document, "keydown", onKey);
  listen(searchForm, "submit", onSubmit);
  listen(list, "click", settle);
  if (!panel) return;
  listen(document, "focusin click", onLeave);
  listen(box, "focus", () => results.hidden && query() && update());
};
