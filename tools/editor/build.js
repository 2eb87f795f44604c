// Builds lms/web/static/vendor/codemirror.js and the licences of what is in it. Run it with `make editor`.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const HERE = dirname(fileURLToPath(import.meta.url));
const VENDOR = join(HERE, "../../lms/web/static/vendor");
const LIMIT = 220_000;

const { metafile, outputFiles } = await build({
  absWorkingDir: HERE,
  alias: { "@codemirror/lang-html": "./no_html.js" },
  bundle: true,
  charset: "utf8",
  entryPoints: ["codemirror.js"],
  format: "esm",
  legalComments: "none",
  metafile: true,
  minify: true,
  target: "es2022",
  write: false,
});

const packages = [...new Set(Object.keys(metafile.inputs).map(packageOf).filter(Boolean))].sort();
const banner = `/* CodeMirror and what it needs, bundled by tools/editor. Licences: codemirror-license.txt. */\n`;
const code = banner + outputFiles[0].text;
const size = gzipSync(code).length;
if (size > LIMIT) {
  throw new Error(`codemirror.js takes ${size} bytes compressed; the limit is ${LIMIT}.`);
}
writeFileSync(join(VENDOR, "codemirror.js"), code);
writeFileSync(join(VENDOR, "codemirror-license.txt"), packages.map(licenceOf).join("\n"));
console.log(`codemirror.js ${code.length} bytes, ${size} compressed`);
console.log(`SHA-256 for vendor/README.md: ${createHash("sha256").update(code).digest("hex")}`);

function packageOf(path) {
  return /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

function licenceOf(name) {
  const folder = join(HERE, "node_modules", name);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
