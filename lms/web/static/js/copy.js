/* Links marked data-copy become buttons that copy their address. Without this module they stay links. */

for (const link of document.querySelectorAll("a[data-copy]")) {
  if (navigator.clipboard) {
    replace(link);
  }
}

function replace(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  const label = button.querySelector("span");
  label.textContent = link.dataset.copyLabel;
  /* Its own element: a live region inside the button would take the button's name away. */
  const status = document.createElement("span");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  button.addEventListener("click", () => copy(link, label, status));
  link.replaceWith(button, status);
}

async function copy(link, label, status) {
  try {
    await navigator.clipboard.writeText(link.dataset.copy);
  } catch {
    location.assign(link.href);
    return;
  }
  label.textContent = status.textContent = link.dataset.copied;
  setTimeout(() => {
    label.textContent = link.dataset.copyLabel;
    status.textContent = "";
  }, 3000);
}
