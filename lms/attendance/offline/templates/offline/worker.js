// Keeps the page of the lists, and exactly what it needs, for when there is no line. Its scope is this page alone.
const CACHE = "ruta-offline-{{ version }}";
const PAGE = {{ page|tojson }};
const ASSETS = {{ assets|tojson }};
const EITHER = { ignoreVary: true };

async function keep(cache, address) {
  const answer = await fetch(address, { cache: "no-cache" });
  // Whoever is signed out is sent elsewhere: that is not the page.
  if (!answer.ok || answer.redirected) throw new Error(address);
  await cache.put(address, answer);
}

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all([PAGE, ...ASSETS].map((address) => keep(cache, address)));
  await skipWaiting();
}

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith("ruta-offline-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

// The page opens from the device at once, and is renewed for the next time when there is a line.
async function open(event) {
  const cache = await caches.open(CACHE);
  const known = await cache.match(PAGE, EITHER);
  if (!known) return fetch(event.request);
  event.waitUntil(keep(cache, PAGE).catch(() => {}));
  return known;
}

async function bring(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, EITHER)) ?? fetch(request);
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && address.pathname === PAGE) event.respondWith(open(event));
  else if (ASSETS.includes(address.pathname + address.search)) event.respondWith(bring(request));
});
