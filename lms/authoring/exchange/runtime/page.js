// What a page of a package does in the browser: it says that it was read, and grades a quiz that came with its keys.
// It announces both as events; an adapter (scorm.js or cmi5.js) tells the learning system around it, and says with
// "ruta:resumed" what that system remembers of the page. Nothing is drawn before that.
"use strict";
(() => {
  const announce = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  const finish = document.querySelector("[data-finish]");
  const showFinished = () => {
    document.querySelector("[data-finish-state]").textContent = finish.dataset.done;
    finish.disabled = true;
  };
  finish?.addEventListener("click", () => {
    showFinished();
    announce("ruta:finished", {});
  });
  document.addEventListener("ruta:resumed", ({ detail }) => detail.done && finish && showFinished(), { once: true });

  const form = document.querySelector("[data-quiz]");
  if (!form) return;
  const keys = JSON.parse(form.querySelector("[data-keys]").textContent);
  const fields = [...form.querySelectorAll("[data-question]")];
  const isGraded = (field) => keys.some((key) => key.id === field.dataset.question);
  const grade = form.querySelector("[data-grade]");
  const again = form.querySelector("[data-again]");
  const place = form.querySelector("[data-score]");
  let mark = Number(form.dataset.pass);
  let hasOneTry = false;

  // A number that the seed and a name decide, the same in every browser (FNV-1a with a final mix).
  const rank = (seed, name) => {
    let value = 2166136261;
    for (const letter of `${seed}:${name}`) value = Math.imul(value ^ letter.codePointAt(0), 16777619);
    value = Math.imul(value ^ (value >>> 16), 2246822507);
    value = Math.imul(value ^ (value >>> 13), 3266489909);
    return (value ^ (value >>> 16)) >>> 0;
  };
  const shuffled = (items, seed, name) =>
    items.map((item) => [rank(seed, name(item)), item]).sort(([one], [other]) => one - other).map(([, item]) => item);

  // Questions outside the bank are always asked; of those in it, as many as each line of the draw takes of what the
  // lines before it left. What only the platform can grade is left out.
  const draw = (seed) => {
    const pool = shuffled(fields.filter((field) => "pool" in field.dataset && isGraded(field)), seed, (field) => field.dataset.question);
    const drawn = new Set("draw" in form.dataset ? [] : pool);
    for (const [line, count] of (form.dataset.draw ?? "").split(" ").filter(Boolean).entries()) {
      const fits = (field) => !drawn.has(field) && field.dataset.pool.split(" ").includes(String(line));
      for (const field of pool.filter(fits).slice(0, Number(count))) drawn.add(field);
    }
    if ("reorder" in form.dataset) {
      const end = form.querySelector("[data-grade]").parentElement;
      end.before(...shuffled(fields, seed, (field) => `place:${field.dataset.question}`));
      fields.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    }
    let number = 0;
    for (const field of fields) {
      field.hidden = field.disabled = !isGraded(field) || ("pool" in field.dataset && !drawn.has(field));
      if (field.hidden) continue;
      number += 1;
      const legend = field.querySelector("legend");
      legend.textContent = legend.textContent.replace(/\d+/, number);
      if (!("shuffle" in form.dataset)) continue;
      const end = field.querySelector("[data-feedback]");
      const labels = [...field.querySelectorAll("[data-option]")];
      end.before(...shuffled(labels, seed, (label) => `${field.dataset.question}:${label.firstElementChild.value}`));
    }
  };

  const begin = (kept) => {
    const seed = Number.isInteger(kept) ? kept : Math.floor(Math.random() * 2 ** 31);
    form.reset();
    for (const field of fields) field.querySelector("[data-feedback]").replaceChildren();
    draw(seed);
    grade.disabled = false;
    again.hidden = true;
    if (seed !== kept) announce("ruta:kept", { seed });
  };

  // What a form would send: chosen options, "part:value" where a question has parts, or what is written.
  const given = (field) => {
    const isFilled = ({ value }) => value.trim() !== "";
    return [
      ...[...field.querySelectorAll("input:checked")].map((input) => input.value),
      ...[...field.querySelectorAll("[data-part]")].filter(isFilled).map((part) => `${part.dataset.part}:${part.value}`),
      ...[...field.querySelectorAll("[data-text]")].filter(isFilled).map((input) => input.value),
    ];
  };

  const tell = (field, question, { fraction, told }) => {
    const feedback = field.querySelector("[data-feedback]");
    feedback.replaceChildren();
    // Options say themselves whether they are right; what is written or arranged needs a word of its own.
    if (!field.querySelector("[data-option]")) {
      feedback.append(fraction === 1 ? feedback.dataset.right : feedback.dataset.wrong);
    }
    for (const each of told) {
      if (!each.feedback) continue;
      const box = document.createElement("div");
      box.innerHTML = each.feedback;
      feedback.append(box);
    }
  };

  const say = (scaled, isPassed) => {
    // What is measured before the course, or after it, has no mark: it is neither passed nor failed.
    const verdict = mark > 0 ? `, ${isPassed ? place.dataset.passed : place.dataset.failed}` : "";
    const result = `${place.dataset.words} ${Math.round(scaled * 100)} %${verdict}.`;
    place.textContent = !isPassed && hasOneTry ? `${result} ${place.dataset.reopen}` : result;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (grade.disabled) return;
    const asked = fields.filter((field) => !field.hidden);
    let total = 0;
    for (const field of asked) {
      const question = keys.find((each) => each.id === field.dataset.question);
      const graded = globalThis.rutaGrade(question, given(field));
      total += graded.fraction;
      tell(field, question, graded);
    }
    const scaled = asked.length ? total / asked.length : 0;
    const passed = asked.length > 0 && scaled >= mark - 1e-9;
    grade.disabled = true;
    again.hidden = passed || hasOneTry;
    say(scaled, passed);
    // The next attempt draws its own questions.
    announce("ruta:kept", { seed: null });
    announce("ruta:scored", { scaled, passed: mark > 0 ? passed : null });
    if (mark === 0) announce("ruta:finished", {});
  });
  again.addEventListener("click", () => {
    place.textContent = "";
    begin(null);
    fields.find((field) => !field.hidden)?.querySelector("input, select")?.focus();
  });
  document.addEventListener(
    "ruta:resumed",
    ({ detail }) => {
      mark = detail.mark ?? mark;
      begin(detail.seed);
      if (detail.best !== undefined) say(detail.best, detail.passed);
      hasOneTry = Boolean(detail.hasOneTry);
    },
    { once: true },
  );
})();
