// Grading with the keyboard: a number chooses the level of the criterion in focus, or of the first one without a
// level; N and P go to the next and the previous answer. Without this script the form and the links do the same.
const form = document.querySelector("[data-grading]");
const criteria = form ? [...form.querySelectorAll("[data-criterion]")] : [];
const isWriting = (target) => target.matches("textarea, select, input:not([type=radio])");

function choose(number) {
  const inFocus = criteria.find((each) => each.contains(document.activeElement));
  const open = criteria.find((each) => !each.querySelector("input:checked"));
  const criterion = inFocus && !inFocus.querySelector("input:checked") ? inFocus : open || inFocus;
  const level = criterion?.querySelectorAll("input")[number - 1];
  if (!level) return;
  level.checked = true;
  level.focus();
}

if (form) {
  form.querySelector("[data-keys]").hidden = false;
  for (const button of form.querySelectorAll("button[name=insert]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const comment = form.elements.comment;
      const text = button.parentElement.querySelector("[data-text]").textContent;
      comment.value = [comment.value, text].filter(Boolean).join("\n");
      comment.focus();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (/^[1-9]$/.test(event.key)) choose(Number(event.key));
    const link = { n: "[data-next]", p: "[data-previous]" }[event.key.toLowerCase()];
    if (link) document.querySelector(link)?.click();
  });
}
