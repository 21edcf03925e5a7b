// Under each date field: how the text is understood, in words and on a line of time.
import { each, make } from "./enhance.js";
import { timeline } from "./timeline.js";

const WAIT = 250;
const answers = new Map();
let count = 0;

function ask(url, text) {
  const query = new URL(url, window.location.href);
  query.searchParams.set("text", text);
  const key = query.href;
  if (!answers.has(key)) {
    const answer = fetch(key, { headers: { Accept: "application/json" }, credentials: "same-origin" }).then(
      (response) => {
        if (!response.ok) throw new Error(`${url} answered ${response.status}`);
        return response.json();
      },
    );
    answer.catch(() => answers.delete(key));
    answers.set(key, answer);
  }
  return answers.get(key);
}

const format = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const day = (text, open) => (text ? format.format(new Date(`${text}T00:00:00Z`)) : open);
const ends = ([first, last]) =>
  first === last && first ? day(first) : `${day(first, "open")} – ${day(last, "open")}`;

function understood({ description, possible, certain }) {
  const parts = [make("p", "border-edtf__words", { dir: "auto" }, description)];
  if (possible) {
    const may = `possible ${ends(possible)}`;
    const must = certain ? `certain ${ends(certain)}` : "no day is certain";
    parts.push(timeline(possible, certain, `On a line of time: ${may}, light; ${must}${certain ? ", dark" : ""}.`));
    parts.push(
      make(
        "p",
        "border-edtf__key",
        {},
        make("span", "is-possible", { dir: "auto" }, may),
        certain ? make("span", "is-certain", { dir: "auto" }, must) : must,
      ),
    );
  }
  return parts;
}

function refused({ message, suggestion }, use) {
  const parts = [make("p", "border-edtf__wrong", { dir: "auto" }, message)];
  if (suggestion) {
    const button = make("button", "border-point__button", { type: "button" }, `Use ${suggestion}`);
    button.addEventListener("click", () => use(suggestion));
    parts.push(button);
  }
  return parts;
}

function help(input) {
  const id = `border-edtf-${++count}`;
  const box = make("div", "border-edtf", { id, "aria-live": "polite" });
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") || ""} ${id}`.trim());
  input.after(box);

  let timer;
  const use = (text) => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  };
  const explain = async () => {
    const text = input.value.trim();
    const current = () => input.value.trim() === text;
    if (!text) return box.replaceChildren();
    try {
      const answer = await ask(input.dataset.edtfUrl, text);
      if (current()) box.replaceChildren(...(answer.ok ? understood(answer) : refused(answer, use)));
    } catch {
      if (current()) {
        box.replaceChildren(make("p", "border-edtf__key", {}, "The site did not say how it reads this date."));
      }
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(explain, WAIT);
  });
  explain();
}

each("input[data-edtf][data-edtf-url]", help);
