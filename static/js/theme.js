// Light or dark as the reader chose, before anything is painted; else as the system has it.
"use strict";

(() => {
  const KEY = "scheme";
  const root = document.documentElement;

  const apply = (scheme) => {
    root.dataset.scheme = /^(light|dark)$/.test(scheme) ? scheme : "";
  };

  // A browser may refuse to remember.
  const recall = () => {
    try {
      apply(localStorage.getItem(KEY));
    } catch {
      apply("");
    }
  };

  const remember = (scheme) => {
    try {
      localStorage.setItem(KEY, scheme);
    } catch {
      // The choice then holds for this page.
    }
  };

  recall();
  addEventListener("DOMContentLoaded", () => {
    const choice = document.getElementById("scheme_choice");
    const show = () => {
      recall();
      choice.value = root.dataset.scheme;
    };
    choice.addEventListener("change", () => {
      apply(choice.value);
      remember(choice.value);
    });
    // Another tab, or the page come back to, has what was chosen meanwhile.
    addEventListener("storage", show);
    addEventListener("pageshow", show);
    document.getElementById("scheme_panel").hidden = false;
  });
})();
