// SPDX-FileCopyrightText: 2026 Huisartsplek contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Builds everything a browser loads from us: node build.mjs [OUTPUT FOLDER]
// The same sources and the same lock file give the same bytes, so `./check` can compare.
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { transform } from "lightningcss";
import { outline } from "./outline.mjs";
import { usedTokens } from "./tokens.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = resolve(process.argv[2] ?? join(here, "../src/huisartsplek/web/static/huisartsplek"));
const manifest = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
const components = Object.keys(manifest.devDependencies).filter((name) => /^@utrecht\/.*-css$/.test(name));

// Each script is a file of its own: a browser fetches it for the first letter of it on a page.
const LETTERS = ["latin", "latin-ext", "cyrillic"];
const FONTS = [
  ["noto-sans", "Noto Sans", 400, LETTERS],
  ["noto-sans", "Noto Sans", 600, LETTERS],
  ["noto-sans", "Noto Sans", 700, LETTERS],
  ["noto-serif", "Noto Serif", 600, LETTERS],
  ["noto-sans-arabic", "Noto Sans Arabic", 400, ["arabic"]],
  ["noto-sans-arabic", "Noto Sans Arabic", 600, ["arabic"]],
  ["noto-sans-arabic", "Noto Sans Arabic", 700, ["arabic"]],
];
const OWN_SCRIPTS = ["map", "near", "order", "session"];

const text = (...path) => readFile(join(...path), "utf8");
const minified = (code, filename) => transform({ filename, code: Buffer.from(code), minify: true }).code.toString();
const withoutMapLink = (code) => code.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");

async function put(name, content) {
  const path = join(out, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

async function fontFaces() {
  const faces = [];
  for (const [folder, family, weight, subsets] of FONTS) {
    const ranges = JSON.parse(await text(modules, "@fontsource", folder, "unicode.json"));
    for (const subset of subsets) {
      const file = `${folder}-${subset}-${weight}-normal.woff2`;
      await put(`fonts/${file}`, await readFile(join(modules, "@fontsource", folder, "files", file)));
      faces.push(
        `@font-face{font-family:"${family}";font-weight:${weight};font-style:normal;font-display:swap;` +
          `src:url(fonts/${file}) format("woff2");unicode-range:${ranges[subset]}}`,
      );
    }
  }
  return faces.join("\n");
}

async function styleSheet() {
  const theirs = await Promise.all(components.map((name) => text(modules, name, "dist/index.css")));
  const ours = await text(here, "theme.css");
  const tokens = usedTokens(
    await text(modules, "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"),
    theirs.join("\n"),
    ours,
  );
  const banner = "/*! Huisartsplek. EUPL-1.2. Built from NL Design System parts and our own theme; see LICENSES/NOTICE.txt */\n";
  const css = [
    "@layer tokens, components;",
    `@layer tokens{:root{${tokens}}}`,
    `@layer components{${theirs.join("\n")}}`,
    await fontFaces(),
    ours,
  ].join("\n");
  await put("huisartsplek.css", `${banner}${minified(css, "huisartsplek.css")}\n`);
}

async function scripts() {
  await put("htmx.min.js", withoutMapLink(await text(modules, "htmx.org/dist/htmx.min.js")));
  for (const file of ["maplibre-gl.mjs", "maplibre-gl-worker.mjs"]) {
    await put(`maplibre/${file}`, withoutMapLink(await text(modules, "maplibre-gl/dist", file)));
  }
  for (const name of OWN_SCRIPTS) {
    const built = await esbuild.build({
      entryPoints: [join(here, `${name}.mjs`)],
      bundle: true,
      format: "esm",
      minify: true,
      target: "es2022",
      write: false,
      legalComments: "none",
      banner: { js: "/*! Huisartsplek. EUPL-1.2 */" },
    });
    await put(`${name}.mjs`, built.outputFiles[0].contents);
  }
}

async function licences() {
  const parts = [
    ["@nl-design-system-unstable/voorbeeld-design-tokens", "LICENSE.md", "EUPL-1.2"],
    ...components.map((name) => [name, "LICENSE.md", "EUPL-1.2"]),
    ["@fontsource/noto-sans", "LICENSE", "OFL-1.1"],
    ["@fontsource/noto-sans-arabic", "LICENSE", "OFL-1.1"],
    ["@fontsource/noto-serif", "LICENSE", "OFL-1.1"],
    ["htmx.org", "LICENSE", "0BSD"],
    ["maplibre-gl", "LICENSE.txt", "BSD-3-Clause"],
    ["world-atlas", "LICENSE", "ISC"],
  ];
  const perFile = { "OFL-1.1": "fonts", "BSD-3-Clause": "maplibre" };
  const lines = ["What is in this folder besides our own work (EUPL-1.2), with its version and licence:", ""];
  for (const [name, file, licence] of parts) {
    lines.push(`${name} ${manifest.devDependencies[name]}: ${licence}`);
    const copy = name.startsWith("@utrecht/") ? "utrecht-components" : name.replace(/^@/, "").replace("/", "-");
    const target = perFile[licence] ? `${perFile[licence]}/LICENSE-${copy}.txt` : `LICENSES/${copy}.txt`;
    await put(target, await readFile(join(modules, name, file)));
  }
  lines.push("", "The country outline comes from Natural Earth (public domain), through world-atlas.", "");
  await put("LICENSES/NOTICE.txt", lines.join("\n"));
}

await rm(out, { recursive: true, force: true });
await styleSheet();
await scripts();
await put("data/outline.json", `${JSON.stringify(outline())}\n`);
await cp(join(here, "images"), join(out, "images"), { recursive: true });
await licences();
if ((await readdir(out)).length === 0) throw new Error("nothing was built");
