// Leaflet as the global `L`, with its stylesheet beside it.
import "leaflet/dist/leaflet.css";
import * as L from "leaflet/dist/leaflet-src.esm.js";

window.L = L;
