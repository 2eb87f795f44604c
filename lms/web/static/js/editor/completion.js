/* Names that the author may mean: blocks after :::, terms inside [[, sources in the front matter. */

import { say } from "./words.js";

export function completions() {
  const data = document.querySelector("script[data-editor-names]");
  const names = { blocks: [], terms: [], sources: [], ...(data ? JSON.parse(data.textContent) : {}) };
  const offers = [
    /* Bare colons close a block: nothing is offered there, so that Enter stays a new line. */
    { opening: /^:{3,}(?:\s+[\p{L}\d-]*|[\p{L}\d-]+)$/u, typed: /[\p{L}\d-]*$/u, options: named(names.blocks, "block") },
    { opening: /\[\[[^\][|]*$/, typed: /[^[]*$/, options: named(names.terms, "term", "]]") },
    { opening: /^fuentes:.*$|\bfuente=\S*$/, typed: /[\p{L}\d-]*$/u, options: named(names.sources, "source") },
  ];
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const offer = offers.find(({ opening, options }) => options.length && opening.test(before));
    if (!offer) {
      return null;
    }
    const typed = offer.typed.exec(before)[0];
    return { from: context.pos - typed.length, options: offer.options, validFor: /^[\p{L}\d -]*$/u };
  };
}

function named(names, kind, closing = "") {
  return names.map((name) => ({ label: name, detail: say(kind), apply: closing ? closed(name, closing) : name }));
}

/* Brackets that the editor closed by itself are not closed twice. */
function closed(name, closing) {
  return (view, _completion, from, to) => {
    const has = view.state.sliceDoc(to, to + closing.length) === closing;
    const insert = has ? name : name + closing;
    view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + name.length + closing.length } });
  };
}
