// Searches as one types. Every page reads whole without it.
"use strict";

(() => {
  const SHOWN = 10;
  const SURE = 0.5; // The share of a query that an answer must hold to be one.
  const EXCERPT_CHARS = 140;
  const LEAD_CHARS = 30;
  const SAID_CHARS = 60; // Of a query, where the page repeats it.
  const SLOW_MS = 300;
  const SETTLE_MS = 400;

  // What to show, as functions of their arguments.

  const fill = (sentence, values) =>
    sentence.replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);

  /** Which sentence tells what was found. */
  const verdict = (found) => {
    if (!found.length) return "none";
    if (found.every(({ covered }) => covered < SURE)) return "nearest";
    if (found.length > SHOWN) return "most";
    return found.length === 1 ? "one" : "many";
  };

  /** Start and end of the passage that holds most of the words: from a word's start to one's end. */
  const passage = (text, tokens, hits) => {
    let [start, most] = [0, 0];
    hits.forEach((hit, first) => {
      const from = hit.start < 2 * LEAD_CHARS ? 0 : hit.start - LEAD_CHARS;
      const near = hits.slice(first).filter(({ end }) => end <= from + EXCERPT_CHARS);
      const held = new Set(near.map(({ word }) => word)).size;
      if (held > most) [start, most] = [from, held];
    });
    if (start) start = tokens.find((token) => token.start >= start).start;
    if (text.length <= start + EXCERPT_CHARS) return [start, text.length];
    const last = tokens.findLast(({ end }) => end <= start + EXCERPT_CHARS);
    return [start, last && last.end > start ? last.end : start + EXCERPT_CHARS];
  };

  /** The text between start and end as [text, isMarked] pieces. */
  const pieces = (text, hits, start, end) => {
    const cut = [];
    let at = start;
    for (const hit of hits) {
      if (hit.start < start || hit.end > end) continue;
      const from = Math.max(at, hit.start); // Words of Chinese or Japanese overlap.
      cut.push([text.slice(at, from), false], [text.slice(from, hit.end), true]);
      at = hit.end;
    }
    return [...cut, [text.slice(at, end), false]];
  };

  const hitsIn = (tokens, words) => tokens.filter(({ word }) => words.includes(word));

  const marked = (cut) =>
    cut.map(([text, isMarked]) => {
      if (!isMarked) return text;
      const mark = document.createElement("mark");
      mark.textContent = text;
      return mark;
    });

  const markedQuestion = ({ question, words }) =>
    marked(pieces(question, hitsIn(FaqEngine.words(question), words), 0, question.length));

  const markedExcerpt = (text, words) => {
    const tokens = FaqEngine.words(text);
    const hits = hitsIn(tokens, words);
    const [start, end] = passage(text, tokens, hits);
    const excerpt = marked(pieces(text, hits, start, end));
    return [start ? "… " : "", ...excerpt, end < text.length ? " …" : ""];
  };

  // The index comes as scripts, because a page opened from disk may load nothing else.

  const { root, engine, build } = document.currentScript.dataset;

  /** Which file of texts holds the answer of an entry. */
  const textNumber = (entry) => FaqEngine.index.texts.findLastIndex((first) => first <= entry);

  const answerOf = (entry) => {
    const { first, answers } = FaqEngine.text[textNumber(entry)];
    return answers[entry - first];
  };

  // Nothing of others gets in: the policy takes the name of a file of the index, or the
  // number of an entry whose answer is wanted.
  const rules = {
    createScriptURL: (name) => {
      if (name === engine) return name;
      if (/^search-(index|text\/\d+)\.js\?v=[\w-]+$/.test(name)) return root + name;
      throw new TypeError(`not a file of the index: ${name}`);
    },
    createHTML: (entry) => answerOf(Number(entry)),
  };
  const policy = window.trustedTypes?.createPolicy("faq", rules) ?? rules;

  const load = (name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.async = false; // The index is a statement about the engine, which has to come first.
      script.src = policy.createScriptURL(name);
      script.onload = resolve;
      script.onerror = () => reject(new Error(`cannot load ${name}`));
      document.head.append(script);
    });

  let version = build;
  let loadingEngine, opening; // Promises; nothing before the first sign of a search.
  let texts = new Map();

  const loadEngine = () => {
    loadingEngine ??= load(engine).catch((error) => {
      loadingEngine = undefined;
      throw error;
    });
    return loadingEngine;
  };

  const open = () => {
    opening ??= Promise.all([loadEngine(), load(`search-index.js?v=${version}`)])
      .then(() => FaqEngine.open(FaqEngine.index))
      .catch((error) => {
        opening = undefined; // To be tried again on the next key.
        throw error;
      });
    return opening;
  };

  const openText = (entry) => {
    const number = textNumber(entry);
    if (!texts.has(number)) {
      const loading = load(`search-text/${number}.js?v=${version}`);
      loading.catch(() => texts.delete(number));
      texts.set(number, loading);
    }
    return texts.get(number);
  };

  /** The words of an answer, by way of a document in which nothing runs and nothing loads. */
  const textOf = (entry) => {
    const inert = new DOMParser().parseFromString(policy.createHTML(String(entry)), "text/html");
    inert.querySelectorAll(".footnote-ref, .footnote-backref").forEach((link) => link.remove());
    // What stands on lines of its own must not run into one word.
    inert.querySelectorAll("body *:not(a, b, code, em, i, s, span, strong, sub, sup)").forEach((part) => part.after(" "));
    return inert.body.textContent.replace(/\s+/g, " ").trim();
  };

  // The page. Results take the place of its list, or open under the box in the header.

  const element = (id) => document.getElementById(id);
  const form = element("search_form");
  const box = element("search_box");
  const results = element("search_results");
  const summary = element("search_summary");
  const list = element("search_list");
  const onward = element("search_onward");
  const status = element("search_status");
  const panel = element("search_panel");
  const pageList = element("page_list");
  const template = element("search_result").content;

  let turn = 0; // What an earlier turn still waits for is not shown.
  let isWaiting = false;
  let slow, settling, frame;

  let logged = false;
  const log = (error) => {
    if (!logged) console.error("search:", error);
    logged = true;
  };

  const query = () => box.value.trim();

  const shortened = (text) =>
    text.length <= SAID_CHARS ? text : `${Array.from(text).slice(0, SAID_CHARS).join("")}…`;

  /** Says what is shown, and keeps the query in the address, once the typing pauses. */
  const settle = () => {
    clearTimeout(settling);
    status.textContent = summary.textContent;
    const address = new URL(location);
    if (results.hidden) address.searchParams.delete("q");
    else address.searchParams.set("q", query());
    history.replaceState(history.state, "", address);
  };

  const settleSoon = () => {
    clearTimeout(settling);
    settling = setTimeout(settle, SETTLE_MS);
  };

  const say = (key, count) => {
    // Isolated, for a query that runs the other way must not turn the sentence round.
    const values = { query: `\u2068${shortened(query())}\u2069`, count };
    summary.textContent = fill(results.dataset[key], values);
    results.hidden = false;
    settleSoon();
  };

  /** Puts nodes in the place of the results; the focus stays where it was among them. */
  const replaceResults = (nodes) => {
    const at = [...list.querySelectorAll("a")].indexOf(document.activeElement);
    list.replaceChildren(...nodes);
    if (at >= 0) (list.querySelectorAll("a")[at] ?? box).focus();
  };

  /** Says something in the place of results; the page's own list stays. */
  const note = (key) => {
    replaceResults([]);
    onward.hidden = key === "loading";
    if (pageList && key === "failed") pageList.hidden = false;
    say(key);
  };

  const hide = () => {
    turn += 1; // Nothing that is still on its way brings the results back.
    stopWaiting();
    summary.textContent = "";
    results.hidden = true;
    if (pageList) pageList.hidden = false;
    settleSoon();
  };

  const resultNode = (result) => {
    const node = template.cloneNode(true).firstElementChild;
    const link = node.querySelector(".result_link");
    link.href = root + result.url;
    link.firstElementChild.replaceChildren(...markedQuestion(result));
    node.querySelector(".result_category").textContent = result.category;
    return node;
  };

  const show = (found) => {
    const key = verdict(found);
    const shown = found.slice(0, SHOWN);
    const nodes = shown.map(resultNode);
    replaceResults(nodes);
    onward.hidden = key !== "none" && key !== "nearest";
    if (pageList) pageList.hidden = true;
    say(key, shown.length);
    addExcerpts(shown, nodes).catch(log);
  };

  const addExcerpts = async (shown, nodes) => {
    const now = turn;
    await Promise.all(shown.map(({ entry }) => openText(entry)));
    if (now !== turn) return;
    const isFit = ({ entry }) => FaqEngine.text[textNumber(entry)].build === FaqEngine.index.build;
    if (!shown.every(isFit)) {
      reopen();
      return;
    }
    shown.forEach(({ entry, words }, i) => {
      nodes[i].querySelector(".result_excerpt").append(...markedExcerpt(textOf(entry), words));
    });
  };

  /** Loads index and texts again, for a new build came between them; once, or it would go on. */
  const reopen = () => {
    if (version !== build) throw new Error("index and texts are of different builds");
    version = `${build}-${Date.now()}`;
    opening = undefined;
    texts = new Map();
    update();
  };

  const stopWaiting = () => {
    clearTimeout(slow);
    isWaiting = false;
  };

  const update = async () => {
    turn += 1;
    const now = turn;
    if (!query()) {
      hide();
      return;
    }
    // Typing on does not put off what is said of a wait that has begun.
    if (!isWaiting) slow = setTimeout(() => note("loading"), SLOW_MS);
    isWaiting = true;
    try {
      const faq = await open();
      stopWaiting();
      if (now !== turn) return;
      if (faq.asks(query())) show(faq.search(query(), SHOWN + 1));
      else hide(); // What is no question yet has no answer to miss.
    } catch (error) {
      stopWaiting();
      log(error);
      if (now === turn) note("failed");
    }
  };

  const updateSoon = () => {
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      update();
    });
  };

  /** From the box through the results and back; false where there is nowhere to go. */
  const walk = (step) => {
    const ways = onward.hidden ? [] : onward.querySelectorAll("a");
    const stops = [box, ...(results.hidden ? [] : [...list.querySelectorAll("a"), ...ways])];
    const at = stops.indexOf(document.activeElement);
    const next = at < 0 ? undefined : stops[at + step];
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
    const isHere = form.contains(event.target) || results.contains(event.target);
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
    if (box !== document.activeElement || query() !== asked) return;
    box.blur(); // So that the keyboard of a phone makes room.
    list.querySelector("a")?.focus();
  };

  /** Closes results that lie over the page; those above it would take the page along. */
  const onLeave = ({ target }) => {
    const liesOver = getComputedStyle(results).position === "absolute";
    if (liesOver && !panel.contains(target) && !results.hidden) hide();
  };

  const start = () => {
    const listen = (target, types, listener) =>
      types.split(" ").forEach((type) => target.addEventListener(type, listener));
    listen(document, "keydown", onKey);
    listen(box, "focus pointerenter", () => open().catch(() => {}));
    // While a character is being composed the box holds what nobody means.
    listen(box, "input", ({ isComposing }) => isComposing || updateSoon());
    listen(box, "compositionend", updateSoon);
    listen(form, "submit", onSubmit);
    listen(list, "click", settle);
    if (panel) {
      listen(document, "focusin click", onLeave);
      listen(box, "focus", () => results.hidden && query() && updateSoon());
    }
    // On the page of results only: what is said without script, and with it.
    if (element("needs_script")) {
      element("needs_script").hidden = true;
      element("search_hint").hidden = false;
    }
    const asked = new URLSearchParams(location.search).get("q") ?? box.value;
    box.value = asked.slice(0, box.maxLength);
    if (!query()) return;
    if (pageList) pageList.hidden = true; // Results come; the list would only jump.
    update();
  };

  try {
    start();
  } catch (error) {
    log(error);
  }
})();
