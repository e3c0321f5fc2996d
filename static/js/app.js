// Behaviours, each attached by a data attribute.

import { attachLines } from "./lines.js";
import { attachOnce } from "./once.js";
import { attachCodes, attachScan } from "./scan.js";
import { attachSearch } from "./search.js";
import { attachShares } from "./shares.js";

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.addEventListener("click", () => {
    const next = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
    localStorage.setItem("theme", next);
    document.documentElement.dataset.bsTheme = next;
  });
}

for (const control of document.querySelectorAll("[data-submit-on-change]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
}

// On a phone the menu scrolls: the present page's entry is in sight.
const menu = document.querySelector(".app-nav-list");
const entry = menu?.querySelector("[aria-current]");
if (entry) menu.scrollLeft = entry.offsetLeft - (menu.clientWidth - entry.offsetWidth) / 2;

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

for (const box of document.querySelectorAll("[data-check-all]")) {
  box.addEventListener("change", () => {
    for (const other of document.querySelectorAll(`input[name="${box.dataset.checkAll}"]`)) {
      other.checked = box.checked;
    }
  });
}

attachScan();
attachSearch();
attachCodes();
attachLines();
attachOnce();
attachShares();

// What scrolls sideways and holds nothing to press can be scrolled by keyboard too.
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const hidden = target.scrollWidth > target.clientWidth;
    if (hidden && !target.querySelector("a, button, input, select, summary")) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const box of document.querySelectorAll(".scroll-x")) watch.observe(box);
