/* The source with colours, line numbers, marks and search. The textarea stays in the form with the same text. */

import { completions } from "./completion.js";
import { make } from "./elements.js";
import { blocks } from "./highlight.js";
import { theme } from "./theme.js";
import { phrases, say } from "./words.js";

export class RichSource {
  constructor(textarea, codemirror, path) {
    this.textarea = textarea;
    this.path = path;
    this.codemirror = codemirror;
    this.marks = [];
    this.listeners = { change: [], move: [] };
    this.pane = document.createElement("div");
    this.pane.className = "source__view";
    textarea.after(this.pane);
    textarea.hidden = true;
    /* Inside a shadow root the editor's styles are adopted sheets, which the content security policy allows. */
    const root = this.pane.attachShadow({ mode: "open", delegatesFocus: true });
    this.view = new codemirror.EditorView({
      doc: textarea.value,
      extensions: this.extensions(),
      parent: root,
      root,
    });
  }

  extensions() {
    const cm = this.codemirror;
    return [
      cm.lineNumbers(),
      cm.lintGutter(),
      cm.highlightSpecialChars(),
      cm.history(),
      cm.drawSelection(),
      cm.dropCursor(),
      cm.EditorState.allowMultipleSelections.of(true),
      cm.closeBrackets(),
      cm.highlightActiveLine(),
      cm.highlightActiveLineGutter(),
      cm.highlightSelectionMatches(),
      cm.search({ top: true }),
      cm.autocompletion({ override: [completions()], icons: false }),
      cm.EditorView.lineWrapping,
      cm.EditorState.phrases.of(phrases),
      cm.EditorView.contentAttributes.of(this.attributes()),
      language(cm, this.path),
      blocks(cm),
      theme(cm),
      cm.keymap.of([
        ...emphasis(cm),
        ...cm.closeBracketsKeymap,
        ...cm.completionKeymap,
        ...cm.markdownKeymap,
        ...cm.searchKeymap,
        ...cm.historyKeymap,
        ...cm.defaultKeymap,
        /* Escape and then Tab leaves the text, as CodeMirror provides and the line under the source says. */
        { key: "Tab", run: cm.indentMore, shift: cm.indentLess },
      ]),
      cm.EditorView.updateListener.of((update) => this.updated(update)),
    ];
  }

  attributes() {
    return {
      "aria-label": say("label", { path: this.path }),
      "aria-description": say("keyboard"),
      lang: this.textarea.lang || "es",
      tabindex: "0",
      spellcheck: String(this.textarea.spellcheck),
      autocorrect: "on",
      autocapitalize: "sentences",
    };
  }

  updated(update) {
    if (update.docChanged) {
      this.textarea.value = this.text;
      this.listeners.change.forEach((listener) => listener());
    }
    if (update.selectionSet) {
      this.listeners.move.forEach((listener) => listener());
    }
  }

  get text() {
    return this.view.state.doc.toString();
  }

  /* Replace the whole text; undo brings the old one back. */
  set text(text) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  get line() {
    const { state } = this.view;
    return state.doc.lineAt(state.selection.main.head).number;
  }

  on(name, listener) {
    this.listeners[name].push(listener);
  }

  insert(text) {
    this.view.dispatch(this.view.state.replaceSelection(text), { scrollIntoView: true });
    this.focus();
  }

  /* What to say under the source: above all how to leave it with the keyboard. */
  hints() {
    return [make("span", { "data-keyboard": true }, say("keyboard"))];
  }

  goTo(line) {
    const { doc } = this.view.state;
    const { from } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const effects = this.codemirror.EditorView.scrollIntoView(from, { y: "center" });
    this.view.dispatch({ selection: { anchor: from }, effects });
    this.focus();
  }

  /* Put the cursor under a point of the screen. */
  moveTo(x, y) {
    const anchor = this.view.posAtCoords({ x, y });
    if (anchor !== null) {
      this.view.dispatch({ selection: { anchor } });
    }
  }

  mark(marks) {
    this.marks = marks;
    const { doc } = this.view.state;
    const found = marks.map(({ line, severity, message }) => {
      const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      return { from, to, severity, message };
    });
    this.view.dispatch(this.codemirror.setDiagnostics(this.view.state, found));
  }

  focus() {
    this.view.focus();
  }
}

function language(cm, path) {
  if (/\.ya?ml$/.test(path)) {
    return new cm.LanguageSupport(cm.yamlLanguage);
  }
  const data = {
    closeBrackets: { brackets: ["(", "[", "{", "«", "“"] },
    commentTokens: { block: { open: "<!--", close: "-->" } },
  };
  return [
    cm.markdownLanguage.data.of(data),
    cm.yamlFrontmatter({ content: cm.markdown({ base: cm.markdownLanguage, completeHTMLTags: false }) }),
  ];
}

/* Ctrl+B and Ctrl+I put the marks of Markdown around the selection. */
function emphasis(cm) {
  return [
    { key: "Mod-b", run: wrap(cm, "**") },
    { key: "Mod-i", run: wrap(cm, "*") },
  ];
}

function wrap(cm, mark) {
  return ({ state, dispatch }) => {
    const change = state.changeByRange(({ from, to }) => ({
      changes: [
        { from, insert: mark },
        { from: to, insert: mark },
      ],
      range: cm.EditorSelection.range(from + mark.length, to + mark.length),
    }));
    dispatch(state.update(change, { userEvent: "input" }));
    return true;
  };
}
