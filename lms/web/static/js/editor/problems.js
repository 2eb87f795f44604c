/* The list of problems: swapped after each check, counted everywhere, and a way to each line. */

import { say } from "./words.js";

export class Problems {
  constructor({ panel, source, path, showSource, announce }) {
    Object.assign(this, { panel, source, path, showSource, announce });
    this.title = document.title;
    panel.addEventListener("click", (event) => this.pressed(event));
    document.addEventListener("keydown", (event) => {
      if (event.key === "F8") {
        event.preventDefault();
        this.next(event.shiftKey ? -1 : 1);
      }
    });
  }

  show({ problems, marks, errors, warnings, counts }) {
    const focused = this.panel.contains(document.activeElement) && document.activeElement.getAttribute("href");
    this.panel.innerHTML = problems;
    if (focused) {
      (this.panel.querySelector(`a[href="${CSS.escape(focused)}"]`) ?? this.panel.querySelector("a"))?.focus();
    }
    this.source.mark(marks);
    this.count(errors, warnings);
    for (const badge of document.querySelectorAll("[data-count-for]")) {
      countFile(badge, counts[badge.dataset.countFor]);
    }
  }

  count(errors, warnings) {
    document.title = errors ? `(${errors}) ${this.title}` : this.title;
    const sentence = say("counted", { errors, warnings });
    if (this.counted && this.counted !== sentence) {
      this.announce(sentence, { isSeen: true });
    }
    this.counted = sentence;
    for (const link of document.querySelectorAll("[data-ask-review]")) {
      allow(link, errors === 0);
    }
    const tab = document.getElementById("ed-problems")?.closest("label");
    if (tab) {
      const badge = tab.querySelector(".badge") ?? tab.appendChild(document.createElement("span"));
      fill(badge, errors + warnings, errors);
    }
  }

  pressed(event) {
    const link = event.target.closest("a[data-line]");
    if (link && link.dataset.path === this.path) {
      event.preventDefault();
      history.replaceState(null, "", `#L${link.dataset.line}`);
      this.goTo(Number(link.dataset.line));
    }
  }

  goTo(line) {
    this.showSource();
    this.source.goTo(line);
    const here = this.source.marks.find((mark) => mark.line === line);
    if (here) {
      this.announce(here.message, { isSeen: true });
    }
  }

  /* Go to the next marked line after the cursor, round to the first after the last. */
  next(step) {
    const lines = [...new Set(this.source.marks.map((mark) => mark.line))].sort((one, other) => step * (one - other));
    if (lines.length) {
      const { line } = this.source;
      this.goTo(lines.find((other) => step * (other - line) > 0) ?? lines[0]);
    } else {
      this.announce(say("no_problems"));
    }
  }
}

/* A review can be asked for as soon as there is no error; until then the button says why not. */
function allow(link, isAllowed) {
  link.classList.toggle("button--primary", isAllowed);
  if (isAllowed) {
    link.href = link.dataset.askReview;
    ["role", "aria-disabled", "aria-describedby"].forEach((name) => link.removeAttribute(name));
  } else {
    link.removeAttribute("href");
    const state = { role: "link", "aria-disabled": "true", "aria-describedby": "why-not" };
    Object.entries(state).forEach(([name, value]) => link.setAttribute(name, value));
  }
}

function countFile(badge, { errors, warnings } = { errors: 0, warnings: 0 }) {
  fill(badge, errors + warnings, errors);
}

function fill(badge, total, errors) {
  badge.className = `badge badge--${errors ? "error" : "warning"}`;
  badge.hidden = !total;
  badge.textContent = total;
}
