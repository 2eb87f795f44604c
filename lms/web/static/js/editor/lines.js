/* Lines of a text, counted from 1 as people and the checker count them. */

/* Return the place in the text where a line starts; the last line for one beyond the end. */
export function lineStart(text, line) {
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) {
      return start;
    }
    start = end + 1;
  }
  return start;
}

/* Return the text of the last heading at or above a line, without its marks; "" above the first heading. */
export function headingAt(text, line) {
  let heading = "";
  let fence = "";
  for (const row of text.split("\n").slice(0, line)) {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(row)?.[1];
    if (mark && (!fence || mark.startsWith(fence))) {
      fence = fence ? "" : mark;
    } else if (!fence) {
      heading = /^#{1,6}\s+(.*?)\s*#*\s*$/.exec(row)?.[1] ?? heading;
    }
  }
  return heading.replace(/\{[^}]*\}$|[*_`]/g, "").trim();
}
