// Steps with a number each can also be dragged, or moved with two buttons. The numbers remain what is sent.
const list = document.querySelector("[data-ordering]");
const said = document.querySelector("[data-ordering-said]");
const selectOf = (step) => step.querySelector("select");

function number(moved) {
  [...list.children].forEach((step, at) => {
    selectOf(step).value = String(at + 1);
    step.querySelector("[data-move='-1']").disabled = at === 0;
    step.querySelector("[data-move='1']").disabled = at === list.children.length - 1;
  });
  const place = [...list.children].indexOf(moved) + 1;
  said.textContent = list.dataset.said
    .replace("{step}", moved.querySelector("span").textContent.trim())
    .replace("{place}", place)
    .replace("{total}", list.children.length);
  selectOf(moved).dispatchEvent(new Event("change", { bubbles: true }));
}

function move(step, to) {
  const others = [...list.children].filter((each) => each !== step);
  list.insertBefore(step, others[to] ?? null);
  number(step);
}

function button(step, by, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--sm";
  made.dataset.move = by;
  made.textContent = label;
  made.setAttribute("aria-describedby", step.querySelector("span").id);
  made.addEventListener("click", () => {
    move(step, [...list.children].indexOf(step) + by);
    const twin = step.querySelector(`[data-move='${-by}']`);
    (made.disabled ? twin : made).focus();
  });
  step.append(made);
}

if (list) {
  const steps = [...list.children];
  const place = (step) => Number(selectOf(step).value) || steps.length + 1;
  steps.sort((one, other) => place(one) - place(other)).forEach((step) => list.append(step));
  let dragged = null;
  for (const step of steps) {
    button(step, -1, list.dataset.up);
    button(step, 1, list.dataset.down);
    step.draggable = true;
    step.addEventListener("dragstart", () => { dragged = step; });
    step.addEventListener("dragover", (event) => event.preventDefault());
    step.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged && dragged !== step) move(dragged, [...list.children].indexOf(step));
    });
    selectOf(step).addEventListener("change", (event) => {
      if (event.isTrusted && selectOf(step).value) move(step, Number(selectOf(step).value) - 1);
    });
  }
}
