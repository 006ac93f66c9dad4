// SPDX-FileCopyrightText: 2026 Huisartsplek contributors
// SPDX-License-Identifier: EUPL-1.2

const uses = (css) => [...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]);
const declares = (css) => [...css.matchAll(/(?<=[{;\s])(--[\w-]+)\s*:/g)].map((match) => match[1]);

// The declarations of a token sheet that the components read, directly or through another token;
// what our own theme declares is left to the theme.
export function usedTokens(sheet, components, theme) {
  const declared = new Map();
  for (const line of sheet.split("\n")) {
    const match = line.match(/^\s*(--[\w-]+):\s*(.*);\s*$/);
    if (match) declared.set(match[1], match[2]);
  }
  const own = new Set(declares(theme));
  const wanted = new Set();
  const queue = uses(components);
  while (queue.length > 0) {
    const name = queue.pop();
    if (wanted.has(name) || own.has(name) || !declared.has(name)) continue;
    wanted.add(name);
    queue.push(...uses(declared.get(name)));
  }
  return [...wanted].sort().map((name) => `${name}:${declared.get(name)}`).join(";\n");
}
