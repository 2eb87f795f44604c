/* The look of the source: the tokens of the design reach into the shadow root, in light and in dark. */

export function theme(cm) {
  return [cm.EditorView.theme(RULES), cm.syntaxHighlighting(cm.HighlightStyle.define(colours(cm.tags)))];
}

function colours(tags) {
  return [
    { tag: tags.heading, color: "var(--route)", fontWeight: "700" },
    { tag: tags.strong, fontWeight: "700" },
    { tag: tags.emphasis, fontStyle: "italic" },
    { tag: tags.strikethrough, textDecoration: "line-through" },
    { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.labelName], color: "var(--link)" },
    { tag: tags.url, color: "var(--success)" },
    { tag: [tags.processingInstruction, tags.meta, tags.separator, tags.punctuation], color: "var(--ink-3)" },
    { tag: [tags.comment, tags.contentSeparator], color: "var(--ink-3)" },
    { tag: [tags.monospace, tags.quote], color: "var(--ink-2)" },
  ];
}

const RULES = {
  "&": { color: "var(--ink)", background: "var(--surface)" },
  "&.cm-focused": { outline: "none" },
  /* Over the gutter too, which would hide an outline. */
  "&.cm-focused::after": {
    content: '""',
    position: "absolute",
    inset: "0",
    border: "3px solid var(--focus)",
    pointerEvents: "none",
    zIndex: "300",
  },
  ".cm-scroller": { font: "400 .8125rem/1.65 var(--mono)", overflow: "auto" },
  ".cm-content": { padding: ".75rem 0", caretColor: "var(--ink)", minWidth: "0" },
  ".cm-line": { padding: "0 .75rem" },
  ".cm-gutters": { background: "var(--surface-2)", color: "var(--ink-3)", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 .35rem 0 .75rem", minWidth: "2.4rem" },
  ".cm-activeLine": { background: "transparent" },
  "&.cm-focused .cm-activeLine": { background: "color-mix(in srgb, var(--surface-2) 55%, transparent)" },
  ".cm-activeLineGutter": { background: "transparent", color: "var(--ink)", fontWeight: "700" },
  ".cm-cursor": { borderLeft: "2px solid var(--ink)" },
  ".cm-dropCursor": { borderLeft: "3px solid var(--route)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--maize) 42%, transparent)",
  },
  ".cm-selectionMatch": { background: "var(--maize-soft)" },
  ".cm-specialChar": { color: "var(--error)" },
  ".tk-d, .tk-d *": { color: "var(--warning)" },
  ".tk-k, .tk-k *": { color: "var(--link)" },
  ".tk-m, .tk-m *": { color: "var(--ink-3)" },
  /* marks of the checker */
  ".cm-gutter-lint": { width: ".6rem" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
  ".cm-lint-marker": { width: "4px", height: "1.3em", margin: ".15em auto 0", borderRadius: "2px" },
  ".cm-lint-marker-error": { content: "normal", background: "var(--error)" },
  ".cm-lint-marker-warning, .cm-lint-marker-info": { content: "normal", background: "var(--maize)" },
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--error) 1.5px", textUnderlineOffset: ".25em" },
  ".cm-lintRange-active": { background: "var(--maize-soft)" },
  ".cm-diagnostic": { padding: ".35rem .6rem", font: "var(--text-2)/1.4 var(--font)", marginLeft: "0" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--error)" },
  ".cm-diagnostic-warning, .cm-diagnostic-info": { borderLeft: "4px solid var(--maize)" },
  /* suggestions */
  ".cm-tooltip": {
    background: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "var(--r-1)",
    boxShadow: "var(--shadow-2)",
    maxWidth: "min(32rem, 90vw)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { font: ".875rem/1.6 var(--mono)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".15rem .6rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--route)", color: "var(--on-route)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { fontFamily: "var(--font)", fontStyle: "normal", marginLeft: ".75rem" },
  /* find and replace */
  ".cm-panels": { background: "var(--surface-2)", color: "var(--ink)", fontFamily: "var(--font)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": {
    display: "flex",
    flexWrap: "wrap",
    gap: ".35rem .5rem",
    alignItems: "center",
    padding: ".5rem 3rem .5rem .75rem",
    fontSize: ".875rem",
  },
  ".cm-panel.cm-search br": { flexBasis: "100%", height: "0", content: '""' },
  ".cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label": {
    margin: "0",
    fontSize: ".875rem",
  },
  ".cm-panel.cm-search label": { display: "inline-flex", alignItems: "center", gap: ".3rem", minHeight: "28px" },
  ".cm-textfield": {
    minHeight: "30px",
    padding: "0 .5rem",
    border: "1.5px solid var(--border)",
    borderRadius: "var(--r-1)",
    background: "var(--surface)",
    color: "var(--ink)",
    font: "inherit",
    width: "14rem",
    maxWidth: "100%",
  },
  ".cm-button": {
    minHeight: "30px",
    padding: "0 .7rem",
    border: "1.5px solid var(--border)",
    borderRadius: "var(--r-1)",
    background: "var(--surface)",
    backgroundImage: "none",
    color: "var(--ink)",
    font: "inherit",
    cursor: "pointer",
  },
  ".cm-panel.cm-search [name=close]": {
    insetBlockStart: ".4rem",
    insetInlineEnd: ".5rem",
    minWidth: "30px",
    minHeight: "30px",
    color: "var(--ink)",
    font: "1.25rem var(--font)",
    cursor: "pointer",
  },
  ".cm-textfield:focus-visible, .cm-button:focus-visible, [name=close]:focus-visible, input:focus-visible": {
    outline: "3px solid var(--focus)",
    outlineOffset: "1px",
  },
  ".cm-searchMatch": { background: "var(--maize-soft)", outline: "1px solid var(--maize)" },
  ".cm-searchMatch-selected": { background: "var(--maize)", color: "var(--on-maize)" },
  "&.cm-editor .cm-matchingBracket": { background: "var(--route-soft)" },
};
