// SPDX-FileCopyrightText: 2026 Huisartsplek contributors
// SPDX-License-Identifier: EUPL-1.2
// Put wishes in another order by dragging, or with the arrow keys once one is picked up. It posts what the buttons
// "higher" and "lower" post, and says the new order aloud. Without this script those buttons do it.

const STEP = /\/(?:hoger|lager|weg)(?=\?|$)/;

function wishesIn(list) {
  return [...list.children].filter((wish) => wish.querySelector("form [formaction]"));
}

function nameOf(wish) {
  return wish.querySelector("h3").textContent.trim();
}

function orderable(status) {
  const list = document.getElementById(status.dataset.order);
  const say = (text, wish) => {
    const wishes = wishesIn(list);
    const told = { name: nameOf(wish), place: wishes.indexOf(wish) + 1, count: wishes.length };
    status.textContent = text.replace(/\{(\w+)\}/g, (_, key) => told[key]);
  };
  let held = null; // the wish that is picked up, and where it came from

  // The others step aside: what is held stays in the page, and keeps the focus.
  function moveTo(wish, place) {
    const wishes = wishesIn(list);
    let at = wishes.indexOf(wish);
    const to = Math.max(0, Math.min(wishes.length - 1, place));
    for (; at > to; at -= 1) wish.after(wish.previousElementSibling);
    for (; at < to; at += 1) wish.before(wish.nextElementSibling);
  }

  function pickUp(wish) {
    held = { wish, from: wishesIn(list).indexOf(wish) };
    wish.querySelector("[data-grip]").setAttribute("aria-pressed", "true");
  }

  function letGo() {
    const { wish, from } = held;
    held = null;
    wish.querySelector("[data-grip]").setAttribute("aria-pressed", "false");
    const to = wishesIn(list).indexOf(wish);
    if (to !== from) save(wish, to);
    return to !== from;
  }

  function putBack() {
    const { wish, from } = held;
    moveTo(wish, from);
    held = null;
    wish.querySelector("[data-grip]").setAttribute("aria-pressed", "false");
    say(status.dataset.back, wish);
  }

  async function save(wish, place) {
    const form = wish.querySelector("form");
    const address = form.querySelector("[formaction]").getAttribute("formaction").replace(STEP, `/naar-${place + 1}`);
    const name = nameOf(wish);
    list.setAttribute("aria-busy", "true");
    let page = null;
    try {
      const answer = await fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      page = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    } catch {
      page = null;
    }
    const fresh = page?.getElementById(list.id);
    if (!fresh) {
      window.location.reload(); // logged out, or without a connection: the page then says so
      return;
    }
    list.replaceChildren(...fresh.childNodes);
    list.removeAttribute("aria-busy");
    addGrips();
    const message = page.querySelector("main .utrecht-alert")?.textContent.replace(/\s+/g, " ").trim() ?? "";
    const order = wishesIn(list).map((one, index) => `${index + 1}: ${nameOf(one)}`);
    status.textContent = `${message} ${order.join(". ")}.`;
    wishesIn(list).find((one) => nameOf(one) === name)?.querySelector("[data-grip]").focus();
  }

  function onKey(event, wish) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (held) {
        if (!letGo()) say(status.dataset.back, wish);
      } else {
        pickUp(wish);
        say(status.dataset.held, wish);
      }
    } else if (held && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      moveTo(wish, wishesIn(list).indexOf(wish) + (event.key === "ArrowUp" ? -1 : 1));
      say(status.dataset.moved, wish);
    } else if (held && event.key === "Escape") {
      putBack();
    }
  }

  function onPointer(event, wish, grip) {
    if (event.button !== 0) return;
    event.preventDefault();
    grip.focus();
    pickUp(wish);
    grip.setPointerCapture(event.pointerId);
    const move = (at) => {
      const wishes = wishesIn(list);
      const under = wishes.findIndex((one) => {
        const box = one.getBoundingClientRect();
        return one !== wish && at.clientY > box.top && at.clientY < box.bottom;
      });
      if (under >= 0) moveTo(wish, under);
    };
    const end = (ended) => {
      grip.removeEventListener("pointermove", move);
      if (!held) return;
      if (ended.type === "pointercancel") putBack();
      else letGo();
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", end, { once: true });
    grip.addEventListener("pointercancel", end, { once: true });
  }

  function addGrips() {
    for (const wish of wishesIn(list)) {
      const grip = document.createElement("button");
      grip.type = "button";
      grip.className = "utrecht-button utrecht-button--subtle hp-button--small";
      grip.dataset.grip = "";
      grip.setAttribute("aria-pressed", "false");
      grip.style.touchAction = "none";
      grip.style.cursor = "grab";
      const hidden = document.createElement("span");
      hidden.className = "hp-vh";
      hidden.textContent = ` ${nameOf(wish)}`;
      grip.append(`\u2195 ${status.dataset.grip}`, hidden);
      grip.addEventListener("keydown", (event) => onKey(event, wish));
      grip.addEventListener("pointerdown", (event) => onPointer(event, wish, grip));
      grip.addEventListener("blur", () => {
        if (held?.wish === wish) putBack();
      });
      wish.querySelector("form").prepend(grip);
    }
  }

  if (wishesIn(list).length > 1) addGrips();
}

for (const status of document.querySelectorAll("[data-order]")) orderable(status);
