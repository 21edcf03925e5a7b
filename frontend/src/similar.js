// While an event is typed: which events that are here already it may be.
import { make } from "./enhance.js";

const $ = (...args) => window.django.jQuery(...args); // which is there once the page is
const WAIT = 400;
const FIELDS = ["date", "title", "kind", "territory", "longitude", "latitude"];

/** What the form says so far, as a question; null while there is no date or nothing changed about it. */
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

function told(event) {
  const link = make("a", "", { href: event.address, target: "_blank" }, make("bdi", "", { dir: "auto" }, event.label));
  return make("li", "", {}, link, " ", make("span", "border-similar__why", {}, event.reasons.join(" ")));
}

/** Shows under `panel` what may be here already, and tells the server what was shown. */
export function watch(panel) {
  const form = panel.closest("form");
  const seen = make("input", "", { type: "hidden", name: "similar_told" });
  form.append(seen);
  let timer;
  let last = "";
  let request = null;

  const show = (events) => {
    const keys = events.map((event) => event.pk).join(" ");
    // Said once: the same answer again is no news.
    if (keys === (panel.dataset.shown || "")) return;
    panel.dataset.shown = keys;
    seen.value = [...new Set(`${seen.value} ${keys}`.split(" ").filter(Boolean))].join(" ");
    if (!events.length) return panel.replaceChildren();
    const count = events.length === 1 ? "An event that is here may be this one" : `${events.length} events that are here may be this one`;
    panel.replaceChildren(
      make("details", "", { open: "" }, make("summary", "", {}, count), make("ul", "", {}, ...events.map(told))),
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
      const answer = await fetch(`${panel.dataset.similar}?${asked}`, {
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        signal: request.signal,
      });
      if (answer.ok) show((await answer.json()).events);
    } catch (error) {
      if (error.name !== "AbortError") last = "";
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  };
  $(form).on("input change", later);
  $(document).on("formset:removed", later);
  document.addEventListener("formset:removed", later);
}
