// Searches as one types, and helps to read. Every page reads whole without it.
"use strict";

(() => {
  const SHOWN = 10;
  const NEAREST = 5; // Where no answer is sure.
  const SURE = 0.5; // What the first result must cover of a query to be its answer.
  const FILTERED_FROM = 30; // Entries.
  const MARKED_WORDS = 32;
  const MARKED_CHARS = 500; // Of the address that asks to mark them.
  const EXCERPT_CHARS = 140;
  const APART =
    "blockquote, br, caption, dd, details, div, dt, figcaption, h1, h2, h3, h4, h5, h6, li, p, pre, summary, td, th";
  const LEAD_CHARS = 30;
  const SAID_CHARS = 60; // Of a query, where the page repeats it.
  const SLOW_MS = 300; // So long an answer is waited for, and loading is not worth a word.
  const SETTLE_MS = 400;
  const COPIED_MS = 2000;

  // What to show, as functions of their arguments.

  const fill = (sentence, values) =>
    sentence.replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);

  /** Which sentence tells what was found. */
  const verdict = (found, isSure) => {
    if (!found.length) return "none";
    if (!isSure) return "nearest";
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

  const hitsIn = (tokens, words) => tokens.filter(({ word }) => words.includes(word));

  /** What a closed result tells of its answer. */
  const excerptOf = (text, words) => {
    const tokens = FaqEngine.words(text);
    const [start, end] = passage(text, tokens, hitsIn(tokens, words));
    return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  };

  /** Whether a result holds one word of the query alone, and that only as it was corrected. */
  const isGuess = ({ words }, readings) => {
    const held = readings.filter(({ form }) => words.includes(form));
    return held.length === 1 && held[0].how === "corrected";
  };

  /** The number of the category at the top in which an entry stands, -1 if in none. */
  const topOf = (entry, { category, categories }) => {
    let number = category[entry];
    while (categories[number]?.[1] >= 0) number = categories[number][1];
    return number;
  };

  const isFilterable = ({ titles, categories }) =>
    titles.length >= FILTERED_FROM && categories.filter(([, above]) => above < 0).length > 1;

  // Words found are marked by the browser where it can, else by elements.

  const highlight = window.Highlight && CSS.highlights && new Highlight();
  if (highlight) CSS.highlights.set("found", highlight);

  const markIn = (node, words) => {
    const runs = [];
    for (const { start, end } of hitsIn(FaqEngine.words(node.data), words)) {
      // Words of Chinese or Japanese overlap.
      if (start < runs[0]?.[1]) runs[0][1] = end;
      else runs.unshift([start, end]);
    }
    // The last first: an element cuts off what follows it.
    for (const [start, end] of runs) {
      if (highlight) {
        // A live range would forget its place when its nodes are moved into the page.
        const ends = { startContainer: node, startOffset: start, endContainer: node, endOffset: end };
        highlight.add(new StaticRange(ends));
        continue;
      }
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, end);
      range.surroundContents(document.createElement("mark"));
    }
  };

  const mark = (parent, words) => {
    const walker = document.createTreeWalker(parent, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    nodes.forEach((node) => markIn(node, words));
  };

  // The index comes as scripts, because a page opened from disk may load nothing else.

  const { root, engine } = document.currentScript.dataset;

  /** Which file of texts holds the answer of an entry. */
  const textNumber = (entry) => FaqEngine.index.texts.findLastIndex(([first]) => first <= entry);

  const answerOf = (entry) => {
    const { first, answers } = FaqEngine.text[textNumber(entry)];
    return answers[entry - first];
  };

  const versionOf = (number) => FaqEngine.index.texts[number][1];

  const isThere = (entry) => {
    const number = textNumber(entry);
    return FaqEngine.text[number]?.version === versionOf(number);
  };

  // Nothing of others gets in: the policy takes the name of a file of the index, or the
  // number of an entry whose answer is wanted.
  const rules = {
    createScriptURL: (name) => {
      if (name === engine) return name;
      if (/^search-(index|text\/\d+)\.js(\?v=[\w-]+)?$/.test(name)) return root + name;
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

  let again = ""; // What makes an address another one, when index and texts are loaded anew.
  let loadingEngine, opening; // Promises; nothing before the first sign of a search.
  let texts = new Map(); // For each file of texts: when it is there, and how long to wait for it.

  const loadEngine = () => {
    loadingEngine ??= load(engine).catch((error) => {
      loadingEngine = undefined;
      throw error;
    });
    return loadingEngine;
  };

  const open = () => {
    opening ??= Promise.all([loadEngine(), load(`search-index.js${again && `?v=${again}`}`)])
      .then(() => {
        const faq = FaqEngine.open(FaqEngine.index);
        if (FaqEngine.index.texts.length === 1) openText(0); // Few answers come at once.
        return faq;
      })
      .catch((error) => {
        opening = undefined; // To be tried again on the next key.
        throw error;
      });
    return opening;
  };

  const openText = (entry) => {
    const number = textNumber(entry);
    if (!texts.has(number)) {
      const loading = load(`search-text/${number}.js?v=${versionOf(number)}${again}`);
      const failing = loading.catch(() => texts.delete(number));
      const late = new Promise((resolve) => setTimeout(resolve, SLOW_MS));
      texts.set(number, { loading, soon: Promise.race([failing, late]) });
    }
    return texts.get(number);
  };

  /** An answer in a document in which nothing runs and nothing loads. */
  const inertAnswer = (entry) =>
    new DOMParser().parseFromString(policy.createHTML(String(entry)), "text/html");

  const textOf = (entry) => {
    const inert = inertAnswer(entry);
    inert.querySelectorAll(".footnote-ref, .footnote-backref").forEach((link) => link.remove());
    // What stands on lines of its own must not run into one word.
    inert.querySelectorAll(APART).forEach((part) => part.after(" "));
    return inert.body.textContent.replace(/\s+/g, " ").trim();
  };

  /** An answer, written for the home page, as it can stand on this one: its links lead from
      here, those to itself to its own page, for no id is taken along. */
  const answerNodes = ({ entry, url }) => {
    const { body } = inertAnswer(entry);
    for (const name of ["href", "src"]) {
      body.querySelectorAll(`[${name}]`).forEach((part) => {
        const address = part.getAttribute(name);
        if (/^\w+:/.test(address)) return;
        part.setAttribute(name, root + (address.startsWith("#") ? url + address : address));
      });
    }
    body.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    return body.childNodes;
  };

  // The page. Results take the place of its list, or open under the box in the header.

  const element = (id) => document.getElementById(id);
  const listen = (target, types, listener, once = false) =>
    types.split(" ").forEach((type) => target.addEventListener(type, listener, { once }));

  const form = element("search_form");
  const box = element("search_box");
  const results = element("search_results");
  const summary = element("search_summary");
  const list = element("search_list");
  const onward = element("search_onward");
  const status = element("search_status");
  const filter = element("search_filter");
  const select = element("search_category");
  const panel = element("search_panel");
  const pageList = element("page_list");
  const template = element("search_result").content;

  let turn = 0; // What an earlier turn still waits for is not shown.
  let isWaiting = false;
  let category; // What the reader chose of the filter.
  let turned = new Map(); // Whether the reader has opened or closed an entry.
  let slow, settling, frame;

  let logged = false;
  const log = (error) => {
    if (!logged) console.error("search:", error);
    logged = true;
  };

  const query = () => box.value.trim();

  const shortened = (text, most = SAID_CHARS) =>
    text.length <= most ? text : `${Array.from(text).slice(0, most).join("")}…`;

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

  // Isolated, for what runs the other way must not turn the sentence round.
  const quoted = (text) => `\u2068${shortened(text)}\u2069`;

  const say = (key, count, slips = []) => {
    const sentences = slips.map(({ word, form }) =>
      fill(results.dataset.instead, { word: quoted(word), form: quoted(form) }),
    );
    const found = fill(results.dataset[key], { query: quoted(query()), count });
    summary.textContent = [...sentences, found].join(" ");
    results.hidden = false;
    settleSoon();
  };

  const stopsIn = () => [...list.querySelectorAll(".entry_question, a")];

  /** Puts nodes in the place of the results; the focus stays where it was among them. */
  const replaceResults = (nodes) => {
    const at = stopsIn().indexOf(document.activeElement);
    list.replaceChildren(...nodes);
    if (at >= 0) (stopsIn()[at] ?? box).focus();
  };

  /** Says something in the place of results; the page's own list stays. */
  const note = (key) => {
    replaceResults([]);
    filter.hidden = true;
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

  /** A result, and what completes it once its text is there. */
  const makeResult = (result, isAnswer) => {
    const { entry, url, question, words } = result;
    const node = document.importNode(template.firstElementChild, true);
    const [details, head, answer, own, copying, group, excerpt] = [
      "details", ".entry_question", ".answer", ".own_page a", ".copy", ".result_category", ".result_excerpt",
    ].map((selector) => node.querySelector(selector));

    const addAnswer = () => {
      if (answer.firstChild || !isThere(entry)) return;
      answer.append(...answerNodes(result));
      mark(answer, words);
    };

    const complete = () => {
      if (excerpt.firstChild || !isThere(entry)) return;
      excerpt.textContent = excerptOf(textOf(entry), words);
      mark(excerpt, words);
      if (details.open) addAnswer();
    };

    head.firstElementChild.textContent = question;
    mark(head, words);
    group.textContent = result.category;
    own.href = copying.value = root + url;
    // What comes late moves nothing: without its text the answer stays closed.
    details.open = turned.get(entry) ?? (isAnswer && isThere(entry));
    complete();

    head.addEventListener("click", () => {
      turned.set(entry, !details.open);
      addAnswer();
    });
    // That page is to mark the words too, but who copies the link gets it without them.
    own.addEventListener("click", () => {
      const marked = words.slice(0, MARKED_WORDS).join(" ");
      own.search = new URLSearchParams({ mark: marked, asked: query() });
      setTimeout(() => (own.search = ""));
    });
    return { node, complete };
  };

  /** Offers the categories of what was found, and returns what the chosen one has of it. */
  const chosenOf = (found) => {
    const { index } = FaqEngine;
    const counts = {};
    for (const { entry } of found) {
      const number = topOf(entry, index);
      counts[number] = (counts[number] ?? 0) + 1;
    }
    const numbers = Object.keys(counts);
    filter.hidden = numbers.length < 2;
    const chosen = numbers.length > 1 && counts[category] ? category : "";
    const option = (number, title, count) => {
      const label = fill(results.dataset.option, { category: title, count });
      return new Option(label, number, false, number === chosen);
    };
    select.replaceChildren(
      option("", results.dataset.all, found.length),
      ...numbers
        .filter((number) => number >= 0)
        .map((number) => option(number, index.categories[number][0], counts[number])),
    );
    return chosen ? found.filter(({ entry }) => topOf(entry, index) === Number(chosen)) : found;
  };

  /** Shows what was found; the first of it as the answer, if that is sure. */
  const show = (found, readings, isFiltered) => {
    const isSure = found[0]?.covered >= SURE;
    filter.hidden = true;
    const chosen = isSure && isFiltered ? chosenOf(found) : found;
    const key = verdict(chosen, isSure);
    const shown = chosen.slice(0, isSure ? SHOWN : NEAREST);
    const entries = shown.map(({ entry }) => entry);
    turned = new Map([...turned].filter(([entry]) => entries.includes(entry)));
    highlight?.clear();
    const made = shown.map((result, i) =>
      makeResult(result, !i && result.covered >= SURE && !isGuess(result, readings)),
    );
    replaceResults(made.map(({ node }) => node));
    onward.hidden = isSure;
    if (pageList) pageList.hidden = true;
    say(key, shown.length, found.length ? readings.filter(({ how }) => how === "corrected") : []);
    completeAll(shown, made).catch(log);
  };

  const completeAll = async (shown, made) => {
    const now = turn;
    await Promise.all(shown.map(({ entry }) => openText(entry).loading));
    if (now !== turn) return;
    if (shown.every(({ entry }) => isThere(entry))) made.forEach(({ complete }) => complete());
    else reopen();
  };

  /** Loads index and texts again, for a new build came between them; once, or it would go on. */
  const reopen = () => {
    if (again) throw new Error("index and texts are of different builds");
    again = `-${Date.now()}`;
    opening = undefined;
    texts = new Map();
    update();
  };

  const stopWaiting = () => {
    clearTimeout(slow);
    isWaiting = false;
  };

  const update = async () => {
    cancelAnimationFrame(frame); // It would come between, and to the same.
    frame = undefined;
    turn += 1;
    const now = turn;
    if (!query()) {
      category = undefined;
      turned.clear();
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
      const text = query();
      if (!faq.asks(text)) {
        hide(); // What is no question yet has no answer to miss.
        return;
      }
      const isFiltered = isFilterable(FaqEngine.index);
      const found = faq.search(text, isFiltered ? Infinity : SHOWN + 1);
      if (found[0]?.covered >= SURE) await openText(found[0].entry).soon;
      if (now !== turn) return;
      show(found, faq.read(text).filter(({ word }) => faq.asks(word)), isFiltered);
    } catch (error) {
      stopWaiting();
      log(error);
      if (now === turn) note("failed");
    }
  };

  const updateSoon = () => {
    frame ??= requestAnimationFrame(update);
  };

  /** From the box through the results and back; false where there is nowhere to go. */
  const walk = (step) => {
    const ways = onward.hidden ? [] : onward.querySelectorAll("a");
    const questions = list.querySelectorAll(".entry_question");
    const stops = results.hidden ? [box] : [box, ...questions, ...ways];
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
    list.querySelector(".entry_question")?.focus();
  };

  /** Closes results that lie over the page; those above it would take the page along. */
  const onLeave = ({ target }) => {
    const liesOver = getComputedStyle(results).position === "absolute";
    if (liesOver && !panel.contains(target) && !results.hidden) hide();
  };

  /** Marks the words for which this page was opened from the results: once, for the address
      that is reloaded or passed on has them no more. A mail about it tells what was asked. */
  const markAsked = async () => {
    const address = new URL(location);
    const [marked, asked] = ["mark", "asked"].map((name) => address.searchParams.get(name));
    tellAsked(asked ?? history.state?.asked);
    if (marked === null) return;
    address.searchParams.delete("mark");
    address.searchParams.delete("asked");
    history.replaceState({ ...history.state, asked }, "", address);
    await loadEngine();
    const words = FaqEngine.words(marked.slice(0, MARKED_CHARS)).map(({ word }) => word);
    for (const part of document.querySelectorAll("article > h1, article > .answer")) {
      mark(part, words.slice(0, MARKED_WORDS));
    }
  };

  // Reading: what is asked for of the answers themselves, on lists and on their own pages.

  const entries = [...document.querySelectorAll("details.entry")];
  const answerId = (entry) => entry.lastElementChild.id;
  const turner = element("turn_all");
  let remembering;

  const tellAsked = (asked) => {
    const sentence = element("feedback_link")?.dataset.query; // A mail has one, a form has none.
    if (!asked || !sentence) return;
    const told = fill(sentence, { query: shortened(asked, box.maxLength) });
    element("feedback_link").href += encodeURIComponent(`${told}\r\n`);
  };

  /** What the address points to, unless that is the whole text. */
  const place = () => {
    try {
      const found = element(decodeURIComponent(location.hash.slice(1)));
      return found?.id === "page_main" ? null : found;
    } catch {
      return null; // No page of ours has such an address.
    }
  };

  /** Shows what the address points to, where the browser could not. */
  const showPlace = () => {
    const found = place();
    if (!found) return;
    let closed;
    let wasHidden = !results.hidden;
    if (wasHidden) hide();
    while ((closed = found.closest("details:not([open])"))) wasHidden = closed.open = true;
    if (wasHidden) found.scrollIntoView();
  };

  /** Keeps what is open for who comes back, once for all that is turned at a time. */
  const remember = () => {
    const isWhole = entries.every(({ open }) => open);
    if (turner) turner.textContent = turner.dataset[isWhole ? "close" : "open"];
    remembering ??= setTimeout(() => {
      remembering = undefined;
      const open = entries.filter((entry) => entry.open).map(answerId);
      history.replaceState({ ...history.state, open }, "");
    });
  };

  const turnAll = () => {
    const isOpen = entries.some(({ open }) => !open);
    for (const entry of entries) entry.open = isOpen;
  };

  /** Copies as was done before there was a clipboard, which a page of http has not; false if it may not. */
  const copySelected = (address, button) => {
    const area = document.createElement("textarea");
    area.className = "unseen";
    area.value = address;
    button.after(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    button.focus();
    return isCopied;
  };

  const copyLink = async (button) => {
    const base = document.querySelector("link[rel=canonical]") ?? location;
    const address = new URL(button.value, base.href).href;
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      if (!copySelected(address, button)) return;
    }
    const { copied } = status.dataset;
    const label = button.textContent;
    if (label === copied) return;
    button.style.minInlineSize = `${button.getBoundingClientRect().width}px`;
    status.textContent = button.textContent = copied;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, COPIED_MS);
  };

  /** Paper opens nothing, and shows an address that is its own text once. */
  const preparePrint = () => {
    const closed = document.querySelectorAll("details:not([open])");
    const turn = (isOpen) => closed.forEach((details) => (details.open = isOpen));
    turn(true);
    listen(window, "afterprint", () => turn(false), true);
    for (const link of document.querySelectorAll(".answer a")) {
      const address = link.getAttribute("href").replace("mailto:", "");
      link.classList.toggle("bare", address === link.textContent);
    }
  };

  const startReading = () => {
    const open = history.state?.open;
    for (const entry of entries) entry.open ||= open?.includes(answerId(entry));
    listen(window, "hashchange", showPlace);
    showPlace();
    // What is turned tells nobody above it.
    document.addEventListener("toggle", remember, true);
    listen(window, "beforeprint", preparePrint);
    if (entries.length > 1) {
      turner.parentElement.hidden = false;
      listen(turner, "click", turnAll);
    }
    if (!navigator.clipboard && !document.queryCommandSupported("copy")) return;
    for (const parent of [document, template]) {
      for (const button of parent.querySelectorAll(".copy")) button.hidden = false;
    }
    listen(document, "click", ({ target }) => target.matches(".copy") && copyLink(target));
  };

  const start = () => {
    markAsked().catch(log);
    listen(document, "keydown", onKey);
    listen(box, "focus pointerenter", () => open().catch(() => {}));
    // While a character is being composed the box holds what nobody means.
    listen(box, "input", ({ isComposing }) => isComposing || updateSoon());
    listen(box, "compositionend", updateSoon);
    listen(form, "submit", onSubmit);
    listen(list, "click", settle);
    listen(select, "change", () => {
      category = select.value;
      update();
    });
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
    const isOpened = performance.getEntriesByType("navigation")[0]?.type === "navigate";
    // Who opens a link to an answer wants that answer; who comes back had searched after it.
    if (!query() || (isOpened && place())) return;
    if (pageList) pageList.hidden = true; // Results come; the list would only jump.
    update().then(() => {
      // Enter on another page has led here, and the arrows are to go on.
      const isFirst = element("needs_script") && isOpened;
      if (isFirst && document.activeElement === document.body) (stopsIn()[0] ?? box).focus();
    });
  };

  for (const part of [startReading, start]) {
    try {
      part();
    } catch (error) {
      log(error);
    }
  }
})();
