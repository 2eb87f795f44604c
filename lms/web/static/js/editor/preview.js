/* The lesson as its readers will see it: kept beside the text, at the width of a chosen device. */

import { headingAt } from "./lines.js";

export class Preview {
  constructor({ pane, options, source, onOptions }) {
    Object.assign(this, { pane, form: options, source });
    this.heading = "";
    pane.addEventListener("click", openOutside);
    pane.addEventListener("submit", (event) => event.preventDefault());
    options?.addEventListener("change", (event) => this.chosen(event, onOptions));
    options?.addEventListener("submit", (event) => event.preventDefault());
    for (const button of options?.querySelectorAll("button:not([type=button])") ?? []) {
      button.hidden = true;
    }
    source.on("move", () => this.follow());
  }

  /* Return whom the preview is for: the fields that the check needs. */
  choices() {
    return this.form ? Object.fromEntries(new FormData(this.form)) : {};
  }

  show(html) {
    if (html === this.html) {
      return;
    }
    this.html = html;
    const top = this.pane.scrollTop;
    this.pane.innerHTML = html;
    this.pane.scrollTop = top;
    /* The self-checks of the lesson can be tried. */
    window.htmx?.process(this.pane);
  }

  chosen({ target }, onOptions) {
    if (target.name === "device") {
      this.pane.dataset.device = target.value;
    } else {
      onOptions();
    }
    history.replaceState(null, "", `?${new URLSearchParams(this.choices())}${location.hash}`);
  }

  /* Bring the heading of the line that is being written into sight. */
  follow() {
    const heading = headingAt(this.source.text, this.source.line);
    if (heading === this.heading) {
      return;
    }
    this.heading = heading;
    const all = [...this.pane.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const found = all.find((element) => element.textContent.trim() === heading);
    if (found || !heading) {
      this.pane.scrollTop += found ? found.getBoundingClientRect().top - this.pane.getBoundingClientRect().top - 16 : 0;
    }
  }
}

/* A link of the lesson must not take the author away from the text. */
function openOutside(event) {
  const link = event.target.closest("a[href]");
  if (link && !link.getAttribute("href").startsWith("#")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
}
