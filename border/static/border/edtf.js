/* Built from frontend/src by `make vendor`; edit the sources, not this file. */
(() => {
  // src/enhance.js
  function each(selector, enhance) {
    const seen = /* @__PURE__ */ new WeakSet();
    const sweep = (root) => {
      for (const element of root.querySelectorAll(selector)) {
        if (seen.has(element) || (element.name || "").includes("__prefix__")) continue;
        seen.add(element);
        enhance(element);
      }
    };
    const start = () => {
      sweep(document);
      document.addEventListener("formset:added", (event) => sweep(event.target));
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
  }
  function make(tag, className, attributes = {}, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  // src/timeline.js
  var NS = "http://www.w3.org/2000/svg";
  var WIDTH = 340;
  var HEIGHT = 34;
  var BAR = { y: 4, height: 10 };
  var DAY = 864e5;
  var YEAR = 365.25 * DAY;
  var STEPS = [
    [DAY, 1, "day"],
    [7 * DAY, 7, "day"],
    [YEAR / 12, 1, "month"],
    [YEAR / 4, 3, "month"],
    ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3].map((years) => [years * YEAR, years, "year"])
  ];
  var LABELS = {
    day: new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }),
    month: new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" }),
    year: new Intl.DateTimeFormat("en-GB", { year: "numeric", timeZone: "UTC" })
  };
  var count = 0;
  function svg(tag, attributes, ...children) {
    const element = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }
  var instant = (text) => text ? Date.parse(`${text}T00:00:00Z`) : null;
  var utc = (year, month, day2) => (/* @__PURE__ */ new Date(0)).setUTCFullYear(year, month, day2);
  function span([first, last]) {
    return [instant(first), last ? instant(last) + DAY : null];
  }
  function domain(from, to) {
    const known = [from, to].filter((end2) => end2 !== null);
    if (!known.length) return [utc(1960, 0, 1), utc(2030, 0, 1)];
    const length = known.length === 2 ? to - from : 4 * YEAR;
    const pad = Math.max(0.15 * length, DAY);
    const start = from === null ? to - length : from;
    const end = to === null ? from + length : to;
    return [start - (from === null ? 0 : pad), end + (to === null ? 0 : pad)];
  }
  function ticks(start, end) {
    const [, step, unit] = STEPS.find(([size]) => (end - start) / size <= 5) || STEPS[STEPS.length - 1];
    const first = new Date(start);
    const at = {
      day: (n) => utc(first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate() + n * step),
      month: (n) => utc(first.getUTCFullYear(), Math.floor(first.getUTCMonth() / step) * step + n * step, 1),
      year: (n) => utc(Math.floor(first.getUTCFullYear() / step) * step + n * step, 0, 1)
    }[unit];
    const found = [];
    for (let n = 0; at(n) < end; n += 1) if (at(n) >= start) found.push([at(n), LABELS[unit].format(at(n))]);
    return found;
  }
  function timeline(possible, certain, words) {
    const [from, to] = span(possible);
    const [start, end] = domain(from, to);
    const x = (time) => (time - start) / (end - start) * WIDTH;
    const picture = svg("svg", {
      class: "border-edtf__line",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      width: WIDTH,
      height: HEIGHT,
      role: "img",
      "aria-label": words
    });
    const fade = `border-edtf-fade-${++count}`;
    const stops = [
      [0, from === null ? 0 : 1],
      [0.3, 1],
      [0.7, 1],
      [1, to === null ? 0 : 1]
    ].map(([offset, white]) => svg("stop", { offset, "stop-color": "#fff", "stop-opacity": white }));
    picture.append(
      svg(
        "defs",
        {},
        svg("linearGradient", { id: `${fade}-g`, gradientUnits: "userSpaceOnUse", x1: 0, x2: WIDTH }, ...stops),
        svg("mask", { id: fade }, svg("rect", { width: WIDTH, height: HEIGHT, fill: `url(#${fade}-g)` }))
      ),
      svg("line", { class: "is-axis", x1: 0, x2: WIDTH, y1: 19.5, y2: 19.5 })
    );
    let told = null;
    for (const [time, text] of ticks(start, end)) {
      const at = x(time);
      picture.append(svg("line", { class: "is-axis", x1: at, x2: at, y1: 17, y2: 22 }));
      if (at <= 22 || at >= WIDTH - 26) continue;
      const year = `${new Date(time).getUTCFullYear()}`;
      const label = text.endsWith(year) || told === year ? text : `${text} ${year}`;
      told = year;
      picture.append(svg("text", { x: at, y: 32, "text-anchor": "middle" }, label));
    }
    const bars = svg("g", { mask: `url(#${fade})` });
    const bar = (ends2, className) => {
      const left = ends2[0] === null ? 0 : x(ends2[0]);
      const right = ends2[1] === null ? WIDTH : x(ends2[1]);
      bars.append(svg("rect", { class: className, x: left, width: Math.max(right - left, 3), rx: 2, ...BAR }));
    };
    bar([from, to], "is-possible");
    if (certain) bar(span(certain), "is-certain");
    picture.append(bars);
    const middle = BAR.y + BAR.height / 2;
    const arrow = (tip, back) => picture.append(svg("path", { class: "is-open", d: `M${back} ${middle - 4}L${tip} ${middle}L${back} ${middle + 4}` }));
    if (from === null) arrow(2, 8);
    if (to === null) arrow(WIDTH - 2, WIDTH - 8);
    return picture;
  }

  // src/edtf.js
  var WAIT = 250;
  var answers = /* @__PURE__ */ new Map();
  var count2 = 0;
  function ask(url, text) {
    const query = new URL(url, window.location.href);
    query.searchParams.set("text", text);
    const key = query.href;
    if (!answers.has(key)) {
      const answer = fetch(key, { headers: { Accept: "application/json" }, credentials: "same-origin" }).then(
        (response) => {
          if (!response.ok) throw new Error(`${url} answered ${response.status}`);
          return response.json();
        }
      );
      answer.catch(() => answers.delete(key));
      answers.set(key, answer);
    }
    return answers.get(key);
  }
  var format = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  var day = (text, open) => text ? format.format(/* @__PURE__ */ new Date(`${text}T00:00:00Z`)) : open;
  var ends = ([first, last]) => first === last && first ? day(first) : `${day(first, "open")} \u2013 ${day(last, "open")}`;
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
          certain ? make("span", "is-certain", { dir: "auto" }, must) : must
        )
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
    const id = `border-edtf-${++count2}`;
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
        if (current()) box.replaceChildren(...answer.ok ? understood(answer) : refused(answer, use));
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
})();
