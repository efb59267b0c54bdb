// The page of an answer that was opened from the results: marks the words, tells what was asked.
import { box, element } from "./elements.js";
import { loadEngine } from "./loading.js";
import { mark } from "./marking.js";
import { fill, shortened } from "./saying.js";

const MARKED_CHARS = 500; // Of the address that asks to mark words.

const tellAsked = (asked) => {
  const sentence = element("feedback_link")?.dataset.query; // A mail has one, a form has none.
  if (!asked || !sentence) return;
  const told = fill(sentence, { query: shortened(asked, box.maxLength) });
  element("feedback_link").href += encodeURIComponent(`${told}\r\n`);
};

/** Marks words once, for the address that is reloaded or passed on has them no more. A mail about
    the answer tells what was asked. */
export const startArriving = async () => {
  const address = new URL(location);
  const [marked, asked] = ["mark", "asked"].map((name) => address.searchParams.get(name));
  tellAsked(asked ?? history.state?.asked);
  if (marked === null) return;
  address.searchParams.delete("mark");
  address.searchParams.delete("asked");
  history.replaceState({ ...history.state, asked }, "", address);
  await loadEngine().loading;
  const words = FaqEngine.words(marked.slice(0, MARKED_CHARS)).map(({ word }) => word);
  for (const part of document.querySelectorAll("article > h1, article > .answer")) {
    mark(part, words);
  }
};
