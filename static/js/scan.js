// Codes from a scanner and from the scan field: on the scan page in their order, one after another.
import { listen } from "./burst.js";
import { unsavedForm } from "./unsaved.js";

const waiting = []; // codes in the order of scanning; the next is sent when the last is answered
const scans = new WeakSet(); // those of them that came from the field, not from a button
let busy = false;

/** Sends the next waiting code (or pressed button) and shows the answer in place. */
async function next(field) {
  const page = document.querySelector("[data-scan-page]");
  const trouble = document.querySelector("[data-scan-trouble]");
  if (busy || waiting.length === 0) return;
  busy = true;
  const body = waiting.shift();
  // It follows the scan before it, whose answer stands on the page by now.
  if (scans.has(body)) body.set("desk", page.querySelector("[data-scan-foot]").dataset.desk);
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
    refused("");
    field.value = code;
    if (!page) {
      field.form.requestSubmit();
      return;
    }
    const body = new FormData(field.form);
    scans.add(body);
    waiting.push(body);
    field.value = "";
    next(field);
  };
  const isEndless = () => localStorage.getItem("scanner-end") === "none";
  const refuse = (why) => {
    refused(why);
    if (!page) return;
    // It may have been the next person or room: what comes after must not go to the one before.
    const body = new FormData(field.form);
    body.delete("code");
    body.set("half", "1");
    waiting.push(body);
    next(field);
  };
  listen({ take: send, fill, refuse, isEndless });
  if (!page) {
    keepUnsaved(field);
    return;
  }

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
    if (event.target.matches("[data-endless-switch]")) {
      localStorage.setItem("scanner-end", event.target.checked ? "none" : "enter");
    }
  });
  field.addEventListener("blur", () => lost(field));
  field.addEventListener("focus", () => lost(field));
  field.focus();
  announce();
}

/** Puts a whole code into a field that is made for one; its form knows that it was scanned. */
function fill(input, code) {
  refused("");
  input.value = code;
  const scanned = input.form?.elements.namedItem("scanned");
  if (scanned) scanned.value = "1";
}

/** Refuses aloud what came as a scan and was not taken ("": takes the refusal away). */
function refused(why) {
  const box = document.querySelector("[data-scan-refused]");
  for (const part of box.querySelectorAll("[data-why]")) part.hidden = part.dataset.why !== why;
  box.hidden = !why;
  if (why) signal(false);
}

/** Asks before a scan leaves a form that somebody changed. */
function keepUnsaved(field) {
  let anyway = false;
  field.form.addEventListener("submit", (event) => {
    const form = anyway ? null : unsavedForm(field.form);
    if (!form) return;
    event.preventDefault();
    refused("unsaved");
  });
  document.querySelector("[data-scan-anyway]").addEventListener("click", () => {
    anyway = true;
    field.form.requestSubmit();
    anyway = false;
  });
}

/** Says loudly that the field has no focus (a scanner still works; typing would not). */
function lost(field) {
  document.querySelector("[data-scan-lost]").hidden = document.activeElement === field;
}

// Sound and vibration for the newest row; sounds can be switched off and stay off.
function announce() {
  const page = document.querySelector("[data-scan-page]");
  const result = page.querySelector("[data-scan-result]")?.dataset.scanResult;
  page.querySelector("[data-sound-switch]").checked = localStorage.getItem("sound") !== "off";
  page.querySelector("[data-endless-switch]").checked =
    localStorage.getItem("scanner-end") === "none";
  if (result) signal(result === "ok");
}

function signal(ok) {
  if (!navigator.userActivation?.hasBeenActive) return;
  navigator.vibrate?.(ok ? 40 : [80, 60, 80]);
  if (localStorage.getItem("sound") !== "off") sound(ok);
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
