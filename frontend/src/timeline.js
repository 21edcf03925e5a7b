// A small line of time: possible days light, certain days dark, open ends fading out behind an arrow.
const NS = "http://www.w3.org/2000/svg";
const WIDTH = 340;
const HEIGHT = 34;
const BAR = { y: 4, height: 10 };
const DAY = 86400000;
const YEAR = 365.25 * DAY;
const STEPS = [
  [DAY, 1, "day"],
  [7 * DAY, 7, "day"],
  [YEAR / 12, 1, "month"],
  [YEAR / 4, 3, "month"],
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((years) => [years * YEAR, years, "year"]),
];
const LABELS = {
  day: new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }),
  month: new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" }),
  year: new Intl.DateTimeFormat("en-GB", { year: "numeric", timeZone: "UTC" }),
};
let count = 0;

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const instant = (text) => (text ? Date.parse(`${text}T00:00:00Z`) : null);
const utc = (year, month, day) => new Date(0).setUTCFullYear(year, month, day);

/** The days as `[from, to)` instants; `null` at an open end. */
function span([first, last]) {
  return [instant(first), last ? instant(last) + DAY : null];
}

function domain(from, to) {
  const known = [from, to].filter((end) => end !== null);
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
    year: (n) => utc(Math.floor(first.getUTCFullYear() / step) * step + n * step, 0, 1),
  }[unit];
  const found = [];
  for (let n = 0; at(n) < end; n += 1) if (at(n) >= start) found.push([at(n), LABELS[unit].format(at(n))]);
  return found;
}

/** An SVG of the `possible` and `certain` days, each `[first, last]` as ISO days with null for open; `words` tell the same. */
export function timeline(possible, certain, words) {
  const [from, to] = span(possible);
  const [start, end] = domain(from, to);
  const x = (time) => ((time - start) / (end - start)) * WIDTH;
  const picture = svg("svg", {
    class: "border-edtf__line",
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    width: WIDTH,
    height: HEIGHT,
    role: "img",
    "aria-label": words,
  });

  const fade = `border-edtf-fade-${++count}`;
  const stops = [
    [0, from === null ? 0 : 1],
    [0.3, 1],
    [0.7, 1],
    [1, to === null ? 0 : 1],
  ].map(([offset, white]) => svg("stop", { offset, "stop-color": "#fff", "stop-opacity": white }));
  picture.append(
    svg(
      "defs",
      {},
      svg("linearGradient", { id: `${fade}-g`, gradientUnits: "userSpaceOnUse", x1: 0, x2: WIDTH }, ...stops),
      svg("mask", { id: fade }, svg("rect", { width: WIDTH, height: HEIGHT, fill: `url(#${fade}-g)` })),
    ),
    svg("line", { class: "is-axis", x1: 0, x2: WIDTH, y1: 19.5, y2: 19.5 }),
  );
  let told = null; // the year that the labels have said last: days leave it out
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
  const bar = (ends, className) => {
    const left = ends[0] === null ? 0 : x(ends[0]);
    const right = ends[1] === null ? WIDTH : x(ends[1]);
    bars.append(svg("rect", { class: className, x: left, width: Math.max(right - left, 3), rx: 2, ...BAR }));
  };
  bar([from, to], "is-possible");
  if (certain) bar(span(certain), "is-certain");
  picture.append(bars);
  const middle = BAR.y + BAR.height / 2;
  const arrow = (tip, back) =>
    picture.append(svg("path", { class: "is-open", d: `M${back} ${middle - 4}L${tip} ${middle}L${back} ${middle + 4}` }));
  if (from === null) arrow(2, 8);
  if (to === null) arrow(WIDTH - 2, WIDTH - 8);
  return picture;
}
