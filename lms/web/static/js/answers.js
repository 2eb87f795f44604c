// Every answer reaches the server as it is given. Without a line it waits in this browser and goes when the line is
// back: under the attempt's id, only where it goes and what the form would send, and no longer than until the server
// has it. A number that only grows says which of two is the newer, so sending one twice is harmless. With a limit it
// also counts down, warns at five minutes and at one, and hands in at the end what was answered.
const form = document.querySelector("[data-answers-of]");
const note = document.getElementById("saved");
const words = form.dataset;
const shelf = `ruta:answers:${words.answersOf}`;
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30000;
const PATIENCE = 15000;

const empty = () => ({ source: crypto.randomUUID?.() ?? String(Math.random()).slice(2), waiting: {} });
let inMemory = empty();
const read = () => {
  try {
    return JSON.parse(localStorage.getItem(shelf)) ?? inMemory;
  } catch {
    return inMemory;
  }
};
const write = (kept) => {
  inMemory = kept;
  try {
    if (Object.keys(kept.waiting).length) localStorage.setItem(shelf, JSON.stringify(kept));
    else localStorage.removeItem(shelf);
  } catch {
    // A browser that keeps nothing still sends what it can.
  }
};
inMemory = read();

let lastTurn = 0;
const nextTurn = () => (lastTurn = Math.max(lastTurn + 1, Date.now()));
const later = (pause = 0) => new Promise((resume) => setTimeout(resume, pause));
const count = () => Object.keys(read().waiting).length;
const say = (text) => {
  if (note && note.textContent !== text) note.textContent = text;
};
const sayWaiting = () => say(count() === 1 ? words.one : words.many.replace("{n}", count()));

const answerOf = (sent) =>
  [...new FormData(sent)].filter(([name, value]) => name.startsWith("answer") && typeof value === "string");

const given = new Map();
function put(sent) {
  const kept = read();
  const answer = answerOf(sent);
  given.set(words.save, answer);
  kept.waiting[words.save] = { answer, turn: nextTurn(), given: Date.now() };
  write({ ...kept, source: inMemory.source });
}

function forget(address, turn) {
  const kept = read();
  if (kept.waiting[address]?.turn === turn) delete kept.waiting[address];
  write(kept);
}

async function post(address, { answer, turn, given }) {
  const body = new URLSearchParams(answer);
  body.set("csrf_token", document.querySelector("[name=csrf_token]").value);
  body.set("source", inMemory.source);
  body.set("turn", turn);
  body.set("delay", Math.max(0, Date.now() - given));
  const stop = AbortSignal.timeout(PATIENCE);
  return fetch(address, { method: "POST", body, redirect: "manual", signal: stop, headers: { Accept: "application/json" } });
}

// True once nothing waits. What the server will never take is dropped, and it says why; everything else stays.
async function send() {
  for (const [address, item] of Object.entries(read().waiting)) {
    let response;
    try {
      response = await post(address, item);
    } catch {
      sayWaiting();
      return false;
    }
    if (response.type === "opaqueredirect" || response.status === 400 || response.status === 403) {
      say(words.session);
      return false;
    }
    if (response.status >= 500 || response.status === 429) {
      sayWaiting();
      return false;
    }
    const { said } = await response.json().catch(() => ({ said: "" }));
    // The next page may have been drawn before this arrived: it keeps what waits, shows it and sends it again.
    if (isLeaving) return false;
    forget(address, item.turn);
    say((said ?? "").trim());
  }
  return true;
}

let isLeaving = false;
addEventListener("beforeunload", () => {
  isLeaving = true;
  setTimeout(() => (isLeaving = false), PATIENCE); // a download leaves nothing
});

let sending = null;
let pause = FIRST_PAUSE;
let timer = 0;
function flush() {
  clearTimeout(timer);
  sending ??= send().finally(() => (sending = null));
  return sending.then((isDone) => {
    if (isDone && count() === 0) {
      pause = FIRST_PAUSE;
      return true;
    }
    timer = setTimeout(flush, isDone ? 0 : pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    return false;
  });
}

// What waits is newer than what the server drew.
function restore(answer) {
  const has = (name, value) => answer.some(([one, other]) => one === name && other === value);
  for (const control of form.elements) {
    if (!control.name.startsWith("answer")) continue;
    if (control.matches("[type=radio], [type=checkbox]")) control.checked = has(control.name, control.value);
    else if (control.type !== "file") control.value = answer.find(([name]) => name === control.name)?.[1] ?? "";
  }
}

// The other questions, in this page's memory alone: with them one goes on without a line.
let sheet = null;
async function fetchSheet() {
  try {
    const response = await fetch(words.sheet, { redirect: "manual" });
    if (response.ok) sheet = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    // Without it the page waits at its question.
  }
}

function show(number) {
  const page = sheet?.querySelector(`[data-number="${number}"]`);
  if (!page) return false;
  form.querySelector("[data-asked]").replaceChildren(...document.importNode(page, true).childNodes);
  words.save = page.dataset.save;
  words.number = number;
  form.action = page.dataset.action;
  form.setAttribute("aria-label", page.dataset.label);
  document.querySelector("[data-place]").textContent = page.dataset.place;
  document.querySelectorAll(".mini-route--steps li").forEach((step, at) => {
    step.toggleAttribute("data-current", at + 1 === number);
    if (at + 1 === number) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  });
  const answer = given.get(words.save) ?? read().waiting[words.save]?.answer;
  if (answer) restore(answer);
  form.dispatchEvent(new Event("asked", { bubbles: true }));
  const legend = form.querySelector("legend");
  legend.tabIndex = -1;
  legend.focus();
  return true;
}

if (words.save) {
  if (words.sheet) setTimeout(fetchSheet, 1000);
  let typing = 0;
  let isChanged = false;
  const mine = read().waiting[words.save];
  if (mine) restore(mine.answer);
  const save = () => {
    clearTimeout(typing);
    isChanged = false;
    put(form);
    return flush();
  };
  form.addEventListener("change", save);
  form.addEventListener("input", (event) => {
    isChanged = true;
    clearTimeout(typing);
    if (event.target.matches("textarea, input[type=text], input:not([type])")) typing = setTimeout(save, 1500);
  });
  // The button goes on once the server has everything; without a line the page stays where the answer is safe.
  form.addEventListener("submit", async (event) => {
    if (form.enctype === "multipart/form-data" || form.dataset.gone) return;
    event.preventDefault();
    const wanted = event.submitter;
    await (isChanged ? save() : flush());
    // What was on its way when the line came back may have failed: with a line it is worth another try.
    for (let tries = 0; count() && navigator.onLine && tries < 2; tries += 1) await flush();
    if (count()) {
      const by = { next: 1, previous: -1 }[wanted?.value];
      if (!(by && show(Number(words.number) + by))) say(words.waiting);
      return;
    }
    const kept = Object.assign(document.createElement("input"), { type: "hidden", name: "kept", value: "1" });
    form.append(kept);
    form.dataset.gone = "yes";
    await later(); // a form that is being submitted ignores to be submitted
    form.requestSubmit(wanted ?? undefined);
  });
}
addEventListener("online", () => {
  pause = FIRST_PAUSE;
  if (words.sheet && !sheet) fetchSheet();
  flush();
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  isLeaving = false;
  delete form.dataset.gone;
  form.querySelector("[name=kept]")?.remove();
});
if (count()) {
  sayWaiting();
  flush();
}

const handIn = document.querySelector("form[data-hand-in]");
const clock = document.querySelector("[data-left]");
if (handIn) {
  handIn.addEventListener("submit", async (event) => {
    if (!count() || handIn.dataset.gone) return;
    event.preventDefault();
    if (!(await flush()) && count()) return;
    handIn.dataset.gone = "yes";
    await later();
    handIn.requestSubmit();
  });
}
if (clock) {
  // From when the page left the server, not from when it was drawn: a slow line gives nobody more time.
  const sent = performance.getEntriesByType("navigation")[0]?.responseStart ?? performance.now();
  const end = sent + Number(clock.dataset.left) * 1000;
  const warning = document.querySelector("[data-warning]");
  const warnings = [
    [0, words.over],
    [60, words.last],
    [300, words.five],
  ];
  const shown = (left) => `(${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")})`;
  let last = Infinity;
  const tick = async () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    clock.textContent = shown(left);
    const due = warnings.find(([at]) => left <= at && last > at);
    if (due && last !== Infinity) warning.textContent = due[1];
    last = left;
    if (left > 0) return;
    clearInterval(ticking);
    if (words.save) form.inert = true;
    while (!(await flush()) && count()) await later(2000);
    handIn.requestSubmit();
  };
  const ticking = setInterval(tick, 1000);
  tick();
}
