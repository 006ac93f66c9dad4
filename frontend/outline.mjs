// SPDX-FileCopyrightText: 2026 Huisartsplek contributors
// SPDX-License-Identifier: EUPL-1.2
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const atlas = createRequire(import.meta.url)("world-atlas/countries-10m.json");
// A window around the European Netherlands: what lies outside is never on our maps.
const WEST = 2.8, EAST = 7.7, SOUTH = 50.3, NORTH = 53.9;
const LANDS = { Netherlands: "nl", Belgium: "be", Germany: "de", France: "fr", Luxembourg: "lu" };

const rounded = (value) => Math.round(value * 1e4) / 1e4;

// Sutherland and Hodgman's clipping of one ring against one straight side of the window.
function clipped(ring, inside, crossing) {
  const kept = [];
  ring.forEach((point, index) => {
    const previous = ring[(index + ring.length - 1) % ring.length];
    if (inside(point) !== inside(previous)) kept.push(crossing(previous, point));
    if (inside(point)) kept.push(point);
  });
  return kept;
}

const atLongitude = (x) => ([ax, ay], [bx, by]) => [x, ay + ((by - ay) * (x - ax)) / (bx - ax)];
const atLatitude = (y) => ([ax, ay], [bx, by]) => [ax + ((bx - ax) * (y - ay)) / (by - ay), y];

function inWindow(ring) {
  let kept = ring.slice(0, -1);
  for (const [inside, crossing] of [
    [([x]) => x >= WEST, atLongitude(WEST)],
    [([x]) => x <= EAST, atLongitude(EAST)],
    [([, y]) => y >= SOUTH, atLatitude(SOUTH)],
    [([, y]) => y <= NORTH, atLatitude(NORTH)],
  ]) {
    if (kept.length > 0) kept = clipped(kept, inside, crossing);
  }
  return kept.length < 3 ? [] : [...kept, kept[0]].map(([x, y]) => [rounded(x), rounded(y)]);
}

// The Netherlands and the countries around it as GeoJSON, cut to the window.
export function outline() {
  const features = atlas.objects.countries.geometries
    .filter((country) => country.properties.name in LANDS)
    .map((country) => {
      const { geometry } = feature(atlas, country);
      const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      const coordinates = polygons.map((rings) => rings.map(inWindow).filter((r) => r.length > 0)).filter((p) => p.length > 0);
      return { type: "Feature", id: LANDS[country.properties.name], properties: {}, geometry: { type: "MultiPolygon", coordinates } };
    })
    .sort((a, b) => a.id.localeCompare(b.id));
  return { type: "FeatureCollection", bbox: [WEST, SOUTH, EAST, NORTH], features };
}
