// Bundles src/ into ../border/static/border, or into the folder given as the first argument.
// The results are committed, so that running the site needs neither node nor a network.
import { copyFile, mkdir } from "node:fs/promises";
import { build } from "esbuild";

const out = process.argv[2] ?? "../border/static/border";
// axe-core looks for barriers in the browser tests. It is no part of the site, and under the MPL 2.0, which its first lines name.
const tests = process.argv[2] ? `${out}/tests` : "../tests/browser/vendor";

const vendor = {
  entryPoints: { "vendor/leaflet": "src/leaflet.js" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "inline",
  loader: { ".png": "copy" },
  assetNames: "vendor/images/[name]",
};

const own = {
  entryPoints: {
    point: "src/point.js",
    edtf: "src/edtf.js",
    entry: "src/entry.js",
    desk: "src/desk.js",
    jobs: "src/jobs.js",
    reach: "src/reach.js",
  },
  outdir: out,
  bundle: true,
  format: "iife",
  target: "es2020",
  banner: { js: "/* Built from frontend/src by `make vendor`; edit the sources, not this file. */" },
};

await Promise.all([vendor, own].map(build));
await copyFile("node_modules/leaflet/LICENSE", `${out}/vendor/leaflet.LICENSE.txt`);
await mkdir(tests, { recursive: true });
await copyFile("node_modules/axe-core/axe.min.js", `${tests}/axe.min.js`);
await copyFile("node_modules/axe-core/LICENSE", `${tests}/axe.LICENSE.txt`);
