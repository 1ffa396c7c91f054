/** Fails the build when an app's first load of JavaScript outgrows its budget (gzip, kB = 1000 B). */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGETS = { "index.html": 180, "candidate.html": 120 };
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));

function firstLoad(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) firstLoad(next, seen);
  return seen;
}

let tooBig = false;
for (const [page, budget] of Object.entries(BUDGETS)) {
  const files = new Set([...firstLoad(page)].map((key) => manifest[key].file));
  const scripts = [...files].filter((file) => file.endsWith(".js"));
  const bytes = scripts.reduce(
    (sum, file) => sum + gzipSync(readFileSync(`dist/${file}`)).length,
    0,
  );
  const size = bytes / 1000;
  tooBig ||= size > budget;
  process.stdout.write(`${page}: first load ${size.toFixed(1)} kB gzip, budget ${budget} kB\n`);
}
if (tooBig) process.exit(1);
