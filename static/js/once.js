// A form that adds something is sent once, however often its button is pressed. The server records
// it once in any case (core/web/once.py); this way the first answer is the one that is seen.
const A_MOMENT = 5000;

export function attachOnce() {
  for (const key of document.querySelectorAll("input[name=once]")) {
    let last = Number.NEGATIVE_INFINITY;
    key.form.addEventListener("submit", (event) => {
      if (event.timeStamp - last < A_MOMENT) event.preventDefault();
      else last = event.timeStamp;
    });
    // Who comes back to the page with the browser's button means what they do there now.
    window.addEventListener("pageshow", () => {
      last = Number.NEGATIVE_INFINITY;
    });
  }
}
