// The base map: our own outlines, no tiles, no network beyond this site.
import { make } from "./enhance.js";

const L = window.L;
const HOME = L.latLngBounds([33.6, 39.6], [35.4, 42.2]);
const ORDER = ["sea", "country", "frontier", "governorate", "district", "district-line", "river", "border"];
const fetched = new Map();

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
    make("span", "", { lang: "ar", dir: "auto" }, properties.ar),
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
    style: ({ properties }) => ({ className: `border-map__shape is-${properties.kind}` }),
  }).addTo(map);

  const labels = collection.features
    .filter(({ properties }) => properties.zoom !== undefined)
    .map((feature) => ({ from: feature.properties.zoom, layer: label(feature) }));
  const thin = () => {
    for (const { from, layer } of labels) {
      if (map.getZoom() >= from) layer.addTo(map);
      else layer.remove();
    }
  };
  map.on("zoomend", thin);
  thin();
}

/** A Leaflet map in `container` over the outlines at `url`; `failed(error)` when they cannot be had. */
export function baseMap(container, url, failed) {
  const map = L.map(container, {
    minZoom: 6,
    maxZoom: 16,
    zoomSnap: 0.5,
    scrollWheelZoom: false,
  });
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution("Coarse outlines after OCHA COD-AB and Natural Earth");
  L.control.scale({ imperial: false }).addTo(map);
  map.setView(HOME.getCenter(), 8);
  map.createPane("ground").style.zIndex = 300; // Leaflet's own: circle of uncertainty 400, pin 600
  map.createPane("names").style.zIndex = 450;

  // The wheel scrolls the page until somebody is working in the map.
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());

  outlines(url).then((collection) => draw(map, collection)).catch(failed);
  return map;
}

export { HOME };
