// Brings the current tab of a row that is wider than the screen into view; nothing else moves.

for (const row of document.querySelectorAll(".tabs")) {
  const current = row.querySelector("[aria-current]");
  if (current && row.scrollWidth > row.clientWidth) {
    row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }
}
