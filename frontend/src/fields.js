// Where the cursor is and where it goes: fields, and the look-ups that take the place of some of them.
const $ = (...args) => window.django.jQuery(...args); // which is there once the page is

/** The element of a field that takes the cursor: of a look-up, the box that stands for it. */
export function handle(field) {
  if (!field.classList.contains("select2-hidden-accessible")) return field;
  const box = field.nextElementSibling;
  return (box && box.querySelector(".select2-selection")) || field;
}

/** The field of a row or form by the last part of its name. */
export const named = (root, name) => root.querySelector(`[name$="-${name}"]`);

const seen = (element) => element.getClientRects().length > 0;

/** Puts the cursor into a field, and brings it into view. */
export function focus(field) {
  const target = handle(field);
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}

/** The field after `field` in reading order, among those that can be seen and written in. */
export function next(field) {
  const fields = [...field.form.elements].filter(
    (one) => one === field || (one.matches("input:not([type=hidden]), select, textarea") && !one.disabled && seen(handle(one))),
  );
  return fields[fields.indexOf(field) + 1] || null;
}

/** Sets a field and says so to whoever listens. */
export function set(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Chooses a record in a look-up that may not have been asked for it yet. */
export function choose(field, key, label) {
  if (![...field.options].some((option) => option.value === key)) field.append(new Option(label, key));
  field.value = key;
  $(field).trigger("change");
}
