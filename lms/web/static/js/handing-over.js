// A file is sent as soon as it is chosen, and the answer of the server takes the place of the control. Without a line
// it stays chosen and goes when the line is back. The buttons of the form do the same without any of this.
const form = document.querySelector("[data-hand-over]");
const note = document.getElementById("saved");
const words = form.dataset;
let isSending = false;

const say = (text) => {
  if (note) note.textContent = text;
};

function take(page) {
  const hadFocus = form.querySelector("[data-asked]").contains(document.activeElement);
  for (const [place, found] of [
    [form.querySelector("[data-asked]"), page.querySelector("[data-hand-over] [data-asked]")],
    [note, page.getElementById("saved")],
  ]) {
    if (place && found) place.replaceChildren(...document.importNode(found, true).childNodes);
  }
  if (hadFocus) form.querySelector("input[type=file]")?.focus();
}

async function send() {
  const chosen = form.querySelector("input[type=file]");
  if (isSending || !chosen?.files.length) return;
  if (chosen.files[0].size > Number(chosen.dataset.most)) {
    say(words.tooLarge);
    return;
  }
  isSending = true;
  say(words.sending);
  const body = new FormData(form);
  body.set("go", "stay");
  try {
    const response = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (page.querySelector("[data-hand-over]")) take(page);
    else if (response.redirected) location.assign(response.url);
    else say(page.querySelector("main h1 ~ p")?.textContent.trim() || words.unsent);
  } catch {
    say(words.unsent);
  } finally {
    isSending = false;
  }
}

form.addEventListener("change", (event) => {
  if (event.target.matches("input[type=file]")) send();
});
addEventListener("online", send);
