// Stands for @codemirror/lang-html, which brings the languages of HTML, CSS and JavaScript: the compiler takes
// HTML tags out of a lesson, so the editor leaves them without colour and the bundle loses a third of its size.
import { LanguageSupport, StreamLanguage } from "@codemirror/language";

const plain = StreamLanguage.define({
  token(stream) {
    stream.skipToEnd();
    return null;
  },
});

export function html() {
  return new LanguageSupport(plain);
}

export function htmlCompletionSource() {
  return null;
}
