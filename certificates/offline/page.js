// The page: the words of the chosen language, the places where a code is handed in, and the answer.

const $ = (id) => document.getElementById(id);
const DATA = JSON.parse($("data").textContent);
const LOOKS = { valid: "ok", revoked: "bad", superseded: "bad", altered: "bad" };
const SIGNS = { ok: "check", bad: "cross", none: "help" };

let language = DATA.languages[0].code;
let list = null;
let shown = null; // the answer on the page, to be put in other words when the language changes

const say = (key, values = {}) => DATA.words[language][key].replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
const locale = () => (language === "en" ? "en-GB" : language) + "-u-nu-latn";
const day = (date) => new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeZone: "UTC" }).format(date);
const number = (value) => new Intl.NumberFormat(locale()).format(value);

// --- languages ------------------------------------------------------------------------------------
const speak = (code) => {
  const chosen = DATA.languages.find((one) => one.code === code);
  language = code;
  [document.documentElement.lang, document.documentElement.dir] = [code, chosen.direction];
  document.querySelectorAll("[data-t]").forEach((element) => (element.textContent = say(element.dataset.t)));
  document.querySelector("label[for=language]").textContent = say("language");
  $("language").value = code;
  tellAge();
  if (shown) show(shown);
  else document.title = say("title");
};

const preferred = () => {
  const known = DATA.languages.map(({ code }) => code);
  return navigator.languages.map((tag) => tag.split("-")[0].toLowerCase()).find((code) => known.includes(code)) ?? known[0];
};

// --- the list ---------------------------------------------------------------------------------------
const isOld = () => Date.now() > list.nextUpdate;

const tellAge = () => {
  if (!list) return;
  $("age").classList.toggle("notice--warn", isOld());
  $("age-text").textContent = say(isOld() ? "age_old" : "age", { date: day(list.issued) });
};

const takeList = async (text) => {
  let told;
  try {
    const newer = await openList(text, DATA.keys);
    if (newer.issued >= list.issued) list = newer;
    told = say("list_taken", { date: day(list.issued) });
  } catch {
    told = say("list_refused");
  }
  tellAge();
  $("list-told").textContent = told;
};

// --- the answer -------------------------------------------------------------------------------------
const fact = (name, value, attributes = {}) => {
  const [row, term, said, words] = ["div", "dt", "dd", "bdi"].map((tag) => document.createElement(tag));
  term.textContent = name;
  words.textContent = value;
  Object.assign(words, attributes);
  said.append(words);
  row.append(term, said);
  return row;
};

const written = ({ text, digest }) => (digest ? text + "…" : text);

const facts = (statement) => {
  const rows = [
    fact(say("name"), written(statement.name)),
    fact(say("course"), written(statement.course), { lang: statement.language }),
    fact(say("kind"), say("kind_" + statement.kind)),
    fact(say("completed"), day(statement.completed)),
    fact(say("hours"), number(statement.hours)),
    fact(say("issued"), day(statement.issued)),
  ];
  if (statement.validUntil) rows.push(fact(say("valid_until"), day(statement.validUntil)));
  rows.push(fact(say("number"), statement.number, { dir: "ltr" }), fact(say("key"), statement.key.kid, { dir: "ltr" }));
  return rows;
};

// What did not fit into the code is checked by its hash: whoever has the paper types it.
const whole = (which, value) => {
  const form = document.createElement("form");
  const [field, label, hint, input, told] = ["div", "label", "span", "input", "p"].map((tag) => document.createElement(tag));
  const button = document.createElement("button");
  form.className = "flow";
  field.className = "field";
  [label.textContent, label.htmlFor, input.id] = [say("whole_" + which), "whole-" + which, "whole-" + which];
  [hint.textContent, hint.className, hint.id] = [say("whole_hint"), "hint", "hint-" + which];
  [input.className, input.autocomplete] = ["input", "off"];
  input.setAttribute("aria-describedby", hint.id);
  [button.textContent, button.className] = [say("compare"), "btn btn--2 btn--s"];
  told.setAttribute("role", "status");
  field.append(label, hint, input);
  form.append(field, button, told);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    told.textContent = say(agrees(value, input.value) ? "whole_same" : "whole_other");
  });
  return form;
};

const show = (answer) => {
  shown = answer;
  const { verdict, statement, since } = answer;
  const look = LOOKS[verdict] ?? "none";
  const values = { issuer: DATA.issuer, listed: day(list.issued) };
  if (since) values.date = day(since);
  if (statement?.validUntil) values.until = day(statement.validUntil);
  $("box").className = `verdict verdict--${look}`;
  $("box").firstElementChild.replaceWith(document.querySelector(`[data-sign=${SIGNS[look]}]`).firstElementChild.cloneNode(true));
  $("verdict").textContent = say(verdict);
  $("reason").textContent = say("why_" + verdict, values) + (isOld() ? " " + say("age_old", { date: values.listed }) : "");
  $("facts").replaceChildren(...(statement ? facts(statement) : []));
  const cut = statement ? ["name", "course"].filter((which) => statement[which].digest) : [];
  $("cut").replaceChildren(...cut.map((which) => whole(which, statement[which])));
  document.title = say(verdict);
  // one heading of the first rank at a time
  $("title").hidden = true;
  $("again").hidden = false;
  $("other").classList.add("mt2");
  $("answer").hidden = false;
};

const check = async (text) => {
  show(await judge(text, { keys: DATA.keys, site: DATA.site, list }));
  $("answer").focus();
  $("answer").scrollIntoView();
};

// --- handing in -------------------------------------------------------------------------------------
const readsPhotos = async () => {
  try {
    return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
  } catch {
    return false;
  }
};

const readPhoto = async (file) => {
  try {
    const codes = await new BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(file));
    if (codes.length) return codes[0].rawValue;
  } catch {
    // not a picture that the browser can read
  }
  return null;
};

const begin = async () => {
  list = await openList(DATA.list, DATA.keys);
  speak(preferred());
  $("language").addEventListener("change", (event) => speak(event.target.value));
  $("print").addEventListener("click", () => print());
  $("paste").addEventListener("submit", (event) => {
    event.preventDefault();
    if ($("text").value.trim()) check($("text").value);
    else $("text").focus();
  });
  // a chosen file is let go, because choosing one of the same name again would not be told
  const chosen = (field, take) =>
    $(field).addEventListener("change", async ({ target }) => {
      const [file] = target.files;
      if (!file) return;
      await take(file);
      target.value = "";
    });
  chosen("list", async (file) => takeList(await file.text()));
  if (!(await readsPhotos())) return;
  $("photo-field").hidden = false;
  $("no-photo").hidden = true;
  chosen("photo", async (file) => {
    const text = await readPhoto(file);
    $("photo-error").textContent = text ? "" : say("photo_unread");
    if (text) await check(text);
  });
};

begin();
