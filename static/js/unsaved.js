// A scan shows what was scanned; a form that somebody changed does not go for it unasked.

function changed(field) {
  if (field.type === "file") return field.files.length > 0;
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("select")) {
    const chosen = [...field.options].some((option) => option.defaultSelected);
    if (!chosen && !field.multiple) return field.selectedIndex > 0;
    return [...field.options].some((option) => option.selected !== option.defaultSelected);
  }
  return field.matches("textarea, input:not([type=hidden])") && field.value !== field.defaultValue;
}

/** The form, other than `except`, that would lose what was typed in it, if there is one: changed
 * by hand, or refused by the server, which shows again what it did not keep. */
export function unsavedForm(except) {
  return [...document.forms].find(
    (form) =>
      form !== except &&
      form.method === "post" &&
      (form.querySelector(".invalid-feedback") || [...form.elements].some(changed)),
  );
}
