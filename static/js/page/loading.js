// Loads the engine, index and answers as scripts: a page opened from disk can load nothing else.
import { engine, root } from "./elements.js";

const SLOW_MS = 300; // How long to wait before the page shows that it is loading.
const LOST_MS = 30_000; // When to give up on a script.
const STALE_MS = 600_000; // How long a host may let browsers cache a file (GitHub Pages).
const FEW_FILES = 8; // With more files of answers, results show no passages.

// Files load in any order and may be cut short. A file has loaded once its value is here.
window.FaqEngine = { text: {}, part: {} };

let again = ""; // The time of the last reload; part of each address, to bypass caches.

/** The answer of a result, if the right version of its file has loaded. */
const answerOf = ({ file, version, at }) => {
  const text = FaqEngine.text[file];
  return text?.version === version && text.answers?.[at];
};

// The policy accepts only the names of our own files, and results.
const rules = {
  createScriptURL: (name) => {
    if (name === engine + again) return name;
    if (/^search-(index|(text|part)\/t?\d+)\.js(\?v=[\w-]+)?$/.test(name)) return root + name;
    throw new Error(`cannot load ${name}`);
  },
  createHTML: (_, result) => answerOf(result),
};
const policy = window.trustedTypes?.createPolicy("faq", rules) ?? rules;

// The answers on a short home page, by address. They need no loading.
const answersHere = new Map();
if (!root) {
  for (const own of document.querySelectorAll("#page_list .own_page a")) {
    answersHere.set(own.getAttribute("href"), own.closest(".answer"));
  }
}

/** A copy of the answer of a result: from this page, or in an inert document. */
export const copyOfAnswer = (result) => {
  const copy = answersHere.get(result.url)?.cloneNode(true);
  copy?.querySelector(".own_page:last-child").remove();
  return copy ?? new DOMParser().parseFromString(policy.createHTML("", result), "text/html").body;
};

const attempts = {};

/** Starts something once. After a failure, the next call starts it again. `loading` is its
    promise; `soon` resolves without a value if that takes longer than SLOW_MS. */
const once = (name, start) => {
  if (!attempts[name]) {
    const loading = start();
    const failing = loading.catch(() => delete attempts[name]);
    const late = new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    attempts[name] = { loading, soon: Promise.race([failing, late]) };
  }
  return attempts[name];
};

/** Loads a script; fails unless `isThere` is then true. */
const load = (name, isThere) =>
  once(name, async () => {
    const script = document.createElement("script");
    script.src = policy.createScriptURL(name);
    document.head.append(script);
    await new Promise((resolve) => {
      script.onload = script.onerror = resolve;
      setTimeout(resolve, LOST_MS);
    });
    if (!isThere()) throw new Error(`cannot load ${name}`);
  });

export const loadEngine = () => load(engine + again, () => FaqEngine.open);

/** A result with the file, version and position of its answer in the index that found it; a later
    index may differ. */
export const locate = (result) => {
  const { texts } = FaqEngine.index;
  const file = texts.findLastIndex(([first]) => first <= result.entry);
  const [first, version] = texts[file];
  return { ...result, file, version, at: result.entry - first };
};

export const isThere = (result) => answersHere.has(result.url) || answerOf(result);

/** Loads the answer of a result. */
export const loadAnswer = (result) =>
  isThere(result)
    ? once("", async () => {})
    : load(`search-text/${result.file}.js?v=${result.version}${again}`, () => isThere(result));

/** Whether results show a passage. In a large FAQ, that would load many files. */
export const hasPassages = () => FaqEngine.index.texts.length <= FEW_FILES;

/** Loads the engine and the index, and opens the search. */
export const openIndex = () =>
  once(`index ${again}`, async () => {
    const engineComing = loadEngine();
    await load(`search-index.js${again && `?v=${again}`}`, () => FaqEngine.index).loading;
    await engineComing.loading;
    const steps = FaqEngine.opening(FaqEngine.index);
    let step = steps.next();
    while (!step.done) {
      await new Promise(setTimeout); // Opening a large index must not block the page.
      step = steps.next();
    }
    // If all answers are in one file, it is loaded right away.
    if (FaqEngine.index.texts.length === 1 && !answersHere.size) loadAnswer(locate({ entry: 0 }));
    return step.value;
  });

/** Loads the parts of a large index that a search is missing. */
export const loadParts = (faq, names) => {
  const { parts, titled } = FaqEngine.index;
  const loadPart = async (name) => {
    const [, version] = parts[name] ?? titled[name.slice(1)];
    const isThere = () => FaqEngine.part[name]?.version === version;
    try {
      await load(`search-part/${name}.js?v=${version}${again}`, isThere).loading;
    } catch (error) {
      throw Object.assign(error, { isOfPart: true });
    }
    faq.add(name);
  };
  return once(`parts ${names} ${again}`, () => Promise.all(names.map(loadPart)));
};

/** Makes everything load again, bypassing caches of an earlier build. If the search `isUsable`, it
    does so at most once in STALE_MS. Returns whether to try at once, so that tries end. */
export const reload = (isUsable) => {
  const isTime = Date.now() - again > STALE_MS;
  if (isTime || !isUsable) again = Date.now();
  return isTime;
};
