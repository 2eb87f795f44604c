// What a learning system keeps for a package between sessions, a small record for each page under its number:
// s the seed of an attempt that is going on, d read to the end, b the best share of a quiz, p whether it was passed.
// Some systems keep one record for the whole package instead of one for each page: then the record holds other
// pages too, and what is told to the system must be true of the whole.
"use strict";
globalThis.rutaMemory = (text) => {
  const { unit, units, graded } = document.body.dataset;
  let pages = {};
  try {
    pages = JSON.parse(text)?.u ?? {};
  } catch {
    // Nothing kept yet, or something that is not ours.
  }
  const mine = (pages[unit] ??= {});
  const all = () => Object.values(pages);
  const isDone = (page) => page.p === 1 || page.d === 1;
  return {
    mine,
    get isShared() {
      return all().length > 1;
    },
    get isWhole() {
      return all().filter(isDone).length >= Number(units);
    },
    get hasGrades() {
      return Number(graded) > 0;
    },
    /** The share of the page's quiz, or of all quizzes together, those not answered counting nothing. */
    get share() {
      if (all().length === 1) return mine.b ?? 0;
      return all().reduce((sum, page) => sum + (page.b ?? 0), 0) / Math.max(1, Number(graded));
    },
    get resumed() {
      return { seed: mine.s, done: mine.d === 1, ...(mine.b !== undefined && { best: mine.b, passed: mine.p === 1 }) };
    },
    keep({ seed }) {
      if (seed === null) delete mine.s;
      else mine.s = seed;
    },
    finish() {
      mine.d = 1;
    },
    score({ scaled, passed }) {
      mine.b = Math.max(mine.b ?? 0, Number(scaled.toFixed(4)));
      if (passed !== null) mine.p = mine.p === 1 || passed ? 1 : 0;
    },
    toString: () => JSON.stringify({ u: pages }),
  };
};
