// What the course editor uses of CodeMirror, and nothing else: the bundle holds what these names reach.
export {
  autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion,
} from "@codemirror/autocomplete";
export { defaultKeymap, history, historyKeymap, indentLess, indentMore, redo, undo } from "@codemirror/commands";
export { markdown, markdownKeymap, markdownLanguage } from "@codemirror/lang-markdown";
export { yamlFrontmatter, yamlLanguage } from "@codemirror/lang-yaml";
export { HighlightStyle, LanguageSupport, syntaxHighlighting, syntaxTree } from "@codemirror/language";
export { lintGutter, setDiagnostics } from "@codemirror/lint";
export { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
export { Compartment, EditorSelection, EditorState } from "@codemirror/state";
export {
  Decoration, drawSelection, dropCursor, EditorView, highlightActiveLine, highlightActiveLineGutter,
  highlightSpecialChars, keymap, lineNumbers, MatchDecorator, ViewPlugin,
} from "@codemirror/view";
export { tags } from "@lezer/highlight";
