/* The sentences of the page, in its language. */

const data = JSON.parse(document.querySelector("script[data-editor-words]").textContent);

export const phrases = data.phrases;

/* Return a sentence with its {names} filled in. */
export function say(name, values = {}) {
  return data[name].replace(/\{(\w+)\}/g, (_whole, key) => values[key]);
}
