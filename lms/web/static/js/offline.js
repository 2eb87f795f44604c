// The list on a phone without a line. Each mark waits on the device until the server says what became of it; its number
// rises there and is used once, so sending it twice is harmless.
const page = document.querySelector("[data-offline]");
const words = page.dataset;
const get = (name, within = page) => within.querySelector(`[data-${name}]`);
const put = (within, texts) => Object.entries(texts).forEach(([name, text]) => (get(name, within).textContent = text));
const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const options = (list, values) => list.replaceChildren(...values.map(([text, value]) => new Option(text, value)));

const NAMES = ["about", "meetings", "marks"];
const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("ruta-offline", 1);
  const keys = { meetings: { keyPath: "id" }, marks: { keyPath: "n", autoIncrement: true } };
  asked.onupgradeneeded = () => NAMES.forEach((name) => asked.result.createObjectStore(name, keys[name]));
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = reject;
});

// All of the work happens, or nothing; done once it is on the disk.
async function change(work) {
  const transaction = (await opened).transaction(NAMES, "readwrite", { durability: "strict" });
  const asked = work(Object.fromEntries(NAMES.map((name) => [name, transaction.objectStore(name)])));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked);
    transaction.onabort = reject;
  });
}

// One after the other: a tap and an answer from the server never write over each other.
let turn = Promise.resolve();
const inTurn = (work) => (turn = turn.then(work, work));

let about = {};
let meetings = new Map();
let marks = [];
const clock = () => Date.now() + (about.offset ?? 0);
const waiting = () => marks.filter(({ status }) => status === "waits");
const markOf = (meeting, row) => marks.find((it) => it.meeting === meeting && it.row === row);
const addedTo = (id) => marks.filter((it) => it.meeting === id && !it.row);
const isShown = ({ room }, { rooms }) => !room || !rooms?.length || rooms.includes(room);
const personOf = (mark) => meetings.get(mark.meeting)?.people.find((it) => it.id === mark.row);

async function load() {
  const found = await change((stores) => [stores.about.get("it"), stores.meetings.getAll(), stores.marks.getAll()]);
  about = found[0].result ?? {};
  meetings = new Map(found[1].result.map((it) => [it.id, it]));
  marks = found[2].result;
  await forget(({ savedAt }) => clock() > savedAt + Number(words.life));
}

async function forget(isGone) {
  const ids = [...meetings.values()].filter(isGone).map((it) => it.id);
  const isOf = (mark) => ids.includes(mark.meeting);
  await change((stores) => {
    ids.forEach((id) => stores.meetings.delete(id) && meetings.delete(id));
    marks.filter(isOf).forEach(({ n }) => stores.marks.delete(n));
  });
  marks = marks.filter((it) => !isOf(it));
}

async function add(old, values) {
  const mark = values && { ...values, at: Date.now(), offset: about.offset ?? 0, status: "waits" };
  const added = await change((stores) => {
    if (old) stores.marks.delete(old.n);
    return mark && stores.marks.add(mark);
  });
  marks = marks.filter((it) => it !== old);
  if (mark) marks.push({ ...mark, n: added.result });
}

async function ask(name, body, token) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const sent = body && { method: "POST", body: JSON.stringify(body), headers };
  try {
    const signal = AbortSignal.timeout(20000);
    const answer = await fetch(words[name], { redirect: "manual", signal, ...sent });
    if (answer.ok) return await answer.json();
    const isOut = [0, 400, 403].includes(answer.status); // 0: a redirect, to where one signs in
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
  if (meetings.size && about.keeper !== today.keeper) return say(words.other, true);
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
  const isOld = (mark) => mark.meeting === id && ["sent", "refused"].includes(mark.status);
  await inTurn(async () => {
    given.meetings.forEach((it) => meetings.set(it.id, { ...it, room: meetings.get(it.id)?.room, savedAt: clock() }));
    await change((stores) => {
      meetings.forEach((it) => stores.meetings.put(it));
      marks.filter(isOld).forEach(({ n }) => stores.marks.delete(n));
    });
    marks = marks.filter((it) => !isOld(it));
  });
  navigator.storage?.persist?.();
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
  let last = 0;
  for (let today = await greet(); today; ) {
    const items = waiting().filter(({ n }) => n > last).slice(0, 50);
    if (!items.length) {
      // What is over and wholly sent leaves the device.
      const sent = new Set(marks.map((it) => it.meeting));
      marks.forEach((it) => it.status === "sent" || sent.delete(it.meeting));
      await inTurn(() => forget(({ id, ends }) => ends < clock() && sent.has(id)));
      draw();
      break;
    }
    last = items.at(-1).n;
    const answer = await ask("marks", { device: about.device, items }, today.token);
    if (!answer) break;
    await inTurn(() => settle(answer.results));
  }
  if (waiting().length) sendSoon(30000);
}

async function settle(results) {
  const settled = marks.filter((mark) => {
    const result = results.find(({ n }) => n === mark.n);
    const isIn = ["taken", "known"].includes(result?.outcome);
    if (isIn && !mark.row) {
      mark.row = result.row;
      if (!personOf(mark)) meetings.get(mark.meeting).people.push({ ...mark, id: mark.row });
    }
    if (isIn) Object.assign(personOf(mark) ?? {}, { state: mark.state });
    if (result) Object.assign(mark, { status: isIn ? "sent" : result.outcome, sentAt: clock(), result });
    return result;
  });
  await change((stores) => {
    settled.forEach((it) => stores.marks.put(it));
    meetings.forEach((it) => stores.meetings.put(it));
  });
  draw();
}

function say(text = "", isOut = false) {
  const count = waiting().length;
  const rest = marks.some((it) => it.status !== "sent") ? words.choose : marks.length ? words.clear : "";
  put(page, { state: `${text} ${count ? words.wait.replace("{n}", count) : rest}` });
  get("sign-in").hidden = !isOut;
}

function offer(today) {
  const rows = today.meetings.map(({ id, title, when }) => {
    const row = copy("offered");
    put(row, { title, when, of: `: ${title}`, act: meetings.has(id) ? words.renew : words.take });
    row.querySelector("button").onclick = () => take(id);
    return row;
  });
  get("offered").replaceChildren(...rows);
  get("none").hidden = rows.length > 0;
}

function draw() {
  const focused = document.activeElement?.id;
  const kept = [...meetings.values()];
  const places = kept.flatMap(({ people }) => people.map((it) => it.place));
  options(document.getElementById("places"), [...new Set(places)].map((it) => [it]));
  get("lists").replaceChildren(...kept.map(drawMeeting));
  if (focused) document.getElementById(focused)?.focus();
  say();
}

function drawMeeting(meeting) {
  const { id, title, when, people } = meeting;
  const section = copy("meeting");
  put(section, { title, when });
  const added = addedTo(id);
  const rows = people.filter((it) => isShown(meeting, it)).map((it) => drawPerson(meeting, it, section));
  get("people", section).replaceChildren(...rows, ...added.map((it) => drawRow(it, it)));
  count(meeting, section);
  if (meeting.rooms?.length) offerRooms(meeting, section);
  const [details, form] = ["details", "form"].map((name) => section.querySelector(name));
  details.id = `more-${id}`;
  details.open = document.getElementById(details.id)?.open;
  const { name, place } = form.elements;
  name.id = `name-${id}`;
  form.onsubmit = async (event) => {
    event.preventDefault();
    const guest = { name: name.value.trim(), place: place.value.trim(), state: "present", seen: "" };
    if (!guest.name || !guest.place) return;
    await inTurn(() => add(null, { meeting: id, row: null, ...guest }));
    name.focus();
    draw();
    sendSoon();
  };
  return section;
}

function offerRooms(meeting, section) {
  const field = get("room", section);
  const select = field.querySelector("select");
  select.id = `room-${meeting.id}`;
  select.append(...meeting.rooms.map((it) => new Option(it, it)));
  select.value = meeting.rooms.includes(meeting.room) ? meeting.room : "";
  select.onchange = async () => {
    meeting.room = select.value;
    await inTurn(() => change((stores) => stores.meetings.put(meeting)));
    draw();
  };
  field.hidden = false;
}

function count(meeting, section) {
  const { id } = meeting;
  const people = meeting.people.filter((it) => isShown(meeting, it));
  const own = addedTo(id).length;
  const done = people.filter((it) => (markOf(id, it.id) ?? it).state).length;
  put(section, { count: words.count.replace("{n}", done + own).replace("{total}", people.length + own) });
}

function drawRow({ name, place, rooms = [] }, mark) {
  const row = copy("person");
  put(row, { name, place: [place, ...rooms].join(" · ") });
  tell(row, mark);
  return row;
}

function drawPerson(meeting, person, section) {
  const known = markOf(meeting.id, person.id);
  const row = drawRow(person, known);
  for (const { code: state, label } of meeting.states) {
    const choice = copy("state-of");
    const name = `${meeting.id}:${person.id}`;
    const onchange = async () => {
      await inTurn(() => {
        const old = markOf(meeting.id, person.id);
        const seen = (old?.status ?? "sent") === "sent" ? person.state : old.seen;
        return add(old, { meeting: meeting.id, row: person.id, state, seen });
      });
      tell(row, markOf(meeting.id, person.id));
      count(meeting, section);
      say();
      sendSoon();
    };
    const checked = state === (known ?? person).state;
    Object.assign(choice.querySelector("input"), { name, id: `${name}:${state}`, value: state, checked, onchange });
    put(choice, { label });
    get("states", row).append(choice);
  }
  return row;
}

function tell(row, mark) {
  if (!mark) return;
  const { zone: timeZone, states } = meetings.get(mark.meeting);
  const time = () => new Date(mark.sentAt).toLocaleTimeString(words.language, { timeStyle: "short", timeZone });
  const says = {
    waits: () => words.waits,
    sent: () => words.sent.replace("{time}", time()),
    refused: () => mark.result.reason,
    conflict: () => askWhose(mark, states),
    unclear: () => askPlace(mark),
  };
  get("said", row).replaceChildren(says[mark.status]());
}

function askWhose(mark, states) {
  const asked = copy("clash");
  put(asked, { theirs: mark.result.theirs, mine: states.find(({ code }) => code === mark.state).label });
  asked.querySelectorAll("button").forEach((it) => (it.onclick = () => choose(mark, it.dataset.keep)));
  return asked;
}

async function choose(mark, whose) {
  const { meeting, row, state, result } = mark;
  await inTurn(async () => {
    await add(mark, whose === "mine" && { meeting, row, state, seen: result.state });
    Object.assign(personOf(mark), { state: result.state });
    await change((stores) => stores.meetings.put(meetings.get(meeting)));
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
