/* Small pieces of page. Text always goes in as text, so nothing that somebody wrote becomes markup. */

/* Return an element: attributes by name, then its children or its text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children);
  return element;
}

let asked = 0;

/* Ask with a native dialog and return the value of the button pressed, "" when it was left with Escape.
   `buttons` are pairs of value and text, the main one first; `form` receives the form to read it after. */
export function ask({ title, content, buttons, wide = false, kind = "" }) {
  asked += 1;
  const heading = make("h2", { id: `dialog-${asked}`, class: "h4" }, title);
  const row = make("p", { class: "row gap-2" }, ...buttons.map(buttonOf));
  const form = make("form", { method: "dialog", class: "dialog__inner" }, heading, ...content, row);
  const dialog = make(
    "dialog",
    { class: `dialog${wide ? " dialog--wide" : ""}`, "aria-labelledby": heading.id, "data-dialog": kind },
    form,
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

function buttonOf([value, text, attributes = {}], index) {
  const style = `button button--sm${index ? "" : " button--primary"}`;
  return make("button", { class: style, value, type: "submit", ...attributes }, text);
}
