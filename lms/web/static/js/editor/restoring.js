/* Offers what an earlier visit typed and could not save. */

import { merge } from "./conflict.js";
import { ask, make } from "./elements.js";
import { say } from "./words.js";

/* Ask about every copy that says something else than the page, and put back what the author wants.
   The copy keeps the digest it began from, so saving it over newer work is a conflict like any other. */
export async function restore({ copies, source, saving }) {
  for (const copy of copies.left()) {
    if (copy.text !== source.text) {
      const text = await askWhat(copy, source.text);
      if (text === null) {
        continue;
      }
      if (text !== source.text) {
        source.text = text;
        saving.resume(text === copy.text ? copy.base : saving.base, saving.saved);
      }
    }
    copies.discard(copy.name);
  }
}

/* Return the text that the author wants, null when they left the question for another time. */
async function askWhat(copy, current) {
  for (;;) {
    const answer = await askWhich(copy);
    if (answer === "restore") {
      return copy.text;
    }
    if (answer === "drop") {
      return current;
    }
    if (answer !== "compare") {
      return null;
    }
    const text = await merge(copy.text, current);
    if (text !== null) {
      return text;
    }
  }
}

function askWhich({ date }) {
  const when = new Date(date).toLocaleString(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return ask({
    title: say("restore_title"),
    content: [make("p", {}, say("restore_text", { date: when }))],
    buttons: [
      ["restore", say("restore")],
      ["compare", say("restore_compare")],
      ["drop", say("restore_drop")],
    ],
    kind: "restore",
  });
}
