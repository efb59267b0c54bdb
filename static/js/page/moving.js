// Moves between the search box and the results by keyboard, and closes the results.
import { box, list, listen, pageList, panel, query, results, searchForm } from "./elements.js";
import { firstQuestion, stops } from "./results.js";
import { settle } from "./saying.js";
import { hide, update } from "./search.js";

/** Moves the focus through the box and the results; returns false at the end. */
const walk = (step) => {
  const at = stops().indexOf(document.activeElement);
  const next = at < 0 ? undefined : stops()[at + step];
  next?.focus();
  return Boolean(next);
};

const leave = () => {
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
    : isHere && { ArrowDown: () => walk(1), ArrowUp: () => walk(-1), Escape: leave }[event.key];
  if (answer && answer()) event.preventDefault();
};

const onSubmit = async (event) => {
  if (panel) return; // The form opens the page of results.
  event.preventDefault();
  const asked = query();
  await update(true);
  settle();
  if (box !== document.activeElement || query() !== asked || !pageList.hidden) return;
  box.blur(); // Closes the keyboard of a phone.
  firstQuestion()?.focus();
};

/** Closes results that cover the page. Closing those above it would move the page. */
const onLeave = ({ target }) => {
  const isOver = getComputedStyle(results).position === "absolute";
  if (isOver && !panel.contains(target) && !results.hidden) hide();
};

export const startMoving = () => {
  listen(document, "keydown", onKey);
  listen(searchForm, "submit", onSubmit);
  listen(list, "click", settle);
  if (!panel) return;
  listen(document, "focusin click", onLeave);
  listen(box, "focus", () => results.hidden && query() && update(true));
};
