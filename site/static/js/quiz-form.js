// What helps to fill in the form of a question. It works without: selects put items in order, too.

const { $, $$, on, say, announce } = window.aula;

// Selects with a place number work alone; here they move the item, as do the Up and Down buttons.
const putInOrder = (list) => {
  const refresh = () => {
    [...list.children].forEach((item, index, all) => {
      $("select", item).value = index + 1;
      $("[data-up]", item).disabled = index === 0;
      $("[data-down]", item).disabled = index === all.length - 1;
    });
  };
  const moved = (item) => {
    refresh();
    $$(".is-moved", list).forEach((other) => other.classList.remove("is-moved"));
    item.classList.add("is-moved");
    announce(say("Moved", { n: [...list.children].indexOf(item) + 1, of: list.children.length }));
    list.dispatchEvent(new Event("input", { bubbles: true }));
  };
  on(list, "click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const item = button.closest("li");
    if ("up" in button.dataset) item.previousElementSibling.before(item);
    else item.nextElementSibling.after(item);
    moved(item);
    (button.disabled ? $("button:not([disabled])", item) : button).focus();
  });
  on(list, "change", (event) => {
    const item = event.target.closest("li");
    const others = [...list.children].filter((other) => other !== item);
    const before = others[event.target.value - 1];
    if (before) before.before(item);
    else list.append(item);
    moved(item);
    event.target.focus();
  });
  refresh();
};

// Counting the words of an essay.
const countWords = (field) => {
  const out = document.getElementById(field.dataset.words);
  const recount = () => (out.textContent = say("Words", { n: (field.value.match(/\S+/g) ?? []).length }));
  on(field, "input", recount);
  recount();
};

const begin = () => {
  $$("[data-order]").forEach(putInOrder);
  $$("[data-words]").forEach(countWords);
};
begin();
on(document, "sheet", begin); // another question in the same form, without a connection
