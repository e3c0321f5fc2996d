// A USB scanner is a keyboard that types fast and ends with Enter or Tab. Told from typing by the
// time between two keys, as the machine struck them: a busy page that hears late makes no gap.
const GAP = 50; // milliseconds between two keys of a scanner, at most
const PAUSE = 500; // milliseconds after which keys have nothing to do with those before
const WHOLE = 100; // milliseconds for each ten characters of a code that has no end key, at most
const SHORTEST = 4; // characters of a code that has no end key
const PROMPT = 3; // characters of a code whose end key comes as fast, as the numbers of rooms have
const LEAVING = 3000; // milliseconds that a page may take to go, once its form is sent
const NOT_TYPED = ["Shift", "CapsLock", "AltGraph", "Dead", "Process", "Unidentified"];

/** The keys in runs, in each of which none is more than GAP after the one before. */
function runsOf(keys) {
  const runs = [];
  for (const key of keys) {
    if (runs.length && key.at - runs.at(-1).at(-1).at <= GAP) runs.at(-1).push(key);
    else runs.push([key]);
  }
  return runs;
}

/** Whether no hand types these: at least a code's length, at a scanner's speed. */
function isBurst(run) {
  const took = run.at(-1).at - run[0].at;
  return run.length >= SHORTEST && took <= WHOLE * Math.max(1, run.length / 10);
}

/** What stood before an end key: a "whole" code, a "broken" one, or what a person "typed".
 * `ready` is when the page began to listen: what came before is lost. */
export function judge(keys, end, { ready, endless, entered }) {
  if (keys.length === 0) return entered && end - ready <= GAP ? "broken" : "typed";
  const runs = runsOf(keys);
  const last = runs.at(-1);
  const prompt = end - last.at(-1).at <= GAP; // the end came as fast as the keys
  if (prompt && keys[0].at - ready <= GAP) return "broken";
  if (prompt && last.length >= PROMPT) return runs.length === 1 ? "whole" : "broken";
  if (prompt && runs.some((run) => run.length >= PROMPT)) return "broken";
  if (!prompt && isBurst(last)) return endless && runs.length === 1 ? "whole" : "broken";
  const nowhere = entered && keys.length > 1 && !keys.at(-1).input;
  return nowhere ? "broken" : "typed"; // nobody types letters to a button and presses it at once
}

/** What keys without an end were: as `judge`, or "endless" where only the end is missing. */
function judgePause(keys, { ready, endless }) {
  const runs = runsOf(keys);
  if (!isBurst(runs.at(-1))) return endless && isBurst(runs[0]) ? "broken" : "typed";
  if (runs.length > 1 || keys[0].at - ready <= GAP) return "broken";
  return endless ? "whole" : "endless";
}

/** Puts back what stood in the fields before a scanner typed there. A single key before it stays
 * where a person may have typed it, but not in a field that is made for codes. */
function putBack(keys) {
  const runs = runsOf(keys);
  const first = runs.findIndex((run) => run.length > 1);
  const before = new Map();
  for (const [number, run] of runs.entries()) {
    for (const { input, value } of run) {
      const scanners = number >= first || input?.matches("[data-code], [data-scan-field]");
      if (input && scanners && !before.has(input)) before.set(input, value);
    }
  }
  for (const [input, value] of before) {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Hears scans everywhere but in text areas. `take(code)` gets each whole code, `refuse(why)` is
 * told of each that is not; `fill(input, code)` gets codes for fields that are made for one. */
export function listen({ take, fill, refuse, isEndless }) {
  let keys = [];
  let timer = 0;
  let ready = performance.now();
  let left = Number.NEGATIVE_INFINITY;

  const settings = () => ({ ready, endless: isEndless() });
  const forget = () => {
    clearTimeout(timer);
    keys = [];
  };

  const paused = () => {
    if (navigator.scheduling?.isInputPending?.()) {
      timer = setTimeout(paused, GAP); // struck already, and not heard yet
      return;
    }
    // The keys are kept: what is heard late may still belong to them.
    if (keys.length === 0 || keys.at(-1).input?.matches("[data-code]")) return;
    const verdict = judgePause(keys, settings());
    if (verdict === "whole") {
      putBack(keys);
      take(textOf(keys));
      forget();
    } else if (verdict !== "typed") refuse(verdict);
  };

  const ended = (event) => {
    const heard = keys;
    forget();
    const entered = event.key === "Enter";
    let verdict = judge(heard, event.timeStamp, { ...settings(), entered });
    if (verdict === "typed") return;
    if (event.timeStamp - left < LEAVING) verdict = "broken";
    const { input } = heard[0] ?? {};
    if (verdict === "whole" && input?.matches("[data-code]")) {
      fill(input, textOf(heard));
      return; // its end key goes on to the next field
    }
    event.preventDefault();
    event.stopPropagation();
    putBack(heard);
    if (verdict === "whole") take(textOf(heard));
    else refuse(verdict);
  };

  const hear = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.repeat || event.target.closest?.("textarea, [contenteditable]")) return forget();
    const at = event.timeStamp;
    if (keys.length && at - keys.at(-1).at > PAUSE) keys = [];
    if (event.key === "Enter" || event.key === "Tab") return ended(event);
    if (NOT_TYPED.includes(event.key)) return;
    if (event.key.length !== 1) return forget(); // a hand moves and deletes
    const takes = event.target.matches?.("input:not([type=checkbox], [type=radio]), select");
    const input = takes ? event.target : null;
    keys.push({ text: event.key, at, input, value: input?.value });
    clearTimeout(timer);
    timer = setTimeout(paused, PAUSE);
  };

  document.addEventListener("keydown", hear, true);
  addEventListener("submit", (event) => {
    if (!event.defaultPrevented) left = event.timeStamp;
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    forget();
    ready = event.timeStamp;
    left = Number.NEGATIVE_INFINITY;
  });
}

function textOf(keys) {
  return keys.map((key) => key.text).join("");
}
