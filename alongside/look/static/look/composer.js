/* The composer: paragraphs stand apart while one writes, each with how we know it.
   What it cannot know by itself (sources, who can read, plainer words) it asks the page's own
   address; without an answer nothing is lost, and the server works it out when the note is saved. */
"use strict";

const APART = 120; /* paragraphs with settings of their own; the rest stays in the last box */
const BLANK = /\n[^\S\n]*\n\s*/;

/* The paragraphs of a page: making, numbering, splitting, joining. */
function paragraphs(form) {
  const page = form.querySelector("[data-page]");
  const shape = document.getElementById("para").content.firstElementChild;
  const empty = page.querySelector("[data-next]").cloneNode(true);
  const box = (block) => block.querySelector("textarea");
  const all = () => [...page.querySelectorAll("[data-para]")];
  const next = () => page.querySelector("[data-next]");

  function bare() {
    const made = empty.cloneNode(true), inside = box(made);
    for (const told of made.querySelectorAll(".mend")) told.remove();
    inside.value = inside.textContent = "";
    inside.rows = 1;
    inside.placeholder = inside.dataset.goOn;
    return made;
  }

  function number() {
    all().forEach((block, place) => {
      for (const field of block.querySelectorAll("[name]")) field.name = field.name.replace(/-(N|\d+)$/, "-" + place);
      for (const name of ["id", "for", "aria-describedby"])
        for (const field of block.querySelectorAll("[" + name + "^=f-terms-]"))
          field.setAttribute(name, field.getAttribute(name).replace(/^f-terms-(N|\d+)/, "f-terms-" + place));
      for (const field of block.querySelectorAll("[aria-label]"))
        field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\s*\d*\s*$/, " " + (place + 1)));
      box(block).id = "f-p-" + place;
    });
  }

  /* The last box turns into a paragraph where it stands: it keeps the focus, and dictation goes on. */
  function become(block) {
    if (all().length >= APART) return false;
    const made = shape.cloneNode(true), mine = box(block), model = box(made);
    mine.name = model.name;
    mine.rows = 1;
    mine.removeAttribute("placeholder");
    mine.setAttribute("aria-label", model.getAttribute("aria-label"));
    model.remove();
    block.append(...made.childNodes);
    block.className = "para";
    delete block.dataset.next;
    block.dataset.para = "";
    block.after(bare());
    number();
    return true;
  }

  function insert(after, text) {
    const made = shape.cloneNode(true);
    box(made).value = text;
    after.after(made);
    return made;
  }

  function split(block) {
    const [first, ...rest] = box(block).value.split(BLANK);
    if (!rest.length) return;
    box(block).value = first.trimEnd();
    const room = Math.max(0, APART - all().length), last = rest.pop();
    let at = block;
    for (const text of rest.splice(0, room)) at = insert(at, text);
    const over = [...rest, last].filter((text) => text.trim()).join("\n\n");
    if (rest.length) { box(next()).value = [over, box(next()).value].filter(Boolean).join("\n\n"); at = next(); }
    else if (last.trim() || at.nextElementSibling !== next()) at = insert(at, last);
    else at = next();
    number();
    box(at).focus();
  }

  function join(block) {
    const before = block.previousElementSibling;
    if (!before || before.dataset.para === undefined) return false;
    const place = box(before).value.length;
    box(before).value += box(block).value && (box(before).value ? "\n" : "") + box(block).value;
    if (block.dataset.next === undefined) block.remove(); else box(block).value = "";
    number();
    box(before).focus();
    box(before).setSelectionRange(place, place);
    return true;
  }

  const words = next(), more = box(words);
  if (!all().length) more.rows = 1;
  more.placeholder = all().length ? more.dataset.goOn : more.placeholder;
  return { all, box, become, split, join };
}

/* Typing: a blank line begins a paragraph, Backspace at its beginning joins it to the one before. */
function typing(form, text) {
  form.addEventListener("input", (event) => {
    const block = event.target.matches("textarea") && event.target.closest("[data-para],[data-next]");
    if (!block) return;
    if (block.dataset.next !== undefined && (!event.target.value.trim() || !text.become(block))) return;
    if (!event.isComposing) text.split(block);
  });
  form.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.key !== "Backspace" || !at.matches("[data-page] textarea") || at.selectionStart || at.selectionEnd) return;
    const block = at.closest("[data-para],[data-next]");
    if (block.dataset.next === undefined || !at.value) {
      if (text.join(block)) { event.preventDefault(); form.dispatchEvent(new Event("input", { bubbles: true })); }
    }
  });
}

/* A long press opens who reads a paragraph, as "Who reads it" does. */
function pressing(form) {
  let wait = 0, from = null;
  const stop = () => clearTimeout(wait);
  form.addEventListener("pointerdown", (event) => {
    const own = event.target.closest("[data-para]")?.querySelector("[data-own]");
    stop();
    if (!own || event.target.closest("[data-own],select,button")) return;
    from = event;
    wait = setTimeout(() => { own.open = true; }, 600);
  });
  form.addEventListener("pointermove", (event) => {
    if (from && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > 10) stop();
  });
  for (const end of ["pointerup", "pointercancel", "scroll"]) addEventListener(end, stop, { passive: true });
}

/* What the server weighs: sources, who can read, whether there is something to show. */
function weighing(form, text) {
  const reads = form.querySelector("[data-reads]"), without = form.querySelector("[data-without]");
  const there = form.querySelector("[name=who][value=there]").parentElement.querySelector("small");
  const show = form.querySelector("[data-show]"), line = form.querySelector("[data-place] summary span");
  let wait = 0, asked = 0;

  function asks() {
    const data = new FormData(form);
    for (const [place, block] of text.all().entries())
      if (!block.dataset.chosen) { data.delete("basis-" + place); data.delete("speaker-" + place); }
    return data;
  }

  async function weigh() {
    const turn = ++asked;
    const written = text.all().filter((block) => text.box(block).value.trim());
    try {
      const answer = await fetch(form.dataset.weigh, { method: "POST", body: asks() });
      if (!answer.ok || answer.redirected) throw new Error("not weighed");
      const told = await answer.json();
      if (turn !== asked) return;
      const bold = document.createElement("b");
      bold.textContent = told.names;
      reads.replaceChildren(bold, " " + told.rest);
      without.replaceChildren(...told.without.map((words) => { const p = document.createElement("p"); p.textContent = words; return p; }));
      show.hidden = !told.show;
      show.parentElement.classList.toggle("two", told.show);
      if (told.line) line.textContent = told.line;
      if (told.there) there.textContent = told.there;
      for (const one of form.querySelectorAll("[data-reader]")) one.hidden = !told.readers.includes(one.dataset.reader);
      for (const block of text.all()) left(block, "");
      written.forEach((block, place) => { left(block, told.left[place]); source(block, told.sources[place]); hints(block, told.hints[place]); gives(block, told.gives[place]); });
    } catch {
      if (turn === asked) reads.textContent = form.dataset.unknown;
    }
  }

  /* Words that would give somebody away: those that were chosen stay chosen. */
  function gives(block, told) {
    const place = block.querySelector("[data-gives]");
    if (!place || !told) return;
    const chosen = new Set([...place.querySelectorAll(":checked")].map((box) => box.value));
    place.hidden = !told.length;
    place.querySelector(".chips").replaceChildren(...told.map((words) => {
      const made = document.getElementById("giveaway").content.cloneNode(true), box = made.querySelector("input");
      box.name = text.box(block).name.replace("p-", "gives-");
      box.value = words;
      box.checked = chosen.has(words);
      made.querySelector("span").append(words);
      return made;
    }));
  }

  function left(block, words) { block.querySelector("[data-left]").textContent = words; }

  function source(block, told) {
    if (!block.dataset.chosen && told) {
      block.querySelector("[data-basis]").value = told.basis;
      block.querySelector("[data-speaker]").value = told.speaker;
    }
    speaking(block);
  }

  function hints(block, told) {
    block.querySelector("[data-hints]").replaceChildren(...(told || []).map((one) => hint(block, one)));
  }

  function hint(block, one) {
    if (!one.word) return document.getElementById("heavy").content.cloneNode(true);
    const made = document.getElementById("hint").content.cloneNode(true);
    made.querySelector("u").textContent = one.word;
    made.querySelector("span span").textContent = one.plain;
    made.querySelector("button").addEventListener("click", () => {
      const box = text.box(block);
      box.value = box.value.replace(one.word, () => one.plain);
      box.focus();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return made;
  }

  const later = (ms) => { clearTimeout(wait); wait = setTimeout(weigh, ms); };
  form.addEventListener("input", (event) => later(event.target.matches("textarea") ? 350 : 0));
  if (text.all().length) later(0);
}

/* Whose words: asked only where somebody else's words or telling stand. */
function speaking(block) {
  block.querySelector("[data-speaking]").hidden = !["own-words", "told"].includes(block.querySelector("[data-basis]").value);
}

/* Choices that belong to one way of reading stand only with it. */
function choosing(form) {
  const put = () => {
    const who = new FormData(form).get("who");
    const people = form.querySelector("[data-choose]"), why = form.querySelector("[data-withhold]");
    people.hidden = !["choose", "persons"].includes(who);
    if (why) why.hidden = who !== "professionals";
  };
  form.addEventListener("change", put);
  put();
}

addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("composer");
  if (!form) return;
  const text = paragraphs(form), main = form.querySelector("[data-main]");
  main.value = "save";
  main.textContent = form.dataset.save;
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-basis],[data-speaker]")) event.target.closest("[data-para]").dataset.chosen = "yes";
    if (event.target.matches("[data-basis]")) speaking(event.target.closest("[data-para]"));
  });
  for (const block of text.all()) { block.dataset.chosen = "yes"; speaking(block); }
  typing(form, text);
  pressing(form);
  choosing(form);
  weighing(form, text);
});
