// SPDX-FileCopyrightText: 2026 Huisartsplek contributors
// SPDX-License-Identifier: EUPL-1.2
// "Zoek waar ik nu ben": asks the browser where somebody is, and searches around there. The position is rounded to
// hundredths of a degree, about a kilometre, before it goes into an address.

const DECIMALS = 2;

function offer(part) {
  const button = part.querySelector("button");
  const words = part.querySelector("[role=status]");
  button.addEventListener("click", () => {
    words.textContent = words.dataset.busy;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const [lat, lon] = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(DECIMALS));
        location.assign(`${part.dataset.hpNear}?bij=${lat},${lon}`);
      },
      () => {
        words.textContent = words.dataset.failed;
      },
      { enableHighAccuracy: false, maximumAge: 600_000, timeout: 15_000 },
    );
  });
  part.hidden = false;
}

if (navigator.geolocation && isSecureContext) {
  for (const part of document.querySelectorAll("[data-hp-near]")) offer(part);
}
