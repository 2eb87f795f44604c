/* Links marked data-copy become buttons that copy their address. Without this module they stay links. */

for (const link of document.querySelectorAll("a[data-copy]")) {
  if (navigator.clipboard) {
    link.replaceWith(buttonFor(link));
  }
}

function buttonFor(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  const label = button.querySelector("span");
  label.setAttribute("role", "status");
  label.textContent = link.dataset.copyLabel;
  button.addEventListener("click", () => copy(link, label));
  return button;
}

async function copy(link, label) {
  try {
    await navigator.clipboard.writeText(link.dataset.copy);
    label.textContent = link.dataset.copied;
    setTimeout(() => { label.textContent = link.dataset.copyLabel; }, 3000);
  } catch {
    location.assign(link.href);
  }
}
