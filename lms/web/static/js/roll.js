// One key for each person of a roll call: the letter chooses the mark and leads to the next person.
// Without this script the arrows choose and the tabulator leads on, as in any form.
const radios = (person) => [...person.querySelectorAll("input[type=radio]")].filter((each) => !each.disabled);

function lead(person, form) {
  const marks = person ? radios(person) : [];
  const target = marks.find((each) => each.checked) ?? marks[0] ?? form.querySelector(".roll__save button");
  target?.focus();
}

function next(person) {
  return person.closest("li").nextElementSibling?.querySelector(".roll__person");
}

const list = document.querySelector(".roll");
if (list) {
  const form = list.closest("form");
  document.querySelectorAll("[data-roll-keys]").forEach((each) => { each.hidden = false; });
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.type !== "radio") return;
    const person = event.target.closest(".roll__person");
    const chosen = radios(person).find((each) => each.dataset.key === event.key.toUpperCase());
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = true;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    const note = person.querySelector(".roll__note input");
    if (chosen.dataset.role === "excused") {
      chosen.focus();
      note?.focus();
    } else {
      lead(next(person), form);
    }
  });
}
