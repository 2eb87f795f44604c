// The note under a question says when the answer was saved; when it was not, it must say that instead.
const note = document.getElementById("saved");
const form = document.querySelector("form[hx-post]");

function sayFailed() {
  note.textContent = note.dataset.failed;
}

form.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  // An expired session answers with the sign-in page: that is no note.
  const isOurs = new URL(xhr.responseURL).pathname === new URL(form.getAttribute("hx-post"), location.href).pathname;
  if (xhr.status >= 400 || !isOurs) {
    event.detail.shouldSwap = false;
    sayFailed();
  }
});
form.addEventListener("htmx:sendError", sayFailed);
form.addEventListener("htmx:timeout", sayFailed);
