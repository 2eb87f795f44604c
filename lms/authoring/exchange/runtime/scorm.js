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
  const resume = (detail) => document.dispatchEvent(new CustomEvent("ruta:resumed", { detail }));
  const api = above(window) ?? (window.opener ? above(window.opener) : null);
  if (!api) {
    resume({});
    return;
  }

  const began = Date.now();
  const set = (name, value) => api.LMSSetValue(`cmi.${name}`, String(value));
  api.LMSInitialize("");
  const memory = globalThis.rutaMemory(api.LMSGetValue("cmi.suspend_data"));
  const before = api.LMSGetValue("cmi.core.lesson_status");

  // What the system already holds as ended stays so, unless it speaks of other pages as well.
  const status = () => {
    if (memory.isShared) return !memory.isWhole ? "incomplete" : memory.hasGrades ? "passed" : "completed";
    if (memory.mine.p !== undefined) return memory.mine.p ? "passed" : "failed";
    return memory.mine.d ? "completed" : "incomplete";
  };
  const tell = () => {
    const now = status();
    const isWorse = !["passed", "completed"].includes(now) && ["passed", "completed"].includes(before);
    if (memory.isShared || !isWorse) set("core.lesson_status", now);
    set("suspend_data", memory);
    api.LMSCommit("");
  };
  tell();
  resume(memory.resumed);

  document.addEventListener("ruta:kept", ({ detail }) => {
    memory.keep(detail);
    tell();
  });
  document.addEventListener("ruta:finished", () => {
    memory.finish();
    tell();
  });
  document.addEventListener("ruta:scored", ({ detail }) => {
    memory.score(detail);
    set("core.score.min", 0);
    set("core.score.max", 100);
    set("core.score.raw", Math.round(memory.share * 100));
    tell();
  });

  const two = (number) => String(number).padStart(2, "0");
  let isOpen = true;
  window.addEventListener("pagehide", () => {
    if (!isOpen) return;
    isOpen = false;
    const seconds = Math.round((Date.now() - began) / 1000);
    set("core.session_time", `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`);
    // Without this word some systems forget what was kept.
    set("core.exit", "suspend");
    api.LMSCommit("");
    api.LMSFinish("");
  });
})();
