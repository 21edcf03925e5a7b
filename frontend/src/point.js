// A point on the map beside the three number inputs that hold it. The inputs are the truth
// and the accessible way; the map shows what they say and can fill them in.
import { each, make } from "./enhance.js";
import { baseMap, HOME } from "./map.js";

const L = window.L;
const PRECISIONS = [100, 1000, 5000, 25000];
let count = 0;

const distance = (metres) => (metres < 1000 ? `${metres} m` : `${+(metres / 1000).toFixed(1)} km`);

function read(input, name, limit) {
  if (!input || input.value.trim() === "") return { empty: true };
  const value = Number(input.value);
  if (!Number.isFinite(value) || Math.abs(value) > limit) {
    return { problem: `${name} is a number of degrees from -${limit} to ${limit}.` };
  }
  return { value };
}

/** What the inputs say: a point with its uncertainty, no point, or what is wrong. */
function state({ longitude, latitude, uncertainty }) {
  const x = read(longitude, "Longitude", 180);
  const y = read(latitude, "Latitude", 90);
  if (x.empty && y.empty) return { text: "No point: the record is placed by its territory alone." };
  const problem = x.problem || y.problem;
  if (problem) return { problem };
  if (x.empty || y.empty) return { problem: `${x.empty ? "Longitude" : "Latitude"} is missing.` };

  const metres = uncertainty && uncertainty.value.trim() !== "" ? Number(uncertainty.value) : null;
  if (metres !== null && !(metres >= 0)) return { problem: "Uncertainty is a number of metres, 0 or more." };
  const place = `${Math.abs(y.value)}° ${y.value < 0 ? "S" : "N"}, ${Math.abs(x.value)}° ${x.value < 0 ? "W" : "E"}`;
  const text = metres === null ? `${place}. How exact is it?` : `${place}, within ${distance(metres)}.`;
  return { at: L.latLng(y.value, x.value), metres, text };
}

/** The number of decimals that one pixel of the map can vouch for. */
function decimals(zoom) {
  return Math.min(5, Math.max(2, Math.ceil(Math.log10((256 * 2 ** zoom) / 360))));
}

function show(map, pin, circle, now, move) {
  if (!now.at) {
    if (move === "closer") map.fitBounds(HOME, { animate: false });
    pin.remove();
    circle.remove();
    return;
  }
  pin.setLatLng(now.at).addTo(map);
  if (now.metres) circle.setLatLng(now.at).setRadius(now.metres).addTo(map);
  else circle.remove();
  const around = (share) => now.at.toBounds(Math.max(now.metres || 0, 2000) * share);
  const hidden = !map.getBounds().contains(around(2.2));
  if (move === "closer" || (move && hidden)) map.fitBounds(around(6), { maxZoom: 10, animate: false });
}

function layers(draggable) {
  const icon = L.divIcon({ className: "border-map__pin", iconSize: [18, 18] });
  return {
    pin: L.marker([0, 0], { icon, draggable, keyboard: false, interactive: draggable }),
    circle: L.circle([0, 0], { radius: 0, interactive: false, className: "border-map__uncertainty" }),
  };
}

/** Draws again when a closed tab or section opens: a map has no size while it is hidden. */
function keepSize(map, whenFirstSeen) {
  let seen = false;
  new ResizeObserver(([entry]) => {
    if (!entry.contentRect.width) return;
    map.invalidateSize({ pan: false });
    if (!seen) whenFirstSeen();
    seen = true;
  }).observe(map.getContainer());
}

/** Puts `element` under the row of the form that holds the last of the inputs. */
function place(element, inputs) {
  const last = inputs[inputs.length - 1];
  const cell = last.closest("td");
  const row = last.closest(".form-row");
  if (cell) cell.append(element);
  else if (row) row.after(element);
  else {
    let around = last.parentElement;
    while (!inputs.every((input) => around.contains(input))) around = around.parentElement;
    [...around.children].find((child) => child.contains(last)).after(element);
  }
}

function picker(longitude) {
  const { pointLatitude, pointUncertainty, pointBase } = longitude.dataset;
  const prefix = longitude.name.slice(0, longitude.name.lastIndexOf("-") + 1);
  const sibling = (name) => longitude.form.querySelector(`[name="${CSS.escape(prefix + name)}"]`);
  const inputs = { longitude, latitude: sibling(pointLatitude), uncertainty: sibling(pointUncertainty) };
  const present = Object.values(inputs).filter(Boolean);
  if (!inputs.latitude) return;

  const hint = `border-point-hint-${++count}`;
  const canvas = make("div", "border-map", { role: "group", dir: "ltr", "aria-describedby": hint });
  canvas.setAttribute(
    "aria-label",
    "Map of the point. The longitude, latitude and uncertainty fields above do the same.",
  );
  const status = make("p", "border-point__status", { role: "status", "aria-live": "polite", dir: "auto" });
  const clear = make("button", "border-point__button", { type: "button" }, "No point");
  const find = make("button", "border-point__button", { type: "button" }, "Centre");
  const precisions = PRECISIONS.map((metres) =>
    make("button", "border-point__button", { type: "button", dir: "ltr", "data-metres": metres }, distance(metres)),
  );
  const bar = make("div", "border-point__bar", {}, status);
  if (inputs.uncertainty) {
    bar.append(make("div", "border-point__group", { role: "group", "aria-label": "Uncertainty" }, "±", ...precisions));
  }
  bar.append(make("div", "border-point__group", {}, find, clear));
  const help = make(
    "p",
    "border-point__hint",
    { id: hint, dir: "auto" },
    "Click to set the point, or drag it. By keyboard: arrows move the map, + and - zoom, Enter sets the point at the cross.",
  );
  place(make("div", "border-point", {}, canvas, bar, help), present);

  const map = baseMap(canvas, pointBase, () => {
    help.textContent = "The outlines could not be loaded; the fields work without them.";
  });
  const { pin, circle } = layers(true);
  let writing = false;

  const refresh = (move) => {
    const now = state(inputs);
    status.textContent = now.problem || now.text;
    status.classList.toggle("is-problem", Boolean(now.problem));
    clear.disabled = present.every((input) => input.value === "");
    find.disabled = !now.at;
    for (const button of precisions) {
      button.disabled = !now.at;
      button.setAttribute("aria-pressed", String(Number(button.dataset.metres) === now.metres));
    }
    show(map, pin, circle, now, move);
  };
  const write = (values) => {
    writing = true;
    for (const [input, value] of values) {
      input.value = value;
      for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
    }
    writing = false;
    refresh(false);
  };
  const set = (at) => {
    const { lat, lng } = at.wrap();
    const digits = decimals(map.getZoom());
    write([
      [inputs.longitude, lng.toFixed(digits)],
      [inputs.latitude, lat.toFixed(digits)],
    ]);
  };

  for (const input of present) input.addEventListener("input", () => writing || refresh(true));
  longitude.form.addEventListener("reset", () => setTimeout(() => refresh(true)));
  map.on("click", (event) => set(event.latlng));
  pin.on("dragend", () => set(pin.getLatLng()));
  canvas.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== canvas) return;
    event.preventDefault();
    set(map.getCenter());
  });
  clear.addEventListener("click", () => write(present.map((input) => [input, ""])));
  find.addEventListener("click", () => show(map, pin, circle, state(inputs), "closer"));
  for (const button of precisions) {
    button.addEventListener("click", () => write([[inputs.uncertainty, button.dataset.metres]]));
  }
  keepSize(map, () => refresh("closer"));
}

function picture(canvas) {
  const { longitude, latitude, uncertainty, pointBase } = canvas.dataset;
  const map = baseMap(canvas, pointBase, () => {});
  const { pin, circle } = layers(false);
  const input = (value) => ({ value: value || "" });
  const now = state({ longitude: input(longitude), latitude: input(latitude), uncertainty: input(uncertainty) });
  keepSize(map, () => show(map, pin, circle, now, "closer"));
}

each("input[data-point]", picker);
each("[data-point-map]", picture);
