/* Where two texts differ, by lines. */

const LARGEST = 4_000_000;

/* Return the parts of two texts in order: {same: [lines]} or {mine: [lines], theirs: [lines], line}, where `line`
   is the number in `mine` at which the difference starts. */
export function compare(mine, theirs) {
  const one = mine.split("\n");
  const other = theirs.split("\n");
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) {
    start += 1;
  }
  let end = 0;
  const shorter = Math.min(one.length, other.length) - start;
  while (end < shorter && one[one.length - 1 - end] === other[other.length - 1 - end]) {
    end += 1;
  }
  const parts = new Parts();
  parts.same(one.slice(0, start));
  middle(parts, one.slice(start, one.length - end), other.slice(start, other.length - end));
  parts.same(one.slice(one.length - end));
  return parts.list;
}

/* Return the text that results from choosing, for each difference in turn, its lines. */
export function join(parts, choose) {
  return parts.flatMap((part) => part.same ?? choose(part)).join("\n");
}

class Parts {
  constructor() {
    this.list = [];
    this.line = 1;
  }

  same(lines) {
    if (lines.length) {
      this.last("same", () => ({ same: [] })).same.push(...lines);
      this.line += lines.length;
    }
  }

  different(mine, theirs) {
    if (mine.length || theirs.length) {
      const part = this.last("mine", () => ({ mine: [], theirs: [], line: this.line }));
      part.mine.push(...mine);
      part.theirs.push(...theirs);
      this.line += mine.length;
    }
  }

  last(key, create) {
    if (!this.list.at(-1)?.[key]) {
      this.list.push(create());
    }
    return this.list.at(-1);
  }
}

/* The longest common run of lines, from the table of lengths; very long texts count as one difference. */
function middle(parts, one, other) {
  if (one.length * other.length > LARGEST) {
    parts.different(one, other);
    return;
  }
  const lengths = table(one, other);
  let [i, j] = [0, 0];
  while (i < one.length && j < other.length) {
    if (one[i] === other[j]) {
      parts.same([one[i]]);
      [i, j] = [i + 1, j + 1];
    } else if (lengths[i + 1][j] >= lengths[i][j + 1]) {
      parts.different([one[i]], []);
      i += 1;
    } else {
      parts.different([], [other[j]]);
      j += 1;
    }
  }
  parts.different(one.slice(i), other.slice(j));
}

function table(one, other) {
  const rows = Array.from({ length: one.length + 1 }, () => new Uint32Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      rows[i][j] = one[i] === other[j] ? rows[i + 1][j + 1] + 1 : Math.max(rows[i + 1][j], rows[i][j + 1]);
    }
  }
  return rows;
}
