// The preview at the author's own machine: ask once a second whether a file changed, and load the page anew if so.
"use strict";
(() => {
  const address = document.currentScript.dataset.stamp;
  let seen = "";
  setInterval(async () => {
    try {
      const stamp = await (await fetch(address)).text();
      if (seen && stamp !== seen) location.reload();
      seen = stamp;
    } catch {
      // The preview was stopped; it may come back.
    }
  }, 1000);
})();
