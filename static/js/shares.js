// Which awards pay: one more row at once, and the rest that no award pays while one types.

/** Whole cents of a dollar amount as it is typed; 0 for what is none. */
function cents(text) {
  const found = /^\s*(\d+)(?:\.(\d{1,2}))?\s*$/.exec(text);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : 0;
}

function costOf(form) {
  const line = form.elements.namedItem("line");
  if (!line) return form.dataset.cost;
  const chosen = line.selectedOptions[0]?.dataset ?? {};
  return form.elements.namedItem("rest_only")?.checked ? chosen.rest : chosen.cost;
}

function showRest(form) {
  const output = form.querySelector("[data-share-rest]");
  const known = costOf(form);
  if (known === undefined) {
    output.textContent = "–";
    return;
  }
  const cost = cents(known);
  let left = cost;
  let percents = 0; // together, as the server spreads them: two halves of a cent are one cent
  for (const row of form.querySelectorAll("[data-share-row]")) {
    const amount = row.querySelector("[data-share=amount]").value;
    const percent = Number(row.querySelector("[data-share=percent]").value) || 0;
    if (amount) left -= cents(amount);
    else percents += percent;
  }
  left -= Math.round((cost * percents) / 100);
  const dollars = (Math.abs(left) / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
  const part = cost ? ((left * 100) / cost).toFixed(2) : "0.00";
  output.textContent = `${left < 0 ? "-" : ""}${form.dataset.currency}${dollars} (${part}%)`;
}

function addRow(form) {
  const rows = form.querySelectorAll("[data-share-row]");
  const last = rows[rows.length - 1];
  const row = last.cloneNode(true);
  const number = rows.length + 1;
  for (const node of row.querySelectorAll("[id], [for], [name]")) {
    for (const key of ["id", "for", "name"]) {
      const value = node.getAttribute(key);
      if (value) node.setAttribute(key, value.replace(/_\d+(?=$|_)/, `_${number}`));
    }
  }
  for (const field of row.querySelectorAll("[data-share]")) field.value = "";
  for (const error of row.querySelectorAll(".invalid-feedback")) error.remove();
  row.querySelector("[data-share-number]").textContent = number;
  last.after(row);
  row.querySelector("[data-share=award]").focus();
}

export function attachShares() {
  for (const form of document.querySelectorAll("[data-shares]")) {
    form.addEventListener("input", () => showRest(form));
    form.querySelector("[data-share-more]").addEventListener("click", (event) => {
      event.preventDefault();
      addRow(form);
      showRest(form);
    });
    showRest(form);
  }
}
