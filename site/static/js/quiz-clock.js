// The time left: announced at 10, 5 and 1 minutes, never each second; it can be hidden. When it is over
// quiz.js hands the page in.

const { $, on, say, announce } = window.aula;
const HIDDEN = "aula:time-hidden";
const clock = $("[data-timer]");

// The browser's own store may be full, switched off or forbidden; then the choice holds for this page.
const remembered = () => {
  try {
    return localStorage.getItem(HIDDEN) !== null;
  } catch {
    return false;
  }
};
const remember = (hidden) => {
  try {
    if (hidden) localStorage.setItem(HIDDEN, "true");
    else localStorage.removeItem(HIDDEN);
  } catch {}
};

if (clock) {
  const end = Date.now() + Number(clock.dataset.timer) * 1000;
  const told = new Set();
  const hide = $("[data-timer-hide]");
  const tick = () => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    clock.closest(".timer").classList.toggle("is-low", left <= 300);
    for (const minutes of [10, 5, 1]) {
      if (left > minutes * 60 || left <= minutes * 60 - 5 || told.has(minutes)) continue;
      told.add(minutes);
      announce(say("Left", { n: minutes }));
    }
    if (left) setTimeout(tick, 1000);
    else document.dispatchEvent(new Event("timeup"));
  };
  const setHidden = (hidden) => {
    clock.hidden = hidden;
    hide.setAttribute("aria-pressed", hidden);
    remember(hidden);
  };
  on(hide, "click", () => setHidden(!clock.hidden));
  if (remembered()) setHidden(true);
  tick();
}
