/* Pictures that are dropped, pasted or chosen: uploaded with their alternative text and written at the cursor. */

import { ask, make } from "./elements.js";
import { say } from "./words.js";

export class Uploading {
  constructor({ source, form, url, path, announce }) {
    Object.assign(this, { source, form, url, path, announce });
    const { pane } = source;
    pane.addEventListener("dragover", (event) => this.dragged(event), { capture: true });
    pane.addEventListener("dragleave", () => delete pane.dataset.dragging, { capture: true });
    pane.addEventListener("drop", (event) => this.took(event, event.dataTransfer), { capture: true });
    pane.addEventListener("paste", (event) => this.took(event, event.clipboardData), { capture: true });
  }

  /* Dragging is not for everybody: the same by a button. */
  button() {
    const input = make("input", { type: "file", accept: "image/*", hidden: true, "data-picture": true });
    const button = make("button", { type: "button", class: "button button--sm" }, say("insert_picture"));
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", async () => {
      await this.insertAll([...input.files]);
      input.value = "";
    });
    return make("span", {}, button, input);
  }

  dragged(event) {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      this.source.pane.dataset.dragging = "";
    }
  }

  took(event, transfer) {
    delete this.source.pane.dataset.dragging;
    const files = [...(transfer?.files ?? [])];
    if (files.length) {
      event.preventDefault();
      event.stopPropagation();
      if (event.type === "drop") {
        this.source.moveTo(event.clientX, event.clientY);
      }
      this.insertAll(files);
    }
  }

  async insertAll(files) {
    for (const file of files) {
      await this.insert(file);
    }
  }

  async insert(file) {
    if (!file.type.startsWith("image/")) {
      this.announce(say("not_picture", file));
      return;
    }
    const alt = await askAlternative(file);
    if (alt !== null) {
      this.announce(say("uploading", file));
      this.announce(await this.upload(file, alt));
    }
  }

  /* Upload one picture, write it at the cursor and return what to tell. */
  async upload(file, alt) {
    const body = new FormData();
    body.append("csrf_token", this.form.elements.csrf_token.value);
    body.append("path", this.path);
    body.append("file", file);
    try {
      const answer = await fetch(this.url, { method: "POST", body, headers: { Accept: "application/json" } });
      const { markdown, message } = await answer.json();
      if (answer.status !== 201) {
        return message;
      }
      this.source.insert(markdown.replace("![]", () => `![${alt.replace(/[[\]\\]/g, "\\$&")}]`));
      return say("uploaded", file);
    } catch {
      return say("upload_failed", file);
    }
  }
}

/* Return the alternative text that the author gives, null when they change their mind. */
async function askAlternative(file) {
  const input = make("input", {
    class: "input", id: "picture-alt", required: true, maxlength: 300, "aria-describedby": "picture-help",
    autofocus: true,
  });
  const field = make(
    "div",
    { class: "field" },
    make("label", { for: input.id }, say("picture_alt")),
    make("p", { class: "muted text-sm", id: "picture-help" }, say("picture_help")),
    input,
  );
  const answer = await ask({
    title: say("picture_title"),
    content: [make("p", {}, make("code", {}, file.name)), field],
    buttons: [
      ["insert", say("picture_insert")],
      ["", say("cancel"), { formnovalidate: true }],
    ],
    kind: "picture",
  });
  return answer === "insert" ? input.value.trim() : null;
}
