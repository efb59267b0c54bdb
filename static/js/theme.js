// Applies the reader's choice of light or dark before anything is painted. Default: the system's.
"use strict";

(() => {
  const KEY = "scheme";
  const root = document.documentElement;

  const apply = (scheme) => {
    root.dataset.scheme = /^(light|dark)$/.test(scheme) ? scheme : "";
  };

  // The browser may refuse storage.
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
      // The choice then applies only to this page.
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
