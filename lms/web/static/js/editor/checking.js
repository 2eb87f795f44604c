/* Asks the server, a moment after the last key, how the text looks and what is wrong with it; writes nothing. */

const QUIET = 400;

export class Checking {
  constructor({ source, url, token, options, onAnswer, onFailure }) {
    Object.assign(this, { source, url, token, options, onAnswer, onFailure });
    source.on("change", () => this.soon());
    window.addEventListener("online", () => this.now());
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), QUIET);
  }

  async now() {
    clearTimeout(this.timer);
    this.request?.abort();
    const request = (this.request = new AbortController());
    const fields = { csrf_token: this.token, text: this.source.text, ...this.options() };
    const ask = { method: "POST", body: new URLSearchParams(fields), signal: request.signal };
    try {
      const answer = await fetch(this.url, { ...ask, headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) {
        throw new Error(String(answer.status));
      }
      const found = await answer.json();
      if (request === this.request) {
        this.onAnswer(found);
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        this.onFailure();
      }
    }
  }
}
