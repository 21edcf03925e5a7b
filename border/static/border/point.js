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

  // src/map.js
  var L = window.L;
  var HOME = L.latLngBounds([33.6, 39.6], [35.4, 42.2]);
  var ORDER = ["sea", "country", "frontier", "governorate", "district", "district-line", "river", "border"];
  var fetched = /* @__PURE__ */ new Map();
  function outlines(url) {
    if (!fetched.has(url)) {
      const answer = fetch(url).then((response) => {
        if (!response.ok) throw new Error(`${url} answered ${response.status}`);
        return response.json();
      });
      answer.catch(() => fetched.delete(url));
      fetched.set(url, answer);
    }
    return fetched.get(url);
  }
  function label({ properties, geometry }) {
    const [longitude, latitude] = geometry.coordinates;
    const names = make(
      "span",
      "border-map__names",
      {},
      make("span", "", { lang: "en", dir: "auto" }, properties.en),
      make("span", "", { lang: "ar", dir: "auto" }, properties.ar)
    );
    const html = properties.kind === "town" ? make("span", `border-map__town is-${properties.side || "east"}`, {}, names) : names;
    const icon = L.divIcon({ className: `border-map__label is-${properties.kind}`, html, iconSize: [0, 0] });
    return L.marker([latitude, longitude], { icon, pane: "names", interactive: false, keyboard: false });
  }
  function draw(map, collection) {
    const shapes = collection.features.filter(({ properties }) => ORDER.includes(properties.kind));
    shapes.sort((a, b) => ORDER.indexOf(a.properties.kind) - ORDER.indexOf(b.properties.kind));
    L.geoJSON(shapes, {
      pane: "ground",
      renderer: L.svg({ pane: "ground", padding: 0.6 }),
      interactive: false,
      style: ({ properties }) => ({ className: `border-map__shape is-${properties.kind}` })
    }).addTo(map);
    const labels = collection.features.filter(({ properties }) => properties.zoom !== void 0).map((feature) => ({ from: feature.properties.zoom, layer: label(feature) }));
    const thin = () => {
      for (const { from, layer } of labels) {
        if (map.getZoom() >= from) layer.addTo(map);
        else layer.remove();
      }
    };
    map.on("zoomend", thin);
    thin();
  }
  function baseMap(container, url, failed) {
    const map = L.map(container, {
      minZoom: 6,
      maxZoom: 16,
      zoomSnap: 0.5,
      scrollWheelZoom: false
    });
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution("Coarse outlines after OCHA COD-AB and Natural Earth");
    L.control.scale({ imperial: false }).addTo(map);
    map.setView(HOME.getCenter(), 8);
    map.createPane("ground").style.zIndex = 300;
    map.createPane("names").style.zIndex = 450;
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    outlines(url).then((collection) => draw(map, collection)).catch(failed);
    return map;
  }

  // src/point.js
  var L2 = window.L;
  var PRECISIONS = [100, 1e3, 5e3, 25e3];
  var count = 0;
  var distance = (metres) => metres < 1e3 ? `${metres} m` : `${+(metres / 1e3).toFixed(1)} km`;
  function read(input, name, limit) {
    if (!input || input.value.trim() === "") return { empty: true };
    const value = Number(input.value);
    if (!Number.isFinite(value) || Math.abs(value) > limit) {
      return { problem: `${name} is a number of degrees from -${limit} to ${limit}.` };
    }
    return { value };
  }
  function state({ longitude, latitude, uncertainty }) {
    const x = read(longitude, "Longitude", 180);
    const y = read(latitude, "Latitude", 90);
    if (x.empty && y.empty) return { text: "No point: the record is placed by its territory alone." };
    const problem = x.problem || y.problem;
    if (problem) return { problem };
    if (x.empty || y.empty) return { problem: `${x.empty ? "Longitude" : "Latitude"} is missing.` };
    const metres = uncertainty && uncertainty.value.trim() !== "" ? Number(uncertainty.value) : null;
    if (metres !== null && !(metres >= 0)) return { problem: "Uncertainty is a number of metres, 0 or more." };
    const place2 = `${Math.abs(y.value)}\xB0 ${y.value < 0 ? "S" : "N"}, ${Math.abs(x.value)}\xB0 ${x.value < 0 ? "W" : "E"}`;
    const text = metres === null ? `${place2}. How exact is it?` : `${place2}, within ${distance(metres)}.`;
    return { at: L2.latLng(y.value, x.value), metres, text };
  }
  function decimals(zoom) {
    return Math.min(5, Math.max(2, Math.ceil(Math.log10(256 * 2 ** zoom / 360))));
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
    const around = (share) => now.at.toBounds(Math.max(now.metres || 0, 2e3) * share);
    const hidden = !map.getBounds().contains(around(2.2));
    if (move === "closer" || move && hidden) map.fitBounds(around(6), { maxZoom: 10, animate: false });
  }
  function layers(draggable) {
    const icon = L2.divIcon({ className: "border-map__pin", iconSize: [18, 18] });
    return {
      pin: L2.marker([0, 0], { icon, draggable, keyboard: false, interactive: draggable }),
      circle: L2.circle([0, 0], { radius: 0, interactive: false, className: "border-map__uncertainty" })
    };
  }
  function keepSize(map, whenFirstSeen) {
    let seen = false;
    new ResizeObserver(([entry]) => {
      if (!entry.contentRect.width) return;
      map.invalidateSize({ pan: false });
      if (!seen) whenFirstSeen();
      seen = true;
    }).observe(map.getContainer());
  }
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
      "Map of the point. The longitude, latitude and uncertainty fields above do the same."
    );
    const status = make("p", "border-point__status", { role: "status", "aria-live": "polite", dir: "auto" });
    const clear = make("button", "border-point__button", { type: "button" }, "No point");
    const find = make("button", "border-point__button", { type: "button" }, "Centre");
    const precisions = PRECISIONS.map(
      (metres) => make("button", "border-point__button", { type: "button", dir: "ltr", "data-metres": metres }, distance(metres))
    );
    const bar = make("div", "border-point__bar", {}, status);
    if (inputs.uncertainty) {
      bar.append(make("div", "border-point__group", { role: "group", "aria-label": "Uncertainty" }, "\xB1", ...precisions));
    }
    bar.append(make("div", "border-point__group", {}, find, clear));
    const help = make(
      "p",
      "border-point__hint",
      { id: hint, dir: "auto" },
      "Click to set the point, or drag it. By keyboard: arrows move the map, + and - zoom, Enter sets the point at the cross."
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
        [inputs.latitude, lat.toFixed(digits)]
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
    const map = baseMap(canvas, pointBase, () => {
    });
    const { pin, circle } = layers(false);
    const input = (value) => ({ value: value || "" });
    const now = state({ longitude: input(longitude), latitude: input(latitude), uncertainty: input(uncertainty) });
    keepSize(map, () => show(map, pin, circle, now, "closer"));
  }
  each("input[data-point]", picker);
  each("[data-point-map]", picture);
})();
