// The note under a question says when the answer was saved; when it was not, it must say that instead.
const note = document.getElementById("saved");
const form = document.querySelector("form[hx-post]");

function sayFailed() {
  note.textContent = note.dataset.failed;
}

form.addEventListener("htmx:before:response", (event) => {
  const { raw, status } = event.detail.ctx.response;
  // An expired session leads to the sign-in page: that is no note.
  if (status >= 400 || raw.redirected) {
    event.preventDefault();
    sayFailed();
  }
});
form.addEventListener("htmx:error", sayFailed);
