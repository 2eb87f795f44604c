/* The colours that Markdown does not know: ::: blocks, [[terms]], and the options of a question. */

const MARKS = [
  { pattern: /^(:{3,})(?:\s*)(.*)$/g, style: "tk-d" },
  { pattern: /\[\[[^\]\n]+\]\]/g, style: "tk-k" },
  { pattern: /^\s*(?:\(\s?\)|\([xX]\)|\[\s?\]|\[[xX]\])(?=\s)/g, style: "tk-m" },
];

export function blocks(cm) {
  return MARKS.map(({ pattern, style }) => {
    const mark = cm.Decoration.mark({ class: style });
    const matcher = new cm.MatchDecorator({ regexp: pattern, decoration: mark });
    return cm.ViewPlugin.define(
      (view) => ({
        decorations: matcher.createDeco(view),
        update(update) {
          this.decorations = matcher.updateDeco(update, this.decorations);
        },
      }),
      { decorations: (plugin) => plugin.decorations },
    );
  });
}
