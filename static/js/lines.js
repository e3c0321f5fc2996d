// Choosing what a thing was bought with sets what it is; what a hand wrote otherwise stays.
const NAMES = ["category", "make", "model"];

export function attachLines() {
  const line = document.querySelector("select[name=line]");
  const form = line?.form;
  if (!form || NAMES.some((name) => !form.elements.namedItem(name))) return;
  const fields = NAMES.map((name) => form.elements.namedItem(name));
  const offered = new Map(fields.map((field) => [field, field.value]));
  line.addEventListener("input", () => {
    const of = line.selectedOptions[0]?.dataset ?? {};
    if (of.category === undefined) return;
    if (fields.some((field) => field.value && field.value !== offered.get(field))) return;
    for (const field of fields) {
      field.value = of[field.name];
      offered.set(field, field.value);
    }
  });
}
