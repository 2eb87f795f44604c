/* The screen of a hall: counts the seconds of its code down, and fills the whole screen when asked to. */

let shown = null;
let ends = 0;

function tick() {
  const label = document.querySelector("[data-seconds]");
  if (!label) {
    return;
  }
  if (label !== shown) {
    shown = label;
    ends = performance.now() + 1000 * Number(label.dataset.seconds);
  }
  const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  label.textContent = `${left} s`;
  label.closest(".rotation").dataset.remaining = Math.round((100 * left) / 30);
}

setInterval(tick, 250);

const button = document.querySelector("[data-fullscreen]");

if (document.fullscreenEnabled) {
  const enter = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
  );
  document.addEventListener("fullscreenchange", () => {
    button.textContent = document.fullscreenElement ? button.dataset.leave : enter;
  });
}
