/* The course editor in the browser. Without this module the page is a form that saves with its button. */

import { Checking } from "./editor/checking.js";
import { settle } from "./editor/conflict.js";
import { Copies } from "./editor/copies.js";
import { make } from "./editor/elements.js";
import { PlainSource } from "./editor/plain-source.js";
import { Preview } from "./editor/preview.js";
import { Problems } from "./editor/problems.js";
import { restore } from "./editor/restoring.js";
import { Saving } from "./editor/saving.js";
import { Uploading } from "./editor/uploading.js";
import { say } from "./editor/words.js";

const SHOWN = 10_000;

const main = document.querySelector("main[data-editor]");
const form = main.querySelector("[data-source-form]");
if (form) {
  start(await openSource(form.querySelector("[data-source]")));
}

/* A phone keeps the plain textarea: its own keyboard, selection and correction, and 150 KB less to download. */
async function openSource(textarea) {
  if (!matchMedia("(min-width: 48rem) and (any-pointer: fine)").matches) {
    return new PlainSource(textarea);
  }
  try {
    const [codemirror, { RichSource }] = await Promise.all([
      import(main.dataset.codemirror ?? "../vendor/codemirror.js"),
      import("./editor/rich-source.js"),
    ]);
    return new RichSource(textarea, codemirror, main.dataset.path);
  } catch {
    return new PlainSource(textarea);
  }
}

function start(source) {
  const { checkUrl, saveUrl, uploadUrl, path } = main.dataset;
  const foot = form.querySelector(".source__foot") ?? form.appendChild(make("div", { class: "source__foot" }));
  const announce = announcer(foot);
  const uploading = new Uploading({ source, form, url: uploadUrl, path, announce });
  foot.querySelector("button").after(uploading.button());
  foot.append(...source.hints());
  const copies = new Copies(saveUrl);
  const status = main.querySelector("[data-save-state]");
  const saving = new Saving({ source, form, url: saveUrl, status, copies, onConflict });
  const problems = new Problems({
    panel: main.querySelector("[data-problems]"),
    source,
    path,
    announce,
    showSource: () => document.getElementById("ed-source")?.click(),
  });
  const preview = new Preview({
    pane: main.querySelector("[data-preview]"),
    options: main.querySelector("[data-preview-options]"),
    source,
    onOptions: () => checking.now(),
  });
  const checking = new Checking({
    source,
    url: checkUrl,
    token: form.elements.csrf_token.value,
    options: () => preview.choices(),
    onAnswer: (found) => {
      preview.show(found.preview);
      problems.show(found);
      const weight = main.querySelector("[data-weight]");
      if (weight) {
        weight.textContent = found.weight;
      }
    },
    onFailure: () => announce(say("check_failed")),
  });

  async function onConflict({ theirs, base, message }) {
    const decision = await settle({ mine: () => source.text, theirs, message });
    if (decision) {
      source.text = decision.text;
      saving.resume(base, theirs);
      if (await saving.now()) {
        saving.show(decision.text === theirs ? "taken" : "kept", "saved");
      }
    }
  }

  jump();
  addEventListener("hashchange", jump);
  addEventListener("keydown", shortcut);
  main.addEventListener("click", leave);
  checking.now();
  restore({ copies, source, saving });

  function jump() {
    const line = /^#L(\d+)$/.exec(location.hash)?.[1];
    if (line) {
      problems.goTo(Number(line));
    }
  }

  function shortcut(event) {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      saving.byHand();
    }
  }

  /* Another file of the course: what is not saved is saved first, and only if it cannot be is there a question. */
  async function leave(event) {
    const link = event.target.closest("a[href]");
    const isElsewhere = link && !event.defaultPrevented && !link.target && link.pathname !== location.pathname;
    if (isElsewhere && saving.isDirty && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      await saving.now();
      location.assign(link.href);
    }
  }
}

/* Return a function that says something to a screen reader and shows it for a while at the foot of the source,
   in the place of the instructions; with `isSeen` the eyes have it elsewhere already. */
function announcer(foot) {
  const region = make("span", { role: "status", "data-announcement": true });
  let timer = 0;
  foot.append(region);
  return (text, { isSeen = false } = {}) => {
    clearTimeout(timer);
    region.classList.toggle("visually-hidden", isSeen);
    region.textContent = text;
    timer = setTimeout(() => region.replaceChildren(), SHOWN);
  };
}
