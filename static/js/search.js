// The search in the bar: what is found while somebody types, and the keys that lead there.

const WAIT = 200; // milliseconds without a key before it looks: a scanner is done by then

export function attachSearch() {
  const field = document.querySelector("[data-scan-field]");
  if (!field) return;
  document.addEventListener("keydown", (event) => {
    const palette = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!palette && !slash) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  const box = document.querySelector("[data-search-found]");
  if (box) attachOptions(field, box); // not at the desk, where a code acts
}

/** A combobox: the field keeps the focus, the arrows move through what was found. */
function attachOptions(field, box) {
  const status = document.querySelector("[data-search-said]");
  let timer = 0;
  let asked = new AbortController();
  let at = -1;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");
  field.setAttribute("aria-expanded", "false");

  const options = () => [...box.querySelectorAll("[role=option]")];
  const choose = (index) => {
    const all = options();
    at = all.length ? (index + all.length) % all.length : -1;
    for (const [number, option] of all.entries()) {
      option.setAttribute("aria-selected", String(number === at));
    }
    if (at < 0) return;
    field.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  };
  // What was chosen of an older text is not what Enter means: a scanner may type the next one.
  const forget = () => {
    clearTimeout(timer);
    asked.abort();
    at = -1;
    for (const option of options()) option.setAttribute("aria-selected", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    forget();
    box.hidden = true;
    box.replaceChildren();
    status.textContent = "";
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-controls");
  };
  const look = async () => {
    asked = new AbortController();
    const url = `${box.dataset.searchFound}?${new URLSearchParams({ q: field.value })}`;
    try {
      const headers = { Accept: "text/html", "HX-Request": "true" };
      const response = await fetch(url, { headers, signal: asked.signal });
      const answer = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = answer.querySelector("[data-found]");
      if (!found || asked.signal.aborted) return; // signed out by now: Enter says so
      box.replaceChildren(found);
      forget();
      box.hidden = false;
      status.textContent = found.dataset.said;
      const any = options().length > 0;
      field.setAttribute("aria-expanded", String(any));
      if (any) field.setAttribute("aria-controls", "search-options");
      else field.removeAttribute("aria-controls");
    } catch {
      // typed on, or no network: Enter looks again, as a page
    }
  };

  field.addEventListener("input", () => {
    forget();
    if (field.value.trim()) timer = setTimeout(look, WAIT);
    else close();
  });
  field.addEventListener("keydown", (event) => {
    if (box.hidden || event.isComposing) return;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") choose(at + 1);
    else if (event.key === "ArrowUp") choose(at < 0 ? -1 : at - 1);
    else if (event.key === "Enter" && at >= 0) options()[at].click();
    else return;
    event.preventDefault();
  });
  field.form.addEventListener("submit", close);
  field.form.addEventListener("focusout", (event) => {
    if (!field.form.contains(event.relatedTarget)) close();
  });
}
