/* Two people wrote at once: both texts are kept until somebody decides, difference by difference if they like. */

import { compare, join } from "./comparison.js";
import { ask, make } from "./elements.js";
import { say } from "./words.js";

/* Ask what text is left; returns {text} or null when the decision is put off. `mine` is read when it is needed. */
export async function settle({ mine, theirs, message }) {
  for (;;) {
    const answer = await askWhich(message);
    if (answer === "mine") {
      return { text: mine() };
    }
    if (answer === "theirs") {
      return { text: theirs };
    }
    if (answer !== "compare") {
      return null;
    }
    const text = await merge(mine(), theirs);
    if (text !== null) {
      return { text };
    }
  }
}

function askWhich(message) {
  return ask({
    title: say("conflict_title"),
    content: [make("p", {}, message), make("p", {}, say("conflict_text"))],
    buttons: [
      ["compare", say("conflict_compare")],
      ["mine", say("conflict_mine")],
      ["theirs", say("conflict_theirs")],
      ["", say("conflict_later")],
    ],
    kind: "conflict",
  });
}

/* Show both texts side by side and return the one that results from the choices; null when none was made. */
export async function merge(mine, theirs) {
  const parts = compare(mine, theirs);
  const different = parts.filter((part) => part.mine);
  const total = different.length;
  const sets = different.map((part, index) => difference(part, index, total));
  const answer = await ask({
    title: say("compare_title"),
    content: [make("p", {}, say(total ? "compare_text" : "compare_same")), ...sets],
    buttons: [
      ["merge", say("merge")],
      ["", say("back")],
    ],
    wide: true,
    kind: "compare",
  });
  if (answer !== "merge") {
    return null;
  }
  const choices = new Map(different.map((part, index) => [part, chosen(part, sets[index])]));
  return join(parts, (part) => choices.get(part));
}

function difference(part, index, total) {
  const legend = say("difference", { number: index + 1, total, line: part.line });
  const name = `difference-${index}`;
  return make(
    "fieldset",
    { class: "stack gap-2" },
    make("legend", {}, legend),
    make(
      "div",
      { class: "versions" },
      side(choice(name, "mine", true), part.mine, "ins"),
      side(choice(name, "theirs"), part.theirs, "del"),
    ),
    choice(name, "both"),
  );
}

function side(label, lines, tag) {
  const rows = lines.length ? lines.map((line) => make(tag, {}, line)) : [make("span", {}, say("nothing_here"))];
  return make("section", {}, label, make("pre", { tabindex: "0", role: "group", "aria-label": label.textContent.trim() }, ...rows));
}

function choice(name, value, checked = false) {
  return make("label", { class: "choice" }, make("input", { type: "radio", name, value, checked }), ` ${say(value)}`);
}

function chosen(part, set) {
  const { value } = set.querySelector("input:checked");
  return { mine: part.mine, theirs: part.theirs, both: [...part.mine, ...part.theirs] }[value];
}
