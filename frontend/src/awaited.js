// Look-ups that were left before they were answered: writing goes on, and the first answer to what was typed is taken when it comes.
import { make } from "./enhance.js";
import { choose, focus, handle } from "./fields.js";
import { reveal } from "./panes.js";

const $ = (...args) => window.django.jQuery(...args); // which is there once the page is
const awaited = new Map(); // a field: what was typed into it, the note under it, and when it is answered
const held = new WeakSet(); // the forms that wait to be sent
const told = make("p", "sr-only", { role: "status" });

/** What was typed into the look-up of `field` and is not answered yet, or never will be. */
export const unanswered = (field) => awaited.get(field)?.term;

/** Expects no answer to `field` any more. */
function forget(field) {
  awaited.get(field)?.note.remove();
  awaited.delete(field);
}

async function look({ dataset, value }, term) {
  const asked = new URLSearchParams({
    term,
    app_label: dataset.appLabel,
    model_name: dataset.modelName,
    field_name: dataset.fieldName,
  });
  const answer = await fetch(`${dataset["ajax-Url"]}?${asked}`, { credentials: "same-origin" });
  const { results } = await answer.json();
  // An open look-up marks the one that is chosen already, where it is among the answers; so does this one.
  return results.find((one) => one.id === value) || results[0];
}

async function answer(field, one) {
  let record = null;
  let problem = `Nothing answers “${one.term}”.`;
  try {
    record = await look(field, one.term);
  } catch {
    problem = `“${one.term}” could not be looked up.`;
  }
  if (awaited.get(field) !== one) return;
  if (record) {
    choose(field, record.id, record.text);
    told.textContent = `Chosen: ${record.text}`;
    return;
  }
  one.note.className = "border-awaited border-error";
  one.note.textContent = `${problem} Nothing was chosen.`;
  told.textContent = problem;
  if (document.activeElement === handle(field)) correct(field);
}

/** Leaves the look-up of `field` with what was typed into it. */
export function leave(field, term) {
  forget(field);
  const note = make("p", "border-awaited border-quiet", {}, "Looking up ", make("bdi", "", { dir: "auto" }, term), " …");
  (field.closest(".related-widget-wrapper") || handle(field).closest(".select2")).after(note);
  const one = { term, note };
  awaited.set(field, one);
  one.answered = answer(field, one);
}

/** Opens the look-up of `field` again with what was typed into it, to be corrected. */
function correct(field) {
  const term = unanswered(field);
  reveal(field);
  focus(field);
  $(field).select2("open");
  const box = document.querySelector(".select2-container--open .select2-search__field");
  box.value = term;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Sends a form when its look-ups are answered; where one is not, the cursor goes there instead. */
async function send(event) {
  const { target: form, submitter } = event;
  const open = () => [...awaited].filter(([field]) => field.isConnected && field.form === form);
  if (!open().length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (held.has(form)) return;
  held.add(form);
  await Promise.all(open().map(([, one]) => one.answered));
  held.delete(form);
  const [failed] = open();
  if (failed) correct(failed[0]);
  else form.requestSubmit(submitter);
}

/** Lets the look-ups of the page be left before they are answered. */
export function expectAnswers() {
  document.body.append(told);
  document.addEventListener("submit", send, true);
  // Whoever opens it again or gives it a value has said anew what is meant.
  $(document).on("select2:open change", (event) => forget(event.target));
}
