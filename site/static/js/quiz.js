// Answering questions: saving as one goes, with a connection and without. Pages work without it; the
// server decides what counts, this file only takes care that no work is lost on the way. The clock
// stands in quiz-clock.js, what helps to fill in a form in quiz-form.js.

const { $, $$, on, say, announce } = window.aula;

const form = $("form[data-autosave]");
const closed = $("[data-closed]");
const attempt = form?.dataset.autosave ?? closed?.dataset.closed;
const isQuestion = Boolean(form?.elements.slot);
// The clock of a device may be hours off: what is said of the time of an answer goes by the server's.
const skew = form?.dataset.now ? form.dataset.now * 1000 - Date.now() : 0;
const now = () => Date.now() + skew;

// The browser's own store may be full, switched off or forbidden; then memory alone has to do.
const store = {
  keys: () => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(`aula:${attempt}:`));
    } catch {
      return [];
    }
  },
  read: (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  write: (key, value) => {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch {}
  },
};

const isAnswer = (key) => /:\d+$/.test(key);
// What this tab alone has to know: the questions, and what was last put into each.
const tab = {
  read: (key) => {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write: (key, value) => {
    try {
      sessionStorage.setItem(key, value);
    } catch {}
  },
};
const forget = () => {
  store.keys().forEach((key) => store.write(key, null));
  try {
    sessionStorage.clear();
  } catch {}
};

// --- saving ------------------------------------------------------------------------------------
// What the server has not acknowledged, by slot: {id, fields, sequence, at, waited}. The id names one state
// of one page, so that sending it again, from here or after a reload, is one step on the server. What has
// waited for a connection is sent with its place in the order and its time: if the quiz was handed in
// meanwhile the server still keeps it.
const unsent = new Map();
const keyOf = (slot) => `aula:${attempt}:${slot}`;
const page = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36).padStart(2, "0")).join("");
const PAUSE = 700; // ms without a change before an answer is sent …
const FRESH = 10_000; // ms for which a line that worked is taken to work still
const LONGEST = 1500; // … and at most this long after the first change
// these take effect by a button alone: a file, a decision that cannot be taken back
const BY_BUTTON = ["csrfmiddlewaretoken", "files", "drop", "decision", "taken"];
let count = 0;
let changedAt = 0;
let timer = 0;
let failures = 0;
let sending = null;
let leaving = false;
let late = "";
let heardAt = Date.now();

const show = (key, values, bad = false) => {
  const box = $("[data-saved]");
  if (!box) return;
  const text = say(key, values);
  const span = $("span", box);
  if (bad && span.textContent !== text) announce(text);
  span.textContent = text;
  box.classList.toggle("saved--bad", bad);
};

const plan = (delay) => {
  clearTimeout(timer);
  timer = setTimeout(flush, delay);
};

const keep = () => {
  const slot = form.elements.slot.value;
  const id = `${page}-${++count}`;
  form.elements.client_id.value = id;
  const fields = [...new FormData(form)].filter(([name]) => !BY_BUTTON.includes(name));
  const sequence = (store.read(keyOf("n")) ?? 0) + 1;
  store.write(keyOf("n"), sequence);
  const waited = failures > 0 || !navigator.onLine;
  const entry = { id, fields, sequence, at: new Date(now()).toISOString(), waited, url: form.dataset.url };
  unsent.set(slot, entry);
  store.write(keyOf(slot), entry);
  tab.write(keyOf(slot), JSON.stringify(fields));
  tell();
  changedAt ||= Date.now();
  if (!failures) show("Saving");
  // while the line is down the retry that is already planned will carry this change too
  if (!failures) plan(Math.max(0, Math.min(PAUSE, changedAt + LONGEST - Date.now())));
};

// While a page is being loaded over this one, an acknowledgement may come after the new page was drawn:
// then the answer stays in the store, and the new page shows it and sends it again under the same id.
let departing = 0;
const tidy = () => {
  departing = 0;
  for (const key of store.keys()) if (isAnswer(key) && !unsent.has(key.slice(keyOf("").length))) store.write(key, null);
};
const depart = () => {
  clearTimeout(departing);
  departing = setTimeout(tidy, 60_000); // still here after a minute: it came to nothing
};

const done = (slot, id) => {
  if (unsent.get(slot)?.id !== id) return; // changed again meanwhile
  unsent.delete(slot);
  if (!departing) store.write(keyOf(slot), null);
};
const inOrder = () => [...unsent].sort(([, a], [, b]) => a.sequence - b.sequence);
const waiting = () => inOrder().filter(([, entry]) => entry.waited);

// "Not sent yet", with the numbers of the questions and a way to take the answers along.
const tell = () => {
  const box = $("[data-unsent]");
  if (!box) return;
  const slots = waiting().map(([slot]) => slot);
  box.hidden = !slots.length;
  $("[data-unsent-list]", box).textContent = say("Unsent", { list: slots.join(", ") });
};

// Returns true when the server has it, false when it must be sent again, null when it never will be.
const post = async (slot, entry) => {
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  if (entry.waited) {
    body.set("sequence", entry.sequence);
    body.set("answered_at", entry.at);
  }
  body.set("csrfmiddlewaretoken", $("[name=csrfmiddlewaretoken]").value);
  let answer, said;
  try {
    // a page that is going away may still send, but then no more than 64 kB
    const url = entry.url ?? (form ?? closed).dataset.url; // numbers are read in the language of their page
    answer = await fetch(url, { method: "POST", body, keepalive: document.hidden, redirect: "error" });
    said = await answer.json().catch(() => ({}));
  } catch {
    answer = { status: 0 };
  }
  if (answer.ok && said.time) {
    heardAt = Date.now();
    done(slot, entry.id);
    if (said.late) late = said.url;
    if (!unsent.size) show("Saved", { t: said.time });
    return true;
  }
  if (answer.status === 409 && !entry.waited && now() - Date.parse(entry.at) > LONGEST * 3) {
    entry.waited = true; // the device slept: it was given before it could be sent
    return post(slot, entry);
  }
  if (answer.status === 409) {
    // handed in, by another tab or by the clock: nothing more can be saved
    done(slot, entry.id);
    store.write(keyOf(slot), null);
    late = said.url;
    return null;
  }
  const lost = answer.status === 404 || answer.status === 422;
  if (answer.status === 422) done(slot, entry.id);
  if (answer.status === 404) unsent.delete(slot); // somebody else has signed in: it stays for its owner
  if (lost || answer.status === 403) show("Refused", {}, true);
  else {
    show(answer.status === 401 ? "Signedout" : "Unsaved", {}, true);
    entry.waited = true;
    store.write(keyOf(slot), entry);
  }
  return lost || answer.status === 403 ? null : false;
};

const sendAll = async () => {
  changedAt = 0;
  let again = false;
  // in order, and none before those that it follows
  for (const [slot, entry] of inOrder()) if ((again = (await post(slot, entry)) === false)) break;
  failures = again ? failures + 1 : 0;
  if (again) for (const [, entry] of unsent) entry.waited = true;
  tell();
  if (late && form && !again) {
    // handed in meanwhile
    leaving = true;
    location.assign(late);
  }
  if (again) plan(Math.min(60_000, 1_000 * 2 ** failures) * (0.75 + Math.random() / 2));
  else if (changedAt) plan(PAUSE);
};

const flush = () => {
  clearTimeout(timer);
  sending ??= sendAll().finally(() => (sending = null));
  return sending;
};

// --- without a connection ------------------------------------------------------------------------
// The questions of the paper are fetched once in a tab; while the line is down they take turns in the
// form. What needs the server, such as a check or handing in, says so.
const sheetsKey = keyOf(`sheets-${document.documentElement.lang}`);
const fetchSheets = async () => {
  try {
    const answer = await fetch(form.dataset.sheets, { redirect: "error" });
    if (answer.ok) tab.write(sheetsKey, await answer.text());
  } catch {}
};

// Whether the server can be reached; a line that is down does not always say so.
const isUp = () =>
  fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(5000) }).then(
    () => true,
    () => false,
  );

const leave = async (event) => {
  if (leaving) return;
  if (!navigator.onLine || failures) return goOn(event);
  if (Date.now() - heardAt < FRESH) return (leaving = true);
  event.preventDefault();
  if (!(await isUp())) return goOn(event);
  leaving = true;
  form.requestSubmit(event.submitter);
};

const goOn = (event) => {
  event.preventDefault();
  const go = event.submitter?.value ?? "next";
  const here = Number(form.elements.slot.value);
  const number = { next: here + 1, prev: here - 1 }[go] ?? Number(go);
  const all = new DOMParser().parseFromString(tab.read(sheetsKey) ?? "", "text/html");
  const sheet = number ? $(`[data-slot="${number}"]`, all) : null;
  flush();
  if (!sheet) return show("Needsline", {}, true);
  $("[data-sheet]").replaceChildren(...sheet.childNodes);
  $$("[data-sheet] button[name=go]").forEach((button) => (button.hidden = true));
  $$("[data-sheet] [data-js]").forEach((part) => (part.hidden = false));
  form.elements.slot.value = number;
  form.action = sheet.dataset.action;
  history.replaceState(null, "", form.action);
  const seen = tab.read(keyOf(number));
  if (seen) restore(JSON.parse(seen));
  for (const button of $$(".qnav button")) {
    if (button.value === String(number)) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
    if (tab.read(keyOf(button.value))) button.closest("li").classList.add("done");
  }
  document.dispatchEvent(new Event("sheet"));
  const head = $("h1");
  document.title = head.textContent;
  head.tabIndex = -1;
  head.focus();
};

on($("[data-unsent-file]"), "click", () => {
  const answers = waiting().map(([slot, { sequence, at, id, fields }]) => ({ slot, sequence, at, id, fields }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify({ attempt, answers }, null, 1)], { type: "application/json" }));
  link.download = `${say("File", { t: new Date().toISOString().slice(0, 16).replace(":", "-") })}.json`;
  link.click();
});

// An answer that a lost line or a closed window has left behind is put back and sent first.
const restore = (fields) => {
  const given = fields.filter(([name]) => !["slot", "client_id", "go"].includes(name));
  for (const field of [...form.elements]) {
    const values = given.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = field.name === "flag" ? values.length > 0 : values.includes(field.value);
    } else if (values.length) field.value = values[0];
  }
  const list = $("[data-order]", form);
  const names = given.map(([name]) => name);
  if (list) list.append(...[...list.children].sort((a, b) => names.indexOf($("select", a).name) - names.indexOf($("select", b).name)));
};

for (const key of store.keys().filter(isAnswer)) {
  const entry = store.read(key);
  const slot = key.slice(keyOf("").length);
  if (!entry?.fields) continue;
  unsent.set(slot, { sequence: 1, at: new Date().toISOString(), ...entry, waited: true });
  if (isQuestion && slot === form.elements.slot.value) restore(entry.fields);
}

// Once it is handed in, what had waited is sent, and nothing of an attempt stays on a device that others
// may use.
if (closed)
  flush().then(() => {
    if (late) $("[data-late]").hidden = false;
    if (!unsent.size) forget();
  });

if (form) {
  if (unsent.size) {
    show("Saving");
    flush();
  }
  if (isQuestion) {
    on(form, "input", (event) => BY_BUTTON.includes(event.target.name) || keep());
    on(form, "submit", leave);
    // a check has changed what the question says
    if (!tab.read(sheetsKey) || location.hash) fetchSheets();
  } else {
    on(form, "submit", async (event) => {
      if (!unsent.size) return;
      event.preventDefault();
      await flush();
      if (!unsent.size && !leaving) form.submit();
    });
  }
  on(window, "online", () => unsent.size && flush());
  on(window, "offline", () => show("Unsaved", {}, true));
  on(window, "pagehide", () => unsent.size && !leaving && flush());
  on(document, "visibilitychange", () => document.hidden && unsent.size && !leaving && flush());
  on(window, "pageshow", (event) => {
    if (!event.persisted) return;
    leaving = false;
    tidy();
  });
  on(window, "beforeunload", (event) => {
    depart();
    if (unsent.size && !leaving) event.preventDefault();
  });
}

// When the time is over the page is handed in, as soon as the server can be reached.
const timeUp = async () => {
  if (unsent.size) await flush();
  if (late || leaving) return;
  if (!(await isUp())) return setTimeout(timeUp, 5000);
  leaving = true;
  if (isQuestion) {
    const go = document.createElement("input");
    [go.type, go.name, go.value] = ["hidden", "go", "timeup"];
    form.append(go);
  }
  form.submit();
};
on(document, "timeup", timeUp);
