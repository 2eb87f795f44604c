// Steps with a number each can also be dragged, or moved with two buttons. The numbers remain what is sent.
const selectOf = (step) => step.querySelector("select");
const wordsOf = (step) => step.querySelector("span");

function closeEnds(list) {
  [...list.children].forEach((step, at) => {
    step.querySelector("[data-move='-1']").disabled = at === 0;
    step.querySelector("[data-move='1']").disabled = at === list.children.length - 1;
  });
}

function number(list, moved) {
  [...list.children].forEach((step, at) => { selectOf(step).value = String(at + 1); });
  closeEnds(list);
  const place = [...list.children].indexOf(moved) + 1;
  list.parentElement.querySelector("[data-ordering-said]").textContent = list.dataset.said
    .replace("{step}", wordsOf(moved).textContent.trim())
    .replace("{place}", place)
    .replace("{total}", list.children.length);
  selectOf(moved).dispatchEvent(new Event("change", { bubbles: true }));
}

function move(list, step, to) {
  const others = [...list.children].filter((each) => each !== step);
  list.insertBefore(step, others[to] ?? null);
  number(list, step);
}

function button(list, step, by, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--sm";
  made.dataset.move = by;
  made.textContent = label;
  made.id = `${wordsOf(step).id}-${by}`;
  // «Bajar» alone would be the name of as many buttons as there are steps.
  made.setAttribute("aria-labelledby", `${made.id} ${wordsOf(step).id}`);
  made.addEventListener("click", () => {
    move(list, step, [...list.children].indexOf(step) + by);
    const twin = step.querySelector(`[data-move='${-by}']`);
    (made.disabled ? twin : made).focus();
  });
  step.append(made);
}

function enhance(list) {
  const steps = [...list.children];
  const place = (step) => Number(selectOf(step).value) || steps.length + 1;
  steps.sort((one, other) => place(one) - place(other)).forEach((step) => list.append(step));
  let dragged = null;
  for (const step of steps) {
    button(list, step, -1, list.dataset.up);
    button(list, step, 1, list.dataset.down);
    step.draggable = true;
    step.addEventListener("dragstart", () => { dragged = step; });
    step.addEventListener("dragover", (event) => event.preventDefault());
    step.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged && dragged !== step) move(list, dragged, [...list.children].indexOf(step));
    });
    selectOf(step).addEventListener("change", (event) => {
      if (event.isTrusted && selectOf(step).value) move(list, step, Number(selectOf(step).value) - 1);
    });
  }
  closeEnds(list);
}

const enhanceAll = () => document.querySelectorAll("[data-ordering]").forEach(enhance);
// Without a line answers.js brings the next question into the same page.
document.addEventListener("asked", enhanceAll);
enhanceAll();
