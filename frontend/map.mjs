// SPDX-FileCopyrightText: 2026 Huisartsplek contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Turns the server's drawing into a map one can move, with the very same pins. Where that fails,
// or somebody saves data, the drawing stays.

const COLOURS = { land: "#ECEAE2", border: "#FFFFFF", ring: "#66777B" };
const KM_PER_DEGREE = 111.32;

const place = (element) => [Number(element.dataset.longitude), Number(element.dataset.latitude)];

function circle([longitude, latitude], kilometres) {
  const points = [];
  for (let step = 0; step <= 72; step += 1) {
    const angle = (2 * Math.PI * step) / 72;
    const wide = KM_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
    points.push([longitude + (kilometres / wide) * Math.cos(angle), latitude + (kilometres / KM_PER_DEGREE) * Math.sin(angle)]);
  }
  return { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: points } };
}

function style(outline, here, rings) {
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: outline },
      rings: { type: "geojson", data: { type: "FeatureCollection", features: rings.map((km) => circle(here, km)) } },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": "#FFFFFF" } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": COLOURS.land } },
      { id: "border", type: "line", source: "land", paint: { "line-color": COLOURS.border, "line-width": 3 } },
      { id: "rings", type: "line", source: "rings", paint: { "line-color": COLOURS.ring, "line-width": 1.5, "line-dasharray": [1, 4] } },
    ],
  };
}

function withinDrawing(content) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-22 -22 44 44");
  svg.setAttribute("aria-hidden", "true");
  for (const child of content.children) svg.append(child.cloneNode(true));
  return svg;
}

function pin(drawn) {
  const link = document.createElement("a");
  link.className = drawn.getAttribute("class");
  link.href = drawn.getAttribute("href");
  link.setAttribute("aria-label", drawn.getAttribute("aria-label"));
  link.append(withinDrawing(drawn.querySelector("g")));
  return link;
}

function label(drawn) {
  const words = document.createElement("span");
  words.className = "hp-map__label";
  words.textContent = drawn.textContent;
  words.setAttribute("aria-hidden", "true");
  return words;
}

function zoomButtons(map, { zoomIn, zoomOut }) {
  const box = document.createElement("div");
  box.className = "hp-map__zoom";
  for (const [sign, name, step] of [["+", zoomIn, 1], ["−", zoomOut, -1]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", () => map.zoomTo(map.getZoom() + step));
    box.append(button);
  }
  return box;
}

async function enhance(box) {
  const drawing = box.querySelector("figure > svg");
  const [library, outline] = await Promise.all([
    import(box.dataset.library),
    fetch(box.dataset.outline).then((answer) => answer.json()),
  ]);
  library.setWorkerUrl(box.dataset.worker);
  const live = document.createElement("div");
  live.className = "hp-map__live";
  drawing.after(live);
  const me = drawing.querySelector("[data-hp-here]");
  const here = place(me);
  const drawnRings = [...drawing.querySelectorAll("[data-kilometres]")];
  const rings = drawnRings.map((ring) => Number(ring.dataset.kilometres));
  const whole = drawnRings.filter((ring) => 2 * ring.r.baseVal.value <= drawing.viewBox.baseVal.width);
  const shown = Number((whole.at(-1) ?? drawnRings[0]).dataset.kilometres);
  const links = [...drawing.querySelectorAll("a.hp-map__pin")];
  const reach = links.map(place);
  const ring = circle(here, shown).geometry.coordinates;
  const east = [...reach, ...ring].map(([x]) => x);
  const north = [...reach, ...ring].map(([, y]) => y);
  const map = new library.Map({
    container: live,
    style: style(outline, here, rings),
    bounds: [[Math.min(...east), Math.min(...north)], [Math.max(...east), Math.max(...north)]],
    fitBoundsOptions: { padding: 40 },
    maxBounds: outline.bbox,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    scrollZoom: false,
    dragPan: !matchMedia("(pointer: coarse)").matches,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300,
    locale: { "Map.Title": box.dataset.name },
  });
  map.touchZoomRotate.disableRotation();
  for (const words of drawing.querySelectorAll(".hp-map__place")) {
    new library.Marker({ element: label(words) }).setLngLat(place(words)).addTo(map);
  }
  for (const ring of drawnRings) {
    const kilometres = Number(ring.dataset.kilometres);
    const south = [here[0], here[1] - kilometres / KM_PER_DEGREE];
    new library.Marker({ element: label(ring.nextElementSibling), anchor: "bottom" }).setLngLat(south).addTo(map);
  }
  const point = document.createElement("div");
  point.className = "hp-map__pin";
  point.append(withinDrawing(me));
  new library.Marker({ element: point }).setLngLat(here).addTo(map);
  const scale = live.clientWidth / drawing.viewBox.baseVal.width;
  for (const drawn of links) {
    const offset = [Number(drawn.dataset.shiftX) * scale, Number(drawn.dataset.shiftY) * scale];
    new library.Marker({ element: pin(drawn), offset }).setLngLat(place(drawn)).addTo(map);
  }
  live.append(zoomButtons(map, box.dataset));
  map.once("load", () => drawing.setAttribute("hidden", ""));
  map.once("error", () => {
    if (drawing.hasAttribute("hidden")) return;
    map.remove();
    live.remove();
  });
}

for (const box of document.querySelectorAll("[data-hp-map]")) {
  if (navigator.connection?.saveData) continue;
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    enhance(box).catch(() => box.querySelector(".hp-map__live")?.remove());
  });
  seen.observe(box);
}
