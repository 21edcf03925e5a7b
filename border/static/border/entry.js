/* Built from frontend/src by `make vendor`; edit the sources, not this file. */
(() => {
  // src/enhance.js
  function make(tag, className, attributes = {}, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  // src/fields.js
  var $ = (...args) => window.django.jQuery(...args);
  function handle(field) {
    if (!field.classList.contains("select2-hidden-accessible")) return field;
    const box = field.nextElementSibling;
    return box && box.querySelector(".select2-selection") || field;
  }
  var named = (root, name) => root.querySelector(`[name$="-${name}"]`);
  var seen = (element) => element.getClientRects().length > 0;
  function focus(field) {
    const target = handle(field);
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }
  function next(field) {
    const fields = [...field.form.elements].filter(
      (one) => one === field || one.matches("input:not([type=hidden]), select, textarea") && !one.disabled && seen(handle(one))
    );
    return fields[fields.indexOf(field) + 1] || null;
  }
  function set(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function choose(field, key, label) {
    if (![...field.options].some((option) => option.value === key)) field.append(new Option(label, key));
    field.value = key;
    $(field).trigger("change");
  }

  // src/panes.js
  var PANE = "[x-show^=activeTab]";
  var tabs = () => [...document.querySelectorAll("#tabs-items > a, #tabs-dropdown > a")];
  function reveal(element) {
    const pane = element.closest(PANE);
    if (!pane) return;
    const shown = pane.getAttribute("x-show");
    const tab = tabs().find((one) => shown.includes(`'${one.hash.slice(1)}'`));
    if (!tab) return;
    tab.click();
    for (const one of document.querySelectorAll(PANE)) {
      if (one.getAttribute("x-show") === shown) one.style.removeProperty("display");
      else one.style.setProperty("display", "none");
    }
  }

  // src/awaited.js
  var $2 = (...args) => window.django.jQuery(...args);
  var awaited = /* @__PURE__ */ new Map();
  var held = /* @__PURE__ */ new WeakSet();
  var told = make("p", "sr-only", { role: "status" });
  var unanswered = (field) => awaited.get(field)?.term;
  function forget(field) {
    awaited.get(field)?.note.remove();
    awaited.delete(field);
  }
  async function look({ dataset, value }, term) {
    const asked = new URLSearchParams({
      term,
      app_label: dataset.appLabel,
      model_name: dataset.modelName,
      field_name: dataset.fieldName
    });
    const answer2 = await fetch(`${dataset["ajax-Url"]}?${asked}`, { credentials: "same-origin" });
    const { results } = await answer2.json();
    return results.find((one) => one.id === value) || results[0];
  }
  async function answer(field, one) {
    let record = null;
    let problem = `Nothing answers \u201C${one.term}\u201D.`;
    try {
      record = await look(field, one.term);
    } catch {
      problem = `\u201C${one.term}\u201D could not be looked up.`;
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
  function leave(field, term) {
    forget(field);
    const note = make("p", "border-awaited border-quiet", {}, "Looking up ", make("bdi", "", { dir: "auto" }, term), " \u2026");
    (field.closest(".related-widget-wrapper") || handle(field).closest(".select2")).after(note);
    const one = { term, note };
    awaited.set(field, one);
    one.answered = answer(field, one);
  }
  function correct(field) {
    const term = unanswered(field);
    reveal(field);
    focus(field);
    $2(field).select2("open");
    const box = document.querySelector(".select2-container--open .select2-search__field");
    box.value = term;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  async function send(event) {
    const { target: form, submitter } = event;
    const open2 = () => [...awaited].filter(([field]) => field.isConnected && field.form === form);
    if (!open2().length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (held.has(form)) return;
    held.add(form);
    await Promise.all(open2().map(([, one]) => one.answered));
    held.delete(form);
    const [failed] = open2();
    if (failed) correct(failed[0]);
    else form.requestSubmit(submitter);
  }
  function expectAnswers() {
    document.body.append(told);
    document.addEventListener("submit", send, true);
    $2(document).on("select2:open change", (event) => forget(event.target));
  }

  // src/lookups.js
  var $3 = (...args) => window.django.jQuery(...args);
  var open = null;
  var typed = () => {
    const box = document.querySelector(".select2-container--open .select2-search__field");
    return box ? box.value.trim() : "";
  };
  function opened(event) {
    const field = event.target;
    const here = { field, select: $3(field).data("select2"), answered: null };
    open = here;
    if (!here.select.heard) {
      here.select.heard = true;
      here.select.on("results:all", ({ query }) => {
        if (open && open.field === field) open.answered = (query && query.term || "").trim();
      });
    }
    const box = document.querySelector(".select2-container--open .select2-search__field");
    if (!box) return;
    box.dir = "auto";
    if (document.activeElement !== box) box.focus();
  }
  function settle(then) {
    const here = open;
    if (!here) return then();
    const term = typed();
    const late = term && here.answered !== term;
    if (term && !late) {
      if (!document.querySelector(".select2-container--open .select2-results__option--highlighted")) return;
      here.select.trigger("results:select", {});
    }
    if (open === here) here.select.close();
    if (late) leave(here.field, term);
    then(here.field);
  }
  var plain = (event) => !event.ctrlKey && !event.altKey && !event.metaKey;
  function lookedUp(target) {
    if (open) return open.field;
    const box = target.closest(".select2-container");
    return box && box.previousElementSibling && box.previousElementSibling.matches("select") ? box.previousElementSibling : null;
  }
  var writes = (event) => plain(event) && event.key !== " " && (event.key.length === 1 || event.key === "Process");
  function pressed(event) {
    if (event.target.matches(".select2-selection") && writes(event)) {
      const field = lookedUp(event.target);
      if (field) $3(field).select2("open");
      return;
    }
    if (!open || !event.target.matches(".select2-search__field") || !plain(event) || event.isComposing) return;
    if (event.key === "Tab" && !event.shiftKey && typed()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      settle((field) => {
        const after = next(field);
        if (after) focus(after);
      });
    } else if (event.key === "Enter" && typed() && open.answered !== typed()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      settle(() => {
      });
    }
  }
  function makeOnce() {
    const jQuery = window.django.jQuery;
    const plainly = jQuery.fn.djangoAdminSelect2;
    if (!plainly) return;
    jQuery.fn.select2.defaults.set("width", "100%");
    jQuery.fn.djangoAdminSelect2 = function() {
      plainly.call(this.not(".select2-hidden-accessible"));
      return this;
    };
    $3(".admin-autocomplete").not("[name*=__prefix__]").djangoAdminSelect2();
  }
  function quicken() {
    makeOnce();
    expectAnswers();
    $3(document).on("select2:open", opened);
    $3(document).on("select2:close", () => {
      open = null;
    });
    document.addEventListener("keydown", pressed, true);
  }

  // src/similar.js
  var $4 = (...args) => window.django.jQuery(...args);
  var WAIT = 400;
  var FIELDS = ["date", "title", "kind", "territory", "longitude", "latitude"];
  function question(form, panel) {
    const asked = new URLSearchParams();
    for (const name of FIELDS) {
      const value = form.elements[name] && form.elements[name].value.trim();
      if (value) asked.set(name, value);
    }
    for (const actor of form.querySelectorAll('select[name^="participations-"][name$="-actor"]')) {
      if (actor.value) asked.append("actor", actor.value);
    }
    if (panel.dataset.exclude) asked.set("exclude", panel.dataset.exclude);
    return asked.has("date") ? asked : null;
  }
  function told2(event) {
    const link = make("a", "", { href: event.address, target: "_blank" }, make("bdi", "", { dir: "auto" }, event.label));
    return make("li", "", {}, link, " ", make("span", "border-similar__why", {}, event.reasons.join(" ")));
  }
  function watch(panel) {
    const form = panel.closest("form");
    const seen2 = make("input", "", { type: "hidden", name: "similar_told" });
    form.append(seen2);
    let timer;
    let last = "";
    let request = null;
    const show = (events) => {
      const keys = events.map((event) => event.pk).join(" ");
      if (keys === (panel.dataset.shown || "")) return;
      panel.dataset.shown = keys;
      seen2.value = [...new Set(`${seen2.value} ${keys}`.split(" ").filter(Boolean))].join(" ");
      if (!events.length) return panel.replaceChildren();
      const count = events.length === 1 ? "An event that is here may be this one" : `${events.length} events that are here may be this one`;
      panel.replaceChildren(
        make("details", "", { open: "" }, make("summary", "", {}, count), make("ul", "", {}, ...events.map(told2)))
      );
    };
    const ask = async () => {
      const asked = question(form, panel);
      if (String(asked) === last) return;
      last = String(asked);
      if (request) request.abort();
      if (!asked) return show([]);
      request = new AbortController();
      try {
        const answer2 = await fetch(`${panel.dataset.similar}?${asked}`, {
          headers: { Accept: "application/json" },
          credentials: "same-origin",
          signal: request.signal
        });
        if (answer2.ok) show((await answer2.json()).events);
      } catch (error) {
        if (error.name !== "AbortError") last = "";
      }
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    };
    $4(form).on("input change", later);
    $4(document).on("formset:removed", later);
    document.addEventListener("formset:removed", later);
  }

  // src/entry.js
  var find = (selector) => document.querySelector(selector);
  var letter = (event) => /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : /^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : "";
  function turn(step) {
    const all = tabs();
    if (!all.length) return;
    const at = all.findIndex((tab2) => tab2.classList.contains("active"));
    const tab = all[(at + step + all.length) % all.length];
    tab.click();
    tab.focus();
  }
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
  function above(row, prefix, name) {
    const stays = (field) => !field.form.elements[field.name.replace(name, "DELETE")]?.checked;
    const group = document.getElementById(`${prefix}-group`);
    const fields = [...group.querySelectorAll(`[name^="${prefix}-"][name$="-${name}"]`)];
    return fields.filter((one) => !row.contains(one) && (one.value || unanswered(one)) && stays(one)).pop();
  }
  function repeat(field, other) {
    if (unanswered(other)) leave(field, unanswered(other));
    else choose(field, other.value, other.selectedOptions[0].text);
  }
  function addRow(button) {
    const { row: prefix, focus: first, chosen, source, same, beside } = button.dataset;
    const row = newRow(prefix);
    if (!row) return;
    for (const [name, value] of Object.entries(JSON.parse(chosen || "{}"))) set(named(row, name), value);
    const held2 = find("[data-at-hand]");
    const cited = held2 && source && named(row, source);
    if (cited) choose(cited, held2.dataset.atHand, held2.dataset.label);
    const before = same && above(row, prefix, same);
    if (before) repeat(named(row, same), before);
    focus(named(row, (cited || before) && beside || first));
  }
  async function putAway(event) {
    event.preventDefault();
    const form = document.getElementById("border-at-hand");
    const sent = new FormData(form);
    sent.set("source", "");
    const answer2 = await fetch(form.action, {
      method: "POST",
      body: sent,
      headers: { Accept: "application/json" },
      credentials: "same-origin"
    });
    if (!answer2.ok) return;
    const line = find("[data-at-hand]");
    line.replaceChildren((await answer2.json()).said);
    line.removeAttribute("data-at-hand");
    line.setAttribute("role", "status");
  }
  function press(name) {
    const button = find(`[type=submit][name="${name}"]`);
    if (button) settle(() => button.click());
    return Boolean(button);
  }
  function make2(target) {
    const field = lookedUp(target);
    const link = field && document.getElementById(`add_${field.id}`);
    if (link) link.click();
    return Boolean(link);
  }
  function pressed2(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey) {
      return press(event.target.matches("[data-paste]") ? "_fill" : event.shiftKey ? "_again" : "_save");
    }
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.getModifierState("AltGraph")) return false;
    if (event.key === "PageDown" || event.key === "PageUp") {
      settle(() => turn(event.key === "PageDown" ? 1 : -1));
      return true;
    }
    const key = letter(event);
    if (key === "a") return make2(event.target);
    const button = key && (key === "k" ? find("[data-show-keys]") : find(`[data-row][data-letter="${key}"]`));
    if (button) settle(() => button.click());
    return Boolean(button);
  }
  function start() {
    if (!window.django) return;
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
        if (pressed2(event)) {
          event.preventDefault();
          event.stopImmediatePropagation();
        }
      },
      true
    );
    const away = find("[data-put-away]");
    if (away) away.addEventListener("click", putAway);
    for (const panel of document.querySelectorAll("[data-similar]")) watch(panel);
    const first = find("form [autofocus]");
    if (first && document.activeElement === document.body) focus(first);
  }
  document.addEventListener("DOMContentLoaded", start);
})();
