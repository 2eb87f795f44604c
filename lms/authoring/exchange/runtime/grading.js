// What an answer earns, by the rules of the platform (lms/assessments/question_types): page.js asks, and a test compares
// both answer by answer. A question comes with its key; an answer is a list of texts as a form sends them, "part:value"
// where a question has parts. Numbers are compared exactly, as fractions of whole numbers.
"use strict";
(() => {
  const spaced = (text, longest) => [...text.trim().split(/\s+/u).join(" ")].slice(0, longest).join("").trimEnd();

  // Accents, capitals and spaces count only where the author demands them; the tilde of ñ makes another letter.
  const folded = (text, demands) => {
    let kept = text.trim().split(/\s+/u).join(" ");
    if (!demands.includes("accents")) kept = kept.normalize("NFD").replace(/[\u0300\u0301\u0308]/gu, "");
    kept = kept.normalize("NFC");
    if (!demands.includes("case")) kept = kept.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ");
    return demands.includes("spaces") ? kept : kept.replaceAll(" ", "").replace(/\.+$/u, "");
  };

  // The restricted Damerau-Levenshtein distance: a letter more, less, other, or two swapped.
  const distance = (one, other) => {
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
      }
      [before, last] = [last, row];
    }
    return last.at(-1);
  };
  const isNear = (written, accepted, slips) => {
    const [one, other] = [[...written], [...accepted]];
    const most = Math.min(slips, Math.floor(other.length / 4));
    return Math.abs(one.length - other.length) <= most && distance(one, other) <= most;
  };

  // Fractions: [above, below], below never negative.
  const exact = (text) => {
    const [above, below = "1"] = text.split("/");
    return [BigInt(above), BigInt(below)];
  };
  const times = (one, other) => [one[0] * other[0], one[1] * other[1]];
  const apart = (one, other) => {
    const above = one[0] * other[1] - other[0] * one[1];
    return [above < 0n ? -above : above, one[1] * other[1]];
  };
  const compare = (one, other) => Number(one[0] * other[1] > other[0] * one[1]) - Number(one[0] * other[1] < other[0] * one[1]);

  // A comma or point that stands once is the decimal mark; several group thousands; with both, the last one is the mark.
  const withPoint = (digits) => {
    const [comma, point] = [",", "."].map((mark) => digits.split(mark).length - 1);
    if (comma && point) {
      const mark = digits.lastIndexOf(",") > digits.lastIndexOf(".") ? "," : ".";
      const plain = digits.replaceAll(mark === "," ? "." : ",", "");
      return plain.split(mark).length > 2 ? plain.replaceAll(mark, "") : plain.replace(mark, ".");
    }
    return comma + point > 1 ? digits.replaceAll(/[.,]/gu, "") : digits.replace(",", ".");
  };
  const quantity = (text) => {
    const found = /^([+\-\u2212]?)\s*(\d[\d\s.,]*)([^]*)$/u.exec([...text.trim()].slice(0, 100).join(""));
    const digits = found?.[2].replaceAll(/\s/gu, "").replace(/[.,]+$/u, "");
    if (!digits || !/^\d+(?:[.,]\d+)*$/u.test(digits)) return null;
    const [whole, rest = ""] = withPoint(digits).split(".");
    const above = BigInt(whole + rest);
    return { value: [found[1] === "" || found[1] === "+" ? above : -above, 10n ** BigInt(rest.length)], unit: found[3].trim() };
  };
  const inFirstUnit = (units, text) => {
    const found = quantity(text);
    if (!found?.unit) return found?.value ?? null;
    const unit = units.find((each) => each.texts.some((name) => folded(name, []) === folded(found.unit, [])));
    return unit ? times(found.value, exact(unit.factor)) : null;
  };

  // Everything for all right; where the author asks for parts, each hit counts, or each fault takes what a hit gives.
  const credit = ({ partial, byHit }, right, given, total) => {
    if (right === total && given === total) return 1;
    return partial ? (byHit ? right : Math.max(2 * right - given, 0)) / total : 0;
  };
  const parts = (values, keys) => {
    const found = new Map();
    for (const each of values) {
      const at = each.indexOf(":");
      const [key, value] = [each.slice(0, at), spaced(each.slice(at + 1), 100)];
      if (at > 0 && value && keys.includes(key) && !found.has(key)) found.set(key, value);
    }
    return found;
  };
  const inParts = (question, values, keys, isRight) => {
    const given = parts(values, keys);
    const hits = keys.filter((key) => given.has(key) && isRight(key, given.get(key)));
    return { fraction: credit(question, hits.length, given.size, keys.length), hits };
  };

  const chosen = (question, values) => {
    const right = question.options.filter((option) => option.right).map((option) => option.key);
    const hits = values.filter((key) => right.includes(key)).length;
    // By hit nothing counts against, so that choosing more options than are right earns nothing.
    const isTooMany = question.byHit && values.length > right.length;
    const fraction = isTooMany ? 0 : credit(question, hits, values.length, right.length);
    return { fraction, told: question.options.filter((option) => values.includes(option.key)) };
  };
  const written = (question, values, known) => {
    const text = values.map((each) => spaced(each, 300)).find(Boolean) ?? "";
    const option = text && question.options.find((each) => each.key === known(question, text));
    return { fraction: option && option.right ? 1 : 0, told: option ? [option] : [] };
  };
  const isAccepted = (question, key) => question.options.some((option) => option.key === key && option.right);
  const knownText = (question, text) => {
    const said = folded(text, question.demands);
    const answers = question.answers.flatMap((each) => each.texts.map((one) => [each.key, folded(one, question.demands)]));
    const same = answers.find(([, one]) => one === said);
    const near = () => answers.find(([key, one]) => isAccepted(question, key) && isNear(said, one, question.typos));
    return (same ?? near())?.[0];
  };
  const knownNumber = (question, text) => {
    const value = inFirstUnit(question.units, text);
    if (value === null) return undefined;
    const numbers = Object.entries(question.values).map(([key, number]) => [key, exact(number)]);
    numbers.sort(([, one], [, other]) => compare(apart(one, value), apart(other, value)));
    const margin = (key, number) => {
      if (!isAccepted(question, key)) return [0n, 1n];
      const tolerance = exact(question.tolerance);
      return question.isShare ? times(apart(number, [0n, 1n]), tolerance) : tolerance;
    };
    return numbers.find(([key, number]) => compare(apart(number, value), margin(key, number)) <= 0)?.[0];
  };

  const matching = (question, values) => {
    const right = new Map(question.pairs.map((pair) => [pair.key, pair.right]));
    const { fraction, hits } = inParts(question, values, [...right.keys()], (key, value) => right.get(key) === value);
    return { fraction, told: question.pairs.filter((pair) => hits.includes(pair.key)) };
  };
  const ordering = (question, values) => {
    const place = (key) => String(question.order.indexOf(key) + 1);
    return { ...inParts(question, values, question.order, (key, value) => place(key) === value), told: [] };
  };
  const cloze = (question, values) => {
    const gaps = new Map(question.gaps.map((gap) => [gap.key, gap]));
    const fits = (key, value) => {
      const { right, texts } = gaps.get(key);
      if (right) return right === value;
      const said = folded(value, question.demands);
      return Boolean(said) && texts.some((text) => isNear(said, folded(text, question.demands), question.typos));
    };
    return { ...inParts(question, values, [...gaps.keys()], fits), told: [] };
  };

  const kinds = {
    single: chosen,
    multiple: chosen,
    "true-false": chosen,
    short: (question, values) => written(question, values, knownText),
    numeric: (question, values) => written(question, values, knownNumber),
    matching,
    ordering,
    cloze,
  };
  /** What an answer earns, from 0 to 1, and what the author says to it. */
  globalThis.rutaGrade = (question, values) => kinds[question.type](question, values);
})();
