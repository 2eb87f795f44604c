// cmi5: read the launch parameters, take the token, and send the statements that the specification asks of a unit.
"use strict";
(async () => {
  const query = new URLSearchParams(location.search);
  const wanted = ["endpoint", "fetch", "actor", "registration", "activityId"];
  if (wanted.some((name) => !query.get(name))) return;
  const [endpoint, ticket, , registration, activityId] = wanted.map((name) => query.get(name));
  const actor = JSON.parse(query.get("actor"));
  const base = endpoint.endsWith("/") ? endpoint : `${endpoint}/`;

  const CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5";
  const MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon";
  const ADL = "http://adlnet.gov/expapi/verbs/";
  const began = Date.now();
  const duration = () => `PT${((Date.now() - began) / 1000).toFixed(2)}S`;

  const answer = await fetch(ticket, { method: "POST" });
  const token = (await answer.json())["auth-token"];
  if (!token) return;
  const headers = { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json" };
  const state = new URLSearchParams({ activityId, agent: JSON.stringify(actor), registration, stateId: "LMS.LaunchData" });
  const found = await fetch(`${base}activities/state?${state}`, { headers });
  const launch = found.ok ? await found.json() : {};

  const send = (verb, { result, movesOn = false, keepalive = false } = {}) => {
    const context = structuredClone(launch.contextTemplate ?? {});
    context.registration = registration;
    context.contextActivities ??= {};
    const category = [{ id: CMI5 }, ...(movesOn ? [{ id: MOVE_ON }] : [])];
    context.contextActivities.category = [...(context.contextActivities.category ?? []), ...category];
    const statement = {
      id: crypto.randomUUID(),
      actor,
      verb: { id: ADL + verb },
      object: { id: activityId, objectType: "Activity" },
      context,
      timestamp: new Date().toISOString(),
      ...(result && { result }),
    };
    return fetch(`${base}statements`, { method: "POST", headers, body: JSON.stringify(statement), keepalive });
  };

  await send("initialized");
  const isNormal = (launch.launchMode ?? "Normal") === "Normal";
  const told = new Set();
  const once = async (verb, values) => {
    if (!isNormal || told.has(verb)) return;
    told.add(verb);
    await send(verb, { ...values, movesOn: true });
  };
  document.addEventListener("ruta:finished", () => once("completed", { result: { completion: true, duration: duration() } }));
  document.addEventListener("ruta:scored", ({ detail }) => {
    const result = { success: detail.passed, score: { scaled: Number(detail.scaled.toFixed(4)) }, duration: duration() };
    if (!told.has("passed")) once(detail.passed ? "passed" : "failed", { result });
  });
  window.addEventListener("pagehide", () => {
    if (told.has("terminated")) return;
    told.add("terminated");
    send("terminated", { result: { duration: duration() }, keepalive: true });
  });
})();
