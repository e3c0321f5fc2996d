// A USB scanner is a keyboard that types fast: its codes land in the scan field from anywhere.
const GAP = 50; // milliseconds between two keys of a scanner, at most
const WHOLE = 100; // milliseconds for each ten characters of a whole code, at most
const SHORTEST = 4;
const waiting = []; // codes in the order of scanning; the next is sent when the last is answered
let busy = false;

/** Calls `take` with each code that a scanner types outside of text areas, fields that are made
 * for a code (`data-code`) and the scan field. */
function listen(field, take) {
  let keys = [];
  let timer = 0;

  const finish = () => {
    clearTimeout(timer);
    const typed = keys;
    keys = [];
    if (typed.length < SHORTEST) return false;
    const took = typed.at(-1).at - typed[0].at;
    if (took > WHOLE * Math.max(1, typed.length / 10)) return false;
    const { input, value } = typed[0];
    if (input) input.value = value; // the keys were a scan, not typing: put back what stood there
    take(typed.map((key) => key.text).join(""));
    return true;
  };

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (event.target === field) return;
      if (event.target.closest?.("textarea, [contenteditable], [data-code]")) return;
      const now = event.timeStamp; // when the key was struck, however late a busy page hears of it
      if (keys.length && now - keys.at(-1).at > GAP) keys = [];
      if (event.key === "Enter" || event.key === "Tab") {
        if (finish()) {
          event.preventDefault();
          event.stopPropagation();
        }
        return;
      }
      if (event.key.length !== 1) return;
      const input = event.target.matches?.("input:not([type=checkbox], [type=radio])")
        ? event.target
        : null;
      keys.push({ text: event.key, at: now, input, value: input?.value });
      clearTimeout(timer);
      timer = setTimeout(finish, 120); // a scanner without a suffix
    },
    true,
  );
}

/** Sends the next waiting code (or pressed button) and shows the answer in place. */
async function next(field) {
  const page = document.querySelector("[data-scan-page]");
  const trouble = document.querySelector("[data-scan-trouble]");
  if (busy || waiting.length === 0) return;
  busy = true;
  const body = waiting.shift();
  page.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(field.form.action, {
      method: "POST",
      body,
      headers: { Accept: "text/html", "HX-Request": "true" },
    });
    const there = response.headers.get("HX-Redirect") ?? (response.redirected && response.url);
    if (there) {
      location.assign(there); // the page of what was found, or signing in again
      return;
    }
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = answer.querySelector("[data-scan-page]");
    if (!fresh) throw new Error(`status ${response.status}`);
    page.querySelector("[data-scan-modes]").replaceWith(fresh.querySelector("[data-scan-modes]"));
    page.querySelector("[data-scan-live]").innerHTML =
      fresh.querySelector("[data-scan-live]").innerHTML;
    page.querySelector("[data-scan-foot]").replaceWith(fresh.querySelector("[data-scan-foot]"));
    page.querySelector("[data-scan-list]").replaceWith(fresh.querySelector("[data-scan-list]"));
    announce();
  } catch {
    trouble.hidden = false;
    waiting.unshift(body);
    setTimeout(() => next(field), 3000);
    return;
  } finally {
    busy = false;
    page.removeAttribute("aria-busy");
  }
  trouble.hidden = true;
  field.focus();
  next(field);
}

export function attachScan() {
  const field = document.querySelector("[data-scan-field]");
  if (!field) return;
  const page = document.querySelector("[data-scan-page]");
  const send = (code) => {
    field.value = code;
    if (!page) {
      field.form.requestSubmit();
      return;
    }
    waiting.push(new FormData(field.form));
    field.value = "";
    next(field);
  };
  listen(field, send);
  if (!page) return;

  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) send(field.value);
  });
  page.addEventListener("submit", (event) => {
    event.preventDefault();
    waiting.push(new FormData(event.target, event.submitter));
    next(field);
  });
  page.addEventListener("change", (event) => {
    if (event.target.matches("[data-sound-switch]")) {
      localStorage.setItem("sound", event.target.checked ? "on" : "off");
    }
  });
  field.addEventListener("blur", () => lost(field));
  field.addEventListener("focus", () => lost(field));
  field.focus();
  announce();
}

/** Says loudly that the field has no focus (a scanner still works; typing would not). */
function lost(field) {
  document.querySelector("[data-scan-lost]").hidden = document.activeElement === field;
}

// Sound and vibration for the newest row; sounds can be switched off and stay off.
function announce() {
  const page = document.querySelector("[data-scan-page]");
  const result = page.querySelector("[data-scan-result]")?.dataset.scanResult;
  const quiet = localStorage.getItem("sound") === "off";
  page.querySelector("[data-sound-switch]").checked = !quiet;
  if (!result || !navigator.userActivation?.hasBeenActive) return;
  navigator.vibrate?.(result === "ok" ? 40 : [80, 60, 80]);
  if (!quiet) sound(result === "ok");
}

let audio;

function sound(ok) {
  audio ??= new AudioContext();
  const tone = audio.createOscillator();
  tone.frequency.value = ok ? 880 : 220;
  tone.connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + (ok ? 0.08 : 0.25));
}

/** Fields for codes: what stands there is replaced by a scan, whose Enter goes to the next one. */
export function attachCodes() {
  for (const field of document.querySelectorAll("[data-code]")) {
    field.addEventListener("focus", () => field.select());
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      const fields = [...field.form.querySelectorAll("[data-code]")];
      const next = fields[fields.indexOf(field) + 1];
      if (!next || !field.value) return;
      event.preventDefault();
      next.focus();
    });
    if (field.autofocus) field.select();
  }
}
