// cmi5: read the launch parameters, take the token, and send the statements that the specification asks of a unit.
// Statements go one by one, each with PUT: that every system accepts, and one that takes only PUT exists (Open edX).
"use strict";
(() => {
  const resume = (detail) => document.dispatchEvent(new CustomEvent("ruta:resumed", { detail }));
  const open = async () => {
    const query = new URLSearchParams(location.search);
    const wanted = ["endpoint", "fetch", "actor", "registration", "activityId"];
    if (wanted.some((name) => !query.get(name))) {
      resume({});
      return;
    }
    const [endpoint, ticket, , registration, activityId] = wanted.map((name) => query.get(name));
    const actor = JSON.parse(query.get("actor"));
    const base = endpoint.endsWith("/") ? endpoint : `${endpoint}/`;

    const CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5";
    const MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon";
    const MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
    const ADL = "http://adlnet.gov/expapi/verbs/";
    const began = Date.now();
    const duration = () => `PT${((Date.now() - began) / 1000).toFixed(2)}S`;
    // crypto.randomUUID exists only where the address is https; systems inside a ministry often have plain http.
    const uuid = () => {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      bytes[6] = (bytes[6] & 0x0f) | 0x40;
      bytes[8] = (bytes[8] & 0x3f) | 0x80;
      const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
    };

    const answer = await fetch(ticket, { method: "POST" });
    const token = (await answer.json())["auth-token"];
    if (!token) {
      resume({});
      return;
    }
    const headers = { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json" };
    const agent = JSON.stringify(actor);
    const state = (stateId) => `${base}activities/state?${new URLSearchParams({ activityId, agent, registration, stateId })}`;
    const read = async (address) => {
      const found = await fetch(address, { headers });
      return found.ok ? found.text() : "";
    };
    const launch = JSON.parse((await read(state("LMS.LaunchData"))) || "{}");
    // The preferences change nothing here, but a unit must ask for them before its first statement (section 11).
    await read(`${base}agents/profile?${new URLSearchParams({ agent, profileId: "cmi5LearnerPreferences" })}`);
    const memory = globalThis.rutaMemory(await read(state("suspendData")));

    const statement = (verb, result, movesOn) => {
      const context = structuredClone(launch.contextTemplate ?? {});
      context.registration = registration;
      context.contextActivities ??= {};
      const category = [{ id: CMI5 }, ...(movesOn ? [{ id: MOVE_ON }] : [])];
      context.contextActivities.category = [...(context.contextActivities.category ?? []), ...category];
      if (result?.score && launch.masteryScore !== undefined) {
        context.extensions = { ...context.extensions, [MASTERY]: launch.masteryScore };
      }
      return {
        id: uuid(),
        actor,
        verb: { id: ADL + verb, display: { en: verb } },
        object: { id: activityId, objectType: "Activity" },
        context,
        timestamp: new Date().toISOString(),
        ...(result && { result }),
      };
    };
    const put = (address, body) => fetch(address, { method: "PUT", headers, body, keepalive: true });
    const send = (verb, { result, movesOn = false } = {}) => {
      const made = statement(verb, result, movesOn);
      return put(`${base}statements?${new URLSearchParams({ statementId: made.id })}`, JSON.stringify(made));
    };
    // In the order in which they happened, each after the answer to the one before.
    let line = send("initialized");
    const queue = (step) => {
      line = line.then(step, step);
      return line;
    };
    await line;

    const isNormal = (launch.launchMode ?? "Normal") === "Normal";
    const told = new Set();
    const tell = (verb, values) => {
      if (!isNormal || told.has(verb)) return;
      told.add(verb);
      queue(() => send(verb, { ...values, movesOn: true }));
    };
    const keep = () => isNormal && queue(() => put(state("suspendData"), String(memory)));

    document.addEventListener("ruta:kept", ({ detail }) => {
      memory.keep(detail);
      keep();
    });
    document.addEventListener("ruta:finished", () => {
      // One "completed" in the life of a registration (section 9.3).
      if (!memory.mine.d) tell("completed", { result: { completion: true, duration: duration() } });
      memory.finish();
      keep();
    });
    document.addEventListener("ruta:scored", ({ detail }) => {
      // One "passed" in the life of a registration, and one verdict in a session; without a mark there is none.
      if (detail.passed !== null && memory.mine.p !== 1) {
        const result = { success: detail.passed, score: { scaled: Number(detail.scaled.toFixed(4)) }, duration: duration() };
        tell(detail.passed ? "passed" : "failed", { result });
      }
      memory.score(detail);
      keep();
    });
    resume({ ...memory.resumed, mark: launch.masteryScore, hasOneTry: isNormal });

    const terminate = () => {
      if (told.has("terminated")) return null;
      told.add("terminated");
      return send("terminated", { result: { duration: duration() } });
    };
    window.addEventListener("pagehide", terminate);
    const leave = document.querySelector("[data-leave]");
    if (leave && /^https?:/.test(launch.returnURL ?? "")) {
      leave.hidden = false;
      leave.addEventListener("click", async () => {
        await line;
        await terminate();
        location.assign(launch.returnURL);
      });
    }
  };
  // A page whose system does not answer can still be read and practised with.
  open().catch(() => resume({}));
})();
