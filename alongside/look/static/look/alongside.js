/* Alongside: small helps on top of pages that work without them.
   One function for each behaviour; each finds its own elements. */
"use strict";

let leaving = false; /* once true, nothing may ask "are you sure?" */

/* Exit page: end the visit, replace the address. Also three times Shift. */
function leaveQuickly() {
  const form = document.querySelector("form[data-leave]");
  if (!form) return;
  const go = () => {
    leaving = true;
    document.documentElement.hidden = true;
    fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
    location.replace(form.dataset.to || "about:blank");
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.repeat) { if (event.key !== "Shift") presses = []; return; }
    presses = [...presses.filter((at) => event.timeStamp - at < 1200), event.timeStamp];
    if (presses.length === 3) go();
  });
}

/* A second tap must not send twice. The server knows too; this is for the eye. */
function sendOnce() {
  for (const form of document.querySelectorAll("form[data-once]")) {
    const free = () => { delete form.dataset.sent; mark(form, false); };
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      setTimeout(() => mark(form, true)); /* later, so that the pressed button is still sent */
      setTimeout(free, 15000);
    });
    addEventListener("pageshow", free);
  }
  function mark(form, off) {
    for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = off;
  }
}

/* Words are kept while they are written. The answer is plain text for people;
   its X-Draft header is the id that the next save and the sending carry. */
function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-autosave]")) keepOne(form);
}

function keepOne(form) {
  const says = document.querySelector("[data-saved]");
  let wait = 0, changed = 0, kept = 0, busy = false, gone = false;
  const unsaved = () => changed !== kept && !gone && !leaving;
  const tell = (words) => { if (says && words && says.textContent !== words) says.textContent = words; };
  const later = (ms) => { clearTimeout(wait); wait = setTimeout(save, ms); };

  async function save() {
    if (busy || !unsaved()) return;
    const upTo = changed;
    busy = true;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), keepalive: document.hidden });
      if (!answer.ok || answer.redirected) throw new Error("not kept");
      const draft = answer.headers.get("X-Draft");
      if (draft && form.elements.draft) form.elements.draft.value = draft;
      kept = upTo;
      tell(await answer.text());
      if (unsaved()) later(700);
    } catch {
      tell(form.dataset.failed);
      later(5000);
    } finally {
      busy = false;
    }
  }

  form.addEventListener("input", () => { changed += 1; later(700); });
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) { gone = true; clearTimeout(wait); } });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("pageshow", () => { gone = false; });
  addEventListener("beforeunload", (event) => { if (unsaved()) event.preventDefault(); });
}

/* A box grows with its words where the browser does not do it by itself. */
function growBoxes() {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = (box) => { box.style.height = "auto"; box.style.height = box.scrollHeight + 2 + "px"; };
  for (const box of document.querySelectorAll("textarea")) fit(box);
  document.addEventListener("input", (event) => { if (event.target.matches("textarea")) fit(event.target); });
}

/* Single keys of the worker's door: "/" finds, "w" writes, "?" shows the keys. Only where the page offers them;
   never while something is being filled in, and never with another key held down. */
function singleKeys() {
  const desk = document.querySelector(".desk[data-key-find]");
  if (!desk) return;
  const ways = { "/": desk.dataset.keyFind, w: desk.dataset.keyWrite, "?": desk.dataset.keyList };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target;
    if (at.isContentEditable || (at.matches && at.matches("input, textarea, select, [role=textbox]"))) return;
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    const box = event.key === "/" && document.querySelector("input[data-find]");
    if (box) { box.focus(); box.select(); } else location.assign(way);
  });
}

/* A button that prints is there only where scripts are. */
function offerPrint() {
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

/* The code of a paper card comes behind the # of the address, which no server sees. It fills the box, and
   leaves the address. Sending is for the person. */
function fillCode() {
  const found = /^#([0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{5})$/.exec(location.hash);
  if (!found) return;
  history.replaceState(null, "", location.pathname + location.search);
  const box = document.querySelector("input[data-code]");
  if (box) box.value = found[1];
}

addEventListener("DOMContentLoaded", () => { fillCode(); offerPrint(); leaveQuickly(); sendOnce(); keepDrafts(); growBoxes(); singleKeys(); });
