// The form in which a question is written: while one types, the preview follows. Without this file a
// button shows it.

const form = document.querySelector("[data-author]");
const preview = document.querySelector("[data-preview]");
const PAUSE = 700; // milliseconds without a key
let timer;
let asked = 0;

const show = async () => {
  const number = ++asked;
  const data = new FormData(form);
  data.set("do", "live");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data });
    const drawn = answer.ok && !answer.redirected ? await answer.text() : "";
    // an older answer never replaces a newer one
    if (!drawn || number !== asked) return;
    // who chooses a language with the keyboard goes on from there, although the list is drawn anew
    const held = preview.contains(document.activeElement) ? document.activeElement.id : "";
    preview.innerHTML = drawn;
    if (held) document.getElementById(held)?.focus();
  } catch {
    // no connection: the preview stays as it is
  }
};

if (form && preview) {
  form.addEventListener("input", (event) => {
    const choosing = event.target.closest("[data-preview]");
    // an answer that is being tried is not redrawn under the hand
    if (choosing && !event.target.name.startsWith("try-")) return;
    clearTimeout(timer);
    timer = setTimeout(show, choosing ? 0 : PAUSE);
  });
  if (!preview.querySelector(".part__seen")) show();
}
