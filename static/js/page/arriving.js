// The page of an answer: marks the words that led to it, and adds the query to the contact link.
import { box, element, listen, query, recall, save } from "./elements.js";
import { loadEngine } from "./loading.js";
import { mark } from "./marking.js";
import { fill, shorten } from "./saying.js";

const MARKED_CHARS = 500; // An address can ask to mark this much.

/** Adds the query typed here to the contact link, or else the one that led to this page. */
const passOn = (link, led) => {
  const { href } = link;
  listen(link, "click focus pointerdown", () => {
    const asked = shorten(query() || led, box.maxLength);
    link.href = asked ? fill(link.dataset.asked, { query: encodeURIComponent(asked) }) : href;
  });
};

/** Marks words once: neither a reload nor a copied address marks them again. */
export const startArriving = async () => {
  const address = new URL(location);
  const { searchParams } = address;
  const marked = searchParams.get("mark");
  const asked = searchParams.get("asked") ?? recall().asked ?? "";
  const link = element("feedback_link");
  if (link) passOn(link, asked);
  if (marked === null) return;
  searchParams.delete("mark");
  searchParams.delete("asked");
  save({ asked }, address);
  await loadEngine().loading;
  const words = FaqEngine.words(marked.slice(0, MARKED_CHARS)).map(({ word }) => word);
  for (const part of document.querySelectorAll("article > h1, article > .answer")) {
    mark(part, words);
  }
};
