// The page of an answer: marks the words that led to it, and tells the contact what was asked.
import { box, element, keep, kept, listen, query } from "./elements.js";
import { loadEngine } from "./loading.js";
import { mark } from "./marking.js";
import { fill, shortened } from "./saying.js";

const MARKED_CHARS = 500; // Of the address that asks to mark words.

/** Has the link to the contact tell what is asked here, or else what led to this page. */
const startTelling = (link, led) => {
  const { href } = link;
  listen(link, "click focus pointerdown", () => {
    const asked = shortened(query() || led, box.maxLength);
    link.href = asked ? fill(link.dataset.asked, { query: encodeURIComponent(asked) }) : href;
  });
};

/** Marks words once, for the address that is reloaded or passed on has them no more. */
export const startArriving = async () => {
  const address = new URL(location);
  const marked = address.searchParams.get("mark");
  const asked = address.searchParams.get("asked") ?? kept().asked ?? "";
  const link = element("feedback_link");
  if (link) startTelling(link, asked);
  if (marked === null) return;
  address.searchParams.delete("mark");
  address.searchParams.delete("asked");
  keep({ asked }, address);
  await loadEngine().loading;
  const words = FaqEngine.words(marked.slice(0, MARKED_CHARS)).map(({ word }) => word);
  for (const part of document.querySelectorAll("article > h1, article > .answer")) {
    mark(part, words);
  }
};
