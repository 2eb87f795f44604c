/* The textarea as it is: on phones its keyboard, selection and correction are better than those of any editor. */

import { lineStart } from "./lines.js";

export class PlainSource {
  constructor(textarea) {
    this.textarea = textarea;
    this.pane = textarea;
    this.marks = [];
    this.listeners = { change: [], move: [] };
    textarea.addEventListener("input", () => this.tell("change"));
    for (const name of ["keyup", "click"]) {
      textarea.addEventListener(name, () => this.tell("move"));
    }
  }

  get text() {
    return this.textarea.value;
  }

  /* Replace the whole text; the browser's own undo brings the old one back. */
  set text(text) {
    this.textarea.select();
    this.insert(text);
  }

  get line() {
    return this.text.slice(0, this.textarea.selectionStart).split("\n").length;
  }

  on(name, listener) {
    this.listeners[name].push(listener);
  }

  tell(name) {
    this.listeners[name].forEach((listener) => listener());
  }

  insert(text) {
    this.focus();
    // The old command is the only one that the browser can undo.
    if (!document.execCommand("insertText", false, text)) {
      const { selectionStart, selectionEnd } = this.textarea;
      this.textarea.setRangeText(text, selectionStart, selectionEnd, "end");
      this.tell("change");
    }
  }

  /* What to say under the source; a textarea needs no instructions. */
  hints() {
    return [];
  }

  goTo(line) {
    const start = lineStart(this.text, line);
    this.focus();
    this.textarea.setSelectionRange(start, start);
    const height = parseFloat(getComputedStyle(this.textarea).lineHeight);
    this.textarea.scrollTop = Math.max(0, (line - 4) * height);
    this.tell("move");
  }

  /* A textarea does not say what is under a point: what is dropped goes where the cursor is. */
  moveTo() {}

  mark(marks) {
    this.marks = marks;
  }

  focus() {
    this.textarea.focus();
  }
}
