// What a page of a package does in the browser: it says that it was read, and grades a quiz that came with its keys.
// It announces both as events; an adapter (scorm.js or cmi5.js) tells the learning system around it.
"use strict";
(() => {
  const announce = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  const finish = document.querySelector("[data-finish]");
  finish?.addEventListener("click", () => {
    document.querySelector("[data-finish-state]").textContent = finish.dataset.done;
    finish.disabled = true;
    announce("ruta:finished", {});
  });

  const form = document.querySelector("[data-quiz]");
  if (!form) return;
  const keys = JSON.parse(form.querySelector("[data-keys]").textContent);

  // Everything for exactly the right options; where the author asks for it, each right one counts for and each wrong
  // one against, and the sum never falls below nothing.
  const fraction = (question, chosen) => {
    const right = question.options.filter((option) => option.right).map((option) => option.key);
    const hits = chosen.filter((key) => right.includes(key)).length;
    if (hits === right.length && chosen.length === right.length) return 1;
    return question.partial && chosen.length ? Math.max(0, (2 * hits - chosen.length) / right.length) : 0;
  };

  const tell = (field, question, chosen) => {
    const place = field.querySelector("[data-feedback]");
    place.replaceChildren();
    for (const option of question.options) {
      if (!chosen.includes(option.key) || !option.feedback) continue;
      const box = document.createElement("div");
      box.innerHTML = option.feedback;
      place.append(box);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    let total = 0;
    for (const question of keys) {
      const field = [...form.querySelectorAll("[data-question]")].find((each) => each.dataset.question === question.id);
      const chosen = [...field.querySelectorAll("input:checked")].map((input) => input.value);
      total += fraction(question, chosen);
      tell(field, question, chosen);
    }
    const scaled = keys.length ? total / keys.length : 0;
    const passed = scaled >= Number(form.dataset.pass) - 1e-9;
    const place = form.querySelector("[data-score]");
    place.textContent = `${place.dataset.words} ${Math.round(scaled * 100)} %, ${passed ? place.dataset.passed : place.dataset.failed}.`;
    announce("ruta:scored", { scaled, passed });
  });
})();
