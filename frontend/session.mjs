// SPDX-FileCopyrightText: 2026 Huisartsplek contributors
// SPDX-License-Identifier: EUPL-1.2
// Ask, two minutes before a session ends, whether somebody is still there; one button stays. Without this script the
// page says until when, and every page that is opened begins the time anew.

const WARN_SECONDS = 120;
const dialog = document.getElementById("sessie");
const form = dialog.querySelector("form");
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("sessie") : null;
let timer = 0;

function show(when) {
  for (const part of dialog.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== when;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(`[data-when="${when}"] button`).focus();
}

function begin(seconds) {
  const endsAt = Date.now() + seconds * 1000;
  window.clearInterval(timer);
  if (dialog.open) dialog.close();
  // A computer that slept wakes up to the right answer: the time left is asked anew each second.
  timer = window.setInterval(() => {
    const left = (endsAt - Date.now()) / 1000;
    if (left <= 0) {
      window.clearInterval(timer);
      show("over");
    } else if (left <= WARN_SECONDS && !dialog.open) {
      show("soon");
    }
  }, 1000);
}

async function stay(event) {
  event.preventDefault();
  let seconds = 0;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    if (answer.ok) seconds = (await answer.json()).seconds;
  } catch {
    return; // no connection at this moment: the button is still there
  }
  if (seconds > 0) {
    tabs?.postMessage(seconds);
    begin(seconds);
  } else {
    window.clearInterval(timer);
    show("over");
  }
}

form.addEventListener("submit", stay);
// Escape is "stay", as long as there is a session to stay in.
dialog.addEventListener("cancel", (event) => {
  if (!dialog.querySelector("[data-when=soon]").hidden) stay(event);
});
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
tabs?.addEventListener("message", (event) => begin(Number(event.data)));
tabs?.postMessage(Number(dialog.dataset.seconds));
begin(Number(dialog.dataset.seconds));
