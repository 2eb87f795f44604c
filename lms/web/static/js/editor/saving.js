/* Saves by itself, and never over what somebody else wrote: the server compares `base`, the digest of the text
   that this page began from. */

import { say } from "./words.js";

const QUIET = 2000;
const COPY_AFTER = 300;
const RETRY = 15_000;
const KEEPALIVE_LIMIT = 60_000;

export class Saving {
  constructor({ source, form, url, status, copies, onConflict }) {
    Object.assign(this, { source, form, url, status, copies, onConflict });
    this.saved = source.text;
    this.running = null;
    this.isBlocked = false;
    source.on("change", () => this.changed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.byHand();
    });
    source.pane.addEventListener("focusout", () => this.now());
    window.addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => document.hidden && this.now({ keepalive: true }));
    window.addEventListener("pagehide", () => this.copy());
    window.addEventListener("beforeunload", (event) => this.isDirty && event.preventDefault());
  }

  get base() {
    return this.form.elements.base.value;
  }

  set base(digest) {
    this.form.elements.base.value = digest;
  }

  get isDirty() {
    return this.source.text !== this.saved;
  }

  changed() {
    clearTimeout(this.timer);
    clearTimeout(this.copyTimer);
    if (!this.isDirty) {
      this.copies.drop();
      return;
    }
    this.copyTimer = setTimeout(() => this.copy(), COPY_AFTER);
    if (!this.isBlocked) {
      this.show("unsaved");
      this.timer = setTimeout(() => this.now(), QUIET);
    }
  }

  copy() {
    if (this.isDirty) {
      this.copies.keep(this.source.text, this.base);
    }
  }

  /* Save what is not saved and answer whether nothing is left to save. */
  async now({ keepalive = false } = {}) {
    clearTimeout(this.timer);
    // Whoever waits looks again: another may have begun to save while this one waited.
    while (this.running) {
      await this.running;
    }
    if (!this.isDirty || this.isBlocked) {
      return !this.isDirty;
    }
    this.copy();
    this.running = this.send(this.source.text, keepalive).finally(() => {
      this.running = null;
    });
    await this.running;
    return !this.isDirty;
  }

  /* A conflict that was put off is asked about again when the author saves by hand. */
  byHand() {
    this.isBlocked = false;
    return this.now();
  }

  async send(text, keepalive) {
    this.show("saving");
    const body = new URLSearchParams({ csrf_token: this.form.elements.csrf_token.value, base: this.base, text });
    const headers = { Accept: "application/json" };
    const brief = keepalive && body.toString().length < KEEPALIVE_LIMIT;
    try {
      const answer = await fetch(this.url, { method: "POST", body, headers, keepalive: brief });
      await this.answered(answer, text);
    } catch {
      this.wait("offline");
    }
  }

  async answered(answer, text) {
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    if (answer.ok && isJson) {
      this.accepted(await answer.json(), text);
    } else if (answer.status === 409 && isJson) {
      this.refused(await answer.json());
    } else if (answer.status >= 500) {
      this.wait("offline");
    } else if (answer.status === 422 && isJson) {
      this.tell((await answer.json()).message, "failed");
    } else if ([403, 404, 410].includes(answer.status)) {
      this.tell(say("gone"), "failed");
    } else {
      /* The sign-in page, a token of an older session: only signing in again helps. */
      this.tell(say("signed_out"), "failed");
    }
  }

  accepted({ base, state }, text) {
    this.base = base;
    this.saved = text;
    if (this.isDirty) {
      this.changed();
    } else {
      this.copies.drop();
      this.tell(state, "saved");
    }
  }

  refused(theirs) {
    this.isBlocked = true;
    this.tell(say("conflict_state"), "failed");
    this.onConflict({ ...theirs, theirs: theirs.theirs.replace(/\r\n?/g, "\n") });
  }

  wait(name) {
    this.show(name, "failed");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), RETRY);
  }

  /* Go on from another text of the server: saving again compares with that one. */
  resume(base, saved) {
    this.base = base;
    this.saved = saved;
    this.isBlocked = false;
    this.changed();
  }

  show(name, state = name) {
    this.tell(say(name), state);
  }

  tell(text, state) {
    this.status.textContent = text;
    this.status.dataset.state = state;
  }
}
