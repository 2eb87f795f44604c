/* The hash of a PDF is worked out on the device, and only the hash is asked for. Without this module, or without
   a secure connection, the form sends the file, which is compared and dropped. */

const form = document.querySelector("[data-check-file]");
const input = form.querySelector("input[type=file]");
const said = form.querySelector("[data-said]");
const words = form.dataset;

async function isPdf(file) {
  return (await file.slice(0, 5).text()) === "%PDF-";
}

async function hashOf(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function check(file) {
  if (!file || file.size > Number(words.most) || !(await isPdf(file))) {
    form.submit();
    return;
  }
  said.textContent = words.working;
  location.assign(words.checkFile.replace("0".repeat(64), await hashOf(file)));
}

if (globalThis.crypto?.subtle) {
  said.textContent = `${words.local} ${words.drop}`;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(input.files[0]);
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      check(input.files[0]);
    }
  });
}
