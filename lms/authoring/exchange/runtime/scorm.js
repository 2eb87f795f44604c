// SCORM 1.2: find the API of the learning system in a window above or behind, and tell it what page.js announces.
"use strict";
(() => {
  const FAR_ENOUGH = 10;
  const above = (start) => {
    let here = start;
    for (let step = 0; here && step < FAR_ENOUGH; step += 1) {
      try {
        if (here.API) return here.API;
      } catch {
        return null;
      }
      if (here.parent === here) return null;
      here = here.parent;
    }
    return null;
  };
  const api = above(window) ?? (window.opener ? above(window.opener) : null);
  if (!api) return;

  const began = Date.now();
  const set = (name, value) => api.LMSSetValue(`cmi.core.${name}`, String(value));
  const ended = ["passed", "completed"];
  api.LMSInitialize("");
  const status = () => api.LMSGetValue("cmi.core.lesson_status");
  if (!ended.includes(status())) set("lesson_status", "incomplete");
  api.LMSCommit("");

  document.addEventListener("ruta:finished", () => {
    if (!["passed", "failed"].includes(status())) set("lesson_status", "completed");
    api.LMSCommit("");
  });
  document.addEventListener("ruta:scored", ({ detail }) => {
    set("score.min", 0);
    set("score.max", 100);
    set("score.raw", Math.round(detail.scaled * 100));
    if (status() !== "passed") set("lesson_status", detail.passed ? "passed" : "failed");
    api.LMSCommit("");
  });

  const two = (number) => String(number).padStart(2, "0");
  let isOpen = true;
  window.addEventListener("pagehide", () => {
    if (!isOpen) return;
    isOpen = false;
    const seconds = Math.round((Date.now() - began) / 1000);
    set("session_time", `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`);
    api.LMSCommit("");
    api.LMSFinish("");
  });
})();
