// Quick ways through a form: keys that add rows and go between tabs, the source at hand, look-ups that open on typing.
import { leave, unanswered } from "./awaited.js";
import { choose, focus, named, set } from "./fields.js";
import { reveal, tabs } from "./panes.js";
import { lookedUp, quicken, settle } from "./lookups.js";
import { watch } from "./similar.js";

const find = (selector) => document.querySelector(selector);

/** The letter of a key press, whatever the layout: on an Arabic keyboard the key marked Q is Q too. */
const letter = (event) =>
  /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : /^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : "";

function turn(step) {
  const all = tabs();
  if (!all.length) return;
  const at = all.findIndex((tab) => tab.classList.contains("active"));
  const tab = all[(at + step + all.length) % all.length];
  tab.click();
  tab.focus();
}

/** Opens a new row of the inline `prefix`, in its tab; null where no more rows are taken. */
function newRow(prefix) {
  const group = document.getElementById(`${prefix}-group`);
  if (group) reveal(group);
  const link = group && group.querySelector("a.add-row, .add-row a");
  let row = null;
  const take = (event) => {
    row = event.target;
  };
  document.addEventListener("formset:added", take, { once: true });
  if (link) link.click();
  document.removeEventListener("formset:added", take);
  return row;
}

/** The field `name` of the row above `row`: of the last one in which it is filled and which is to stay. */
function above(row, prefix, name) {
  const stays = (field) => !field.form.elements[field.name.replace(name, "DELETE")]?.checked;
  const group = document.getElementById(`${prefix}-group`);
  const fields = [...group.querySelectorAll(`[name^="${prefix}-"][name$="-${name}"]`)];
  return fields.filter((one) => !row.contains(one) && (one.value || unanswered(one)) && stays(one)).pop();
}

/** Chooses in a look-up what is chosen in another, or what is still looked up there. */
function repeat(field, other) {
  if (unanswered(other)) leave(field, unanswered(other));
  else choose(field, other.value, other.selectedOptions[0].text);
}

function addRow(button) {
  const { row: prefix, focus: first, chosen, source, same, beside } = button.dataset;
  const row = newRow(prefix);
  if (!row) return;
  for (const [name, value] of Object.entries(JSON.parse(chosen || "{}"))) set(named(row, name), value);
  const held = find("[data-at-hand]");
  const cited = held && source && named(row, source);
  if (cited) choose(cited, held.dataset.atHand, held.dataset.label);
  const before = same && above(row, prefix, same);
  if (before) repeat(named(row, same), before);
  focus(named(row, ((cited || before) && beside) || first));
}

async function putAway(event) {
  event.preventDefault();
  const form = document.getElementById("border-at-hand");
  const sent = new FormData(form);
  sent.set("source", "");
  const answer = await fetch(form.action, {
    method: "POST",
    body: sent,
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  if (!answer.ok) return;
  const line = find("[data-at-hand]");
  line.replaceChildren((await answer.json()).said);
  line.removeAttribute("data-at-hand");
  line.setAttribute("role", "status");
}

function press(name) {
  const button = find(`[type=submit][name="${name}"]`);
  if (button) settle(() => button.click());
  return Boolean(button);
}

/** Opens the little window in which a record is made for the look-up that has the cursor. */
function make(target) {
  const field = lookedUp(target);
  const link = field && document.getElementById(`add_${field.id}`);
  if (link) link.click();
  return Boolean(link);
}

/** Whether a key press was one of ours. */
function pressed(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey) {
    return press(event.target.matches("[data-paste]") ? "_fill" : event.shiftKey ? "_again" : "_save");
  }
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.getModifierState("AltGraph")) return false;
  if (event.key === "PageDown" || event.key === "PageUp") {
    settle(() => turn(event.key === "PageDown" ? 1 : -1));
    return true;
  }
  const key = letter(event);
  if (key === "a") return make(event.target);
  const button = key && (key === "k" ? find("[data-show-keys]") : find(`[data-row][data-letter="${key}"]`));
  if (button) settle(() => button.click());
  return Boolean(button);
}

function start() {
  if (!window.django) return;
  // The skin does so when the last font and picture has come; what listens already is not added again.
  for (const link of document.querySelectorAll(".add-row")) link.addEventListener("click", window.addInlineTemplateHandler);
  quicken();
  const keys = find("[data-keys]");
  const dialog = find("[data-keys-dialog]");
  if (keys) {
    keys.hidden = false;
    for (const button of keys.querySelectorAll("[data-row]")) button.addEventListener("click", () => addRow(button));
    keys.querySelector("[data-show-keys]").addEventListener("click", () => dialog.showModal());
  }
  document.addEventListener(
    "keydown",
    (event) => {
      if (dialog && dialog.open) return;
      if (pressed(event)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true,
  );
  const away = find("[data-put-away]");
  if (away) away.addEventListener("click", putAway);
  for (const panel of document.querySelectorAll("[data-similar]")) watch(panel);
  // The form was hidden while it was read, so that the browser could not do it.
  const first = find("form [autofocus]");
  if (first && document.activeElement === document.body) focus(first);
}

// Fonts and pictures may come later.
document.addEventListener("DOMContentLoaded", start);
