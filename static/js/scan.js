// A USB scanner is a keyboard that types fast: its codes land in the scan field from anywhere.
const GAP = 35; // milliseconds between two keys of a scanner, at most
const SHORTEST = 4;

function typesHere(element) {
  return element?.closest?.("textarea, [contenteditable], input, select") !== null;
}

export function attachScan() {
  const field = document.querySelector("[data-scan-field]");
  if (!field) return;
  let keys = "";
  let last = 0;
  let timer = 0;

  const finish = () => {
    clearTimeout(timer);
    const code = keys;
    keys = "";
    if (code.length < SHORTEST) return false;
    field.value = code;
    field.form.requestSubmit();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target === field || typesHere(event.target)) return;
    const now = performance.now();
    if (now - last > GAP) keys = "";
    last = now;
    if (event.key === "Enter" || event.key === "Tab") {
      if (finish()) event.preventDefault();
      return;
    }
    if (event.key.length === 1) {
      keys += event.key;
      clearTimeout(timer);
      timer = setTimeout(finish, 120); // a scanner without a suffix
    }
  });

  if (document.querySelector("[data-scan-page]")) {
    field.focus();
    announce();
    document.addEventListener("htmx:afterSwap", () => {
      field.focus();
      announce();
    });
  }
}

// Sound and vibration for the newest row; sounds can be switched off and stay off.
function announce() {
  const page = document.querySelector("[data-scan-page]");
  const result = page?.querySelector("[data-scan-result]")?.dataset.scanResult;
  const toggle = page?.querySelector("[data-sound-switch]");
  if (toggle && !toggle.dataset.ready) {
    toggle.dataset.ready = "yes";
    toggle.checked = localStorage.getItem("sound") !== "off";
    toggle.addEventListener("change", () =>
      localStorage.setItem("sound", toggle.checked ? "on" : "off"),
    );
  }
  if (!result) return;
  navigator.vibrate?.(result === "ok" ? 40 : [80, 60, 80]);
  if (localStorage.getItem("sound") === "off" || !navigator.userActivation?.hasBeenActive) return;
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  tone.frequency.value = result === "ok" ? 880 : 220;
  tone.connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + (result === "ok" ? 0.08 : 0.25));
}
