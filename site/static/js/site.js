// Progressive enhancement of every page: each works without this file. No inline handlers and no
// style attributes, so that the strict Content-Security-Policy holds. Questions have quiz.js and its like.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (element, event, listener) => element?.addEventListener(event, listener);

// Words come from the page (data-t-* on body), so that translators see them.
const say = (key, values = {}) =>
  (document.body.dataset["t" + key] ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// One polite live region for the page; quiz.js writes to the same element.
const live = $("#live");
const announce = (text) => {
  live.textContent = "";
  setTimeout(() => (live.textContent = text), 60); // a change of text is what gets read out
};

// For the scripts of questions, which come after this one.
window.aula = { $, $$, on, say, announce };

// Controls that mean nothing without script are in the page with [data-js], hidden.
$$("[data-js]").forEach((element) => (element.hidden = false));

// Menus: close on Escape, when the focus leaves, and on a press outside.
const menus = $$("details.menu");
on(document, "click", (event) => {
  menus.forEach((menu) => menu.contains(event.target) || (menu.open = false));
});
menus.forEach((menu) => {
  on(menu, "focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  on(menu, "keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    $("summary", menu).focus();
  });
});

// Outline drawer: a plain link to #outline opens it (:target). Script adds Escape, a page behind that
// cannot be reached, and the focus in and back.
const outline = $("#outline");
const opener = $("[data-outline-open]");
const shut = $("[data-outline-close]");
if (outline && opener && shut) {
  const narrow = matchMedia("(max-width:65.99rem)");
  const isOpen = () => narrow.matches && location.hash === "#outline";
  const sync = () => {
    opener.setAttribute("aria-expanded", isOpen());
    $$("[data-behind]").forEach((element) => (element.inert = isOpen()));
    if (isOpen()) shut.focus();
  };
  const close = () => {
    location.hash = "main";
    sync();
    opener.focus();
  };
  on(window, "hashchange", sync);
  on(narrow, "change", sync);
  on(shut, "click", (event) => {
    event.preventDefault();
    close();
  });
  on(document, "keydown", (event) => event.key === "Escape" && isOpen() && close());
  on(outline, "click", (event) => event.target === outline && close());
  sync();
}

// Glossary terms link to the list at the foot of the page; with script the meaning opens under the
// paragraph.
$$("a.term").forEach((term) => {
  const entry = document.getElementById(decodeURIComponent(term.hash.slice(1)));
  const meaning = entry && $("[data-def]", entry);
  if (!meaning) return;
  let note;
  const toggle = (open) => {
    if (open && !note) {
      note = document.createElement("div");
      note.className = "term-note block";
      note.id = entry.id + "-note-" + $$(".term-note").length;
      note.append(...[...meaning.childNodes].map((node) => node.cloneNode(true)));
      if (meaning.lang) [note.lang, note.dir] = [meaning.lang, meaning.dir];
      const host = term.closest("p, li") ?? term;
      if (host.localName === "li") host.append(note);
      else host.after(note);
      term.setAttribute("aria-controls", note.id);
    }
    if (note) note.hidden = !open;
    term.setAttribute("aria-expanded", open);
    if (open) announce(note.textContent);
  };
  term.setAttribute("role", "button");
  term.setAttribute("aria-expanded", "false");
  on(term, "click", (event) => {
    event.preventDefault();
    toggle(term.getAttribute("aria-expanded") !== "true");
  });
  on(term, "keydown", (event) => {
    if (event.key === "Escape") toggle(false);
    if (event.key !== " ") return;
    event.preventDefault();
    term.click();
  });
});

// Knowledge check: the server answers a plain POST; when the explanations are in the page
// (.kc__answer[data-for]) they open without leaving it.
$$("form[data-check]").forEach((form) => {
  on(form, "submit", (event) => {
    const picked = $("input:checked", form);
    const answer = picked && $$(".kc__answer", form).find((box) => box.dataset.for.split(" ").includes(picked.value));
    if (picked && !answer) return;
    event.preventDefault();
    if (!picked) {
      announce(say("Pick"));
      $("input:not([type=hidden])", form).focus();
      return;
    }
    $$(".kc__answer", form).forEach((box) => box.classList.toggle("is-shown", box === answer));
    answer.tabIndex = -1;
    answer.focus();
  });
});

// Tables: tick all, and say how many rows are ticked.
$$("[data-rows]").forEach((form) => {
  const all = $("[data-all]", form);
  const boxes = $$("tbody input[type=checkbox]", form);
  const sync = () => {
    const count = boxes.filter((box) => box.checked).length;
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    boxes.forEach((box) => box.closest("tr").classList.toggle("is-on", box.checked));
    $("[data-count]", form).textContent = say("Rows", { n: count });
  };
  on(form, "change", (event) => {
    if (event.target === all) boxes.forEach((box) => (box.checked = all.checked));
    sync();
  });
  sync();
});

// Small conveniences.
$$("[data-print]").forEach((button) => on(button, "click", () => print()));
$$("[data-copy]").forEach((button) => {
  on(button, "click", async () => {
    try {
      await navigator.clipboard.writeText($(button.dataset.copy).textContent.trim());
      announce(say("Copied"));
    } catch {
      getSelection().selectAllChildren($(button.dataset.copy)); // no permission: ready to copy by hand
    }
  });
});

// A page that waits for work: what has changed is exchanged in place; without script the page reloads.
const lookAgain = (region) =>
  setTimeout(async () => {
    let next = region;
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = answer.ok && $("[data-waits]", page);
      const busy = region.contains(document.activeElement);
      if (fresh && (!busy || !fresh.dataset.waits)) {
        region.replaceWith(fresh);
        next = fresh;
        if (!next.dataset.waits) announce($("[data-said]", next).textContent);
        if (busy) next.focus();
      }
    } catch {
      // no line: the next look may find one
    }
    if (next.dataset.waits) lookAgain(next);
  }, region.dataset.waits * 1000);
$$("[data-waits]").forEach((region) => region.dataset.waits && lookAgain(region));

// What is folded away is printed too, then folded again.
let folded = [];
on(window, "beforeprint", () => {
  folded = $$("details:is(.reveal, .fold, .plain):not([open])");
  folded.forEach((details) => (details.open = true));
});
on(window, "afterprint", () => folded.forEach((details) => (details.open = false)));

// Answers that wait on this device for a connection are sent from any page; pages of quizzes do it themselves.
const sent = $("[data-sent]");
let left = false;
try {
  left = Object.keys(localStorage).some((key) => /^aula:[0-9a-f-]{36}:\d+$/.test(key));
} catch {} // no store, nothing left
if (sent && left && !$("[data-autosave], [data-closed]")) import(sent.dataset.sent);

// After a failed form the list of problems is the first thing reached.
$("[data-problems]")?.focus();
