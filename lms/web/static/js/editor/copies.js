/* What was typed and is not on the server yet, kept on this machine so that a closed browser loses nothing. */

const PREFIX = "ruta-editor";

export class Copies {
  /* `file` is the address where the file is saved; `tab` keeps apart two tabs with the same file. */
  constructor(file) {
    this.prefix = `${PREFIX}|${file}|`;
    this.own = this.prefix + crypto.getRandomValues(new Uint32Array(2)).join("");
  }

  keep(text, base) {
    const copy = JSON.stringify({ text, base, date: new Date().toISOString() });
    try {
      localStorage.setItem(this.own, copy);
    } catch {
      /* A full or forbidden store: the page itself still holds the text and warns before it is left. */
    }
  }

  drop() {
    this.discard(this.own);
  }

  /* Return the copies of this file that other visits left, the newest first. */
  left() {
    return this.names()
      .filter((name) => name !== this.own)
      .map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) }))
      .sort((one, other) => other.date.localeCompare(one.date));
  }

  discard(name) {
    try {
      localStorage.removeItem(name);
    } catch {
      /* Nothing was kept either. */
    }
  }

  names() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
    } catch {
      return [];
    }
  }
}
