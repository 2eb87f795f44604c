// The list on a phone without a line. The device keeps names, institutions and states; each mark waits there until the
// server says what became of it. A mark's number rises on this device and is used once, so sending it twice is harmless.
const page = document.querySelector("[data-offline]");
const words = page.dataset;
const PATIENCE = 20000;
const AGAIN = 30000;
const MOST = 50;
const get = (name, within = page) => within.querySelector(`[data-${name}]`);
const put = (within, texts) => Object.entries(texts).forEach(([name, text]) => (get(name, within).textContent = text));
const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const element = (tag, values) => Object.assign(document.createElement(tag), values);
const options = (list, values) => list.replaceChildren(...values.map(([text, value]) => new Option(text, value)));

// ── what the device keeps ──
const NAMES = ["about", "meetings", "marks"];
const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("ruta-offline", 1);
  const make = (name, keys) => asked.result.createObjectStore(name, keys);
  asked.onupgradeneeded = () => {
    make("about");
    make("meetings", { keyPath: "id" });
    make("marks", { keyPath: "n", autoIncrement: true });
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

// Everything that the work asks for happens, or nothing; done once it is on the disk.
async function change(work) {
  const transaction = (await opened).transaction(NAMES, "readwrite", { durability: "strict" });
  const asked = work(Object.fromEntries(NAMES.map((name) => [name, transaction.objectStore(name)])));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  return asked;
}

// One after the other: a tap and an answer from the server never write over each other.
let turn = Promise.resolve();
const inTurn = (work) => (turn = turn.then(work, work));

let about = {};
let meetings = new Map();
let marks = [];
const clock = () => Date.now() + (about.offset ?? 0);
const waiting = () => marks.filter((each) => each.status === "waits");
const markOf = (meeting, row) => marks.find((each) => each.meeting === meeting && each.row === row);
const personOf = (mark) => meetings.get(mark.meeting)?.people.find((each) => each.id === mark.row);

async function load() {
  const found = await change((stores) => [stores.about.get("it"), stores.meetings.getAll(), stores.marks.getAll()]);
  about = found[0].result ?? {};
  meetings = new Map(found[1].result.map((each) => [each.id, each]));
  marks = found[2].result;
  await forget(({ savedAt }) => clock() > savedAt + words.days * 86400000);
}

async function forget(isGone) {
  const ids = [...meetings.values()].filter(isGone).map((each) => each.id);
  const isOf = (mark) => ids.includes(mark.meeting);
  await change((stores) => {
    ids.forEach((id) => stores.meetings.delete(id) && meetings.delete(id));
    marks.filter(isOf).forEach(({ n }) => stores.marks.delete(n));
  });
  marks = marks.filter((each) => !isOf(each));
}

async function add(old, values) {
  const mark = { ...values, at: Date.now(), offset: about.offset ?? 0, status: "waits" };
  const added = await change((stores) => {
    if (old) stores.marks.delete(old.n);
    return stores.marks.add(mark);
  });
  marks = [...marks.filter((each) => each !== old), { ...mark, n: added.result }];
}

// ── talking to the platform ──
async function ask(name, body, token) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const sent = body && { method: "POST", body: JSON.stringify(body), headers };
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(words[name], { redirect: "manual", cache: "no-store", signal, ...sent });
    if (answer.ok) return await answer.json();
    const isOut = answer.type === "opaqueredirect" || [400, 401, 403].includes(answer.status);
    say(isOut ? words.session : words.trouble, isOut);
  } catch {
    say(words.away);
  }
  return null;
}

async function greet() {
  const before = Date.now();
  const today = await ask("today");
  if (!today) return null;
  if (about.keeper && about.keeper !== today.keeper && meetings.size) return say(words.other, true);
  const offset = Math.round(today.now - (before + Date.now()) / 2);
  about = { device: crypto.randomUUID(), ...about, keeper: today.keeper, offset };
  await change((stores) => stores.about.put(about, "it"));
  offer(today);
  return today;
}

async function take(id) {
  const today = await greet();
  const given = today && (await ask("rosters", { meetings: [id] }, today.token));
  if (!given) return;
  const saved = given.meetings.map((each) => ({ ...each, savedAt: clock() }));
  await change((stores) => saved.forEach((each) => stores.meetings.put(each)));
  saved.forEach((each) => meetings.set(each.id, each));
  draw();
  offer(today);
  say(words.saved);
}

let sending = null;
let timer = 0;
const send = () => (sending ??= sendAll().finally(() => (sending = null)));
const sendSoon = (pause = 1500) => {
  clearTimeout(timer);
  timer = setTimeout(send, pause);
};
async function sendAll() {
  clearTimeout(timer);
  let last = 0;
  for (let today = await greet(); today; ) {
    const items = waiting().filter((each) => each.n > last).slice(0, MOST);
    if (!items.length) {
      // What is over and wholly sent leaves the device.
      const isOpen = (id) => marks.some((each) => each.meeting === id && each.status !== "sent");
      const isSent = (id) => marks.some((each) => each.meeting === id);
      await inTurn(() => forget(({ id, ends }) => ends < clock() && isSent(id) && !isOpen(id)));
      draw();
      break;
    }
    last = items.at(-1).n;
    const answer = await ask("marks", { device: about.device, items }, today.token);
    if (answer) await inTurn(() => settle(answer.results));
    else break;
  }
  if (waiting().length) sendSoon(AGAIN);
}

async function settle(results) {
  const settled = marks.filter((mark) => {
    const result = results.find(({ n }) => n === mark.n);
    if (!result) return false;
    const isIn = ["taken", "known"].includes(result.outcome);
    if (isIn && !mark.row) {
      mark.row = result.row ?? `n-${mark.n}`;
      meetings.get(mark.meeting)?.people.push({ id: mark.row, name: mark.name, place: mark.place });
    }
    const person = personOf(mark);
    if (isIn && person) person.state = mark.state;
    Object.assign(mark, { status: isIn ? "sent" : result.outcome, sentAt: clock(), result });
    return true;
  });
  await change((stores) => {
    settled.forEach((each) => stores.marks.put(each));
    meetings.forEach((each) => stores.meetings.put(each));
  });
  draw();
}

// ── the page ──
function say(text, isOut = false) {
  const count = waiting().length;
  const isOpen = marks.some((each) => each.status !== "sent");
  const rest = isOpen ? words.choose : marks.length ? words.clear : "";
  const left = count > 1 ? words.many.replace("{n}", count) : count ? words.one : rest;
  put(page, { state: [text, left].filter(Boolean).join(" ") });
  get("sign-in").hidden = !isOut;
}

function offer(today) {
  const rows = today.meetings.map(({ id, title, when }) => {
    const row = copy("offered");
    put(row, { title, when, of: `: ${title}`, act: meetings.has(id) ? words.renew : words.take });
    row.querySelector("button").onclick = () => take(id);
    return row;
  });
  get("offered").replaceChildren(...(rows.length ? rows : [element("li", { textContent: words.none })]));
}

function draw() {
  const focused = document.activeElement?.id;
  const open = [...document.querySelectorAll("details[data-of][open]")].map((each) => each.dataset.of);
  get("lists").replaceChildren(...[...meetings.values()].map((each) => drawMeeting(each, open.includes(each.id))));
  if (focused) document.getElementById(focused)?.focus();
  say();
}

function drawMeeting(meeting, isOpen) {
  const { id, title, when, people } = meeting;
  const section = copy("meeting");
  put(section, { title, when });
  const added = marks.filter((each) => each.meeting === id && !each.row);
  get("people", section).replaceChildren(...people.map((each) => drawPerson(meeting, each, section)), ...added.map(drawAdded));
  count(section);
  const [details, form, places] = ["details", "form", "datalist"].map((name) => section.querySelector(name));
  details.dataset.of = id;
  details.open = isOpen;
  places.id = `places-${id}`;
  options(places, [...new Set(people.map((each) => each.place))].map((each) => [each]));
  const { name, place } = form.elements;
  place.setAttribute("list", places.id);
  name.id = `name-${id}`;
  form.onsubmit = async (event) => {
    event.preventDefault();
    const guest = { name: name.value.trim(), place: place.value.trim(), state: "present", seen: "" };
    if (!guest.name || !guest.place) return;
    await inTurn(() => add(null, { meeting: id, row: null, ...guest }));
    draw();
    document.getElementById(name.id).focus();
    sendSoon();
  };
  return section;
}

function count(section) {
  const all = section.querySelectorAll(".roll__person");
  const done = section.querySelectorAll(".roll__person:has(:checked), .roll__person[data-added]");
  put(section, { count: words.count.replace("{n}", done.length).replace("{total}", all.length) });
}

function drawRow({ name, place }) {
  const row = copy("person");
  put(row, { name, place });
  return row;
}

// Somebody who was not on the list stays as they were written down until the platform knows them.
function drawAdded(mark) {
  const row = drawRow(mark);
  row.firstElementChild.dataset.added = "";
  tell(row, mark);
  return row;
}

function drawPerson(meeting, person, section) {
  const row = drawRow(person);
  const now = markOf(meeting.id, person.id)?.state ?? person.state;
  const marked = async (state) => {
    await inTurn(() => {
      const old = markOf(meeting.id, person.id);
      const seen = old && old.status !== "sent" ? old.seen : (person.state ?? "");
      return add(old, { meeting: meeting.id, row: person.id, state, seen });
    });
    tell(row, markOf(meeting.id, person.id));
    count(section);
    say();
    sendSoon();
  };
  for (const { code, label } of meeting.states) {
    const choice = copy("state-of");
    const radio = choice.querySelector("input");
    const name = `${meeting.id}:${person.id}`;
    Object.assign(radio, { name, id: `${name}:${code}`, value: code, checked: code === now });
    radio.onchange = () => marked(code);
    put(choice, { label });
    get("states", row).append(choice);
  }
  tell(row, markOf(meeting.id, person.id));
  return row;
}

// Says where a mark is, and asks when only a person can decide.
function tell(row, mark) {
  const { zone: timeZone, states } = (mark && meetings.get(mark.meeting)) ?? {};
  const line = (textContent) => element("p", { className: "text-sm", textContent });
  const time = () => new Intl.DateTimeFormat(words.language, { timeStyle: "short", timeZone }).format(mark.sentAt);
  const says = {
    waits: () => line(words.waits),
    sent: () => line(words.sent.replace("{time}", time())),
    refused: () => line(mark.result.reason),
    conflict: () => askWhose(mark, states),
    unclear: () => askPlace(mark),
  };
  get("said", row).replaceChildren(...(mark ? [says[mark.status]()] : []));
}

function askWhose(mark, states) {
  const asked = copy("clash");
  const mine = states.find((each) => each.code === mark.state)?.label ?? mark.state;
  put(asked, { theirs: mark.result.theirs, mine });
  asked.querySelectorAll("button").forEach((each) => (each.onclick = () => choose(mark, each.dataset.keep)));
  return asked;
}

async function choose(mark, whose) {
  await inTurn(async () => {
    const { meeting, row, state, result } = mark;
    const person = personOf(mark);
    if (person) person.state = result.state;
    if (whose === "mine") await add(mark, { meeting, row, state, seen: result.state });
    else marks = marks.filter((each) => each !== mark);
    await change((stores) => {
      stores.marks.delete(mark.n);
      stores.meetings.put(meetings.get(meeting));
    });
  });
  draw();
  sendSoon(0);
}

function askPlace(mark) {
  const asked = copy("unclear");
  const places = asked.querySelector("select");
  options(places, mark.result.choices.map(({ label, id }) => [label, id]));
  asked.querySelector("button").onclick = async () => {
    Object.assign(mark, { institution: places.value, status: "waits" });
    await inTurn(() => change((stores) => stores.marks.put(mark)));
    draw();
    sendSoon(0);
  };
  return asked;
}

async function begin() {
  page.hidden = false;
  try {
    await load();
    await navigator.serviceWorker.register(words.worker, { scope: words.page });
  } catch {
    return put(page, { state: words.unable });
  }
  draw();
  get("send").onclick = send;
  get("wipe").onclick = async () => {
    await change((stores) => NAMES.forEach((name) => stores[name].clear()));
    location.replace(words.page);
  };
  addEventListener("online", send);
  addEventListener("offline", () => say(words.away));
  const wanted = new URLSearchParams(location.search).get("meeting_id");
  if (wanted && !meetings.has(wanted)) await take(wanted);
  return send();
}
begin();
