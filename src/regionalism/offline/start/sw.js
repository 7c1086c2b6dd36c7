/* Keeps the course working where the network is slow or gone. Files in folders with a digest in their name never
   change: they come from the cache. All other files come from the network as long as it answers soon, and from the
   cache otherwise. Only the course's own addresses are touched. */
"use strict";

const WORDS = {
  title: "This page is not on this device yet",
  text: "The network does not answer, and this page was not opened here before. When the network is back, load it again.",
  list: "These pages are on this device and can be opened now:",
  none: "No page of the course is on this device yet.",
};
const PATIENCE_MS = 3000;
const ROOT = new URL(self.registration.scope);
const OWN = `course:${ROOT.pathname}:`;
const STATE = OWN + "state";
const FIXED = /^run\/((?:pyodide|lite)-[^/]+)\//;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(learnEdition().catch(() => null));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range") || !isOwn(request.url)) return;
  event.respondWith(FIXED.test(pathOf(request.url)) ? fromFolder(request) : fromNetwork(event));
});

self.addEventListener("message", (event) => {
  const { courseEdition, courseKeep } = event.data || {};
  if (courseEdition) event.waitUntil(settle(courseEdition).catch(() => null));
  if (courseKeep) event.waitUntil(keep(courseKeep));
});

function isOwn(address) {
  const { origin, pathname } = new URL(address);
  return origin === ROOT.origin && pathname.startsWith(ROOT.pathname);
}

function pathOf(address) {
  return decodeURIComponent(new URL(address).pathname).slice(decodeURIComponent(ROOT.pathname).length);
}

/* The address under which a file is kept: a folder's page has one name, and a page is the same for every query. */
function keyOf(address, isPage) {
  const key = new URL(address);
  key.hash = "";
  if (isPage || FIXED.test(pathOf(address))) key.search = "";
  if (key.pathname.endsWith("/")) key.pathname += "index.html";
  return key.href;
}

// The edition: its digest names the cache of the pages

async function learnEdition() {
  const answer = await fetch(new URL("run/run.json", ROOT), { cache: "no-cache" });
  await rememberEdition((await answer.json()).digest);
}

async function rememberEdition(digest) {
  const state = await caches.open(STATE);
  await state.put(new URL("edition", ROOT), new Response(JSON.stringify({ digest })));
}

async function pagesName() {
  const known = await (await caches.open(STATE)).match(new URL("edition", ROOT));
  return `${OWN}pages-${known ? (await known.json()).digest : "first"}`;
}

/* After a start of this edition has worked: what older editions kept is renewed, then their caches go. */
async function settle({ digest, folders }) {
  await rememberEdition(digest);
  const pages = await pagesName();
  const names = (await caches.keys()).filter((name) => name.startsWith(OWN));
  const stay = new Set([STATE, pages, ...folders.map((folder) => OWN + folder)]);
  const old = names.filter((name) => !stay.has(name));
  // Where the network fails meanwhile, the older pages stay: old pages are better than none.
  for (const name of old.filter((one) => one.startsWith(OWN + "pages-"))) await renew(name, pages);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function renew(from, to) {
  const target = await caches.open(to);
  for (const { url } of await (await caches.open(from)).keys()) {
    if (await target.match(url)) continue;
    const answer = await fetch(url, { cache: "no-cache" });
    if (answer.ok) await target.put(url, await plain(answer));
  }
}

/* Takes addresses that a page has just loaded into the cache, from the browser's own cache where it has them. */
async function keep(addresses) {
  for (const address of addresses.filter(isOwn)) {
    const isPage = /(\/|\.html)$/.test(new URL(address).pathname);
    const key = keyOf(address, isPage);
    const cache = await caches.open(await cacheName(key));
    if (await cache.match(key)) continue;
    try {
      const answer = await fetch(key, { cache: "force-cache" });
      if (answer.ok) await cache.put(key, await plain(answer));
    } catch (gone) { /* then the next visit brings it */ }
  }
}

async function cacheName(address) {
  const fixed = FIXED.exec(pathOf(address));
  return fixed ? OWN + fixed[1] : pagesName();
}

// Answers

async function fromFolder(request) {
  const key = keyOf(request.url, true);
  const cache = await caches.open(await cacheName(key));
  const known = await cache.match(key);
  if (known) return known;
  const answer = await fetch(request);
  if (isWhole(answer)) await store(cache, key, answer.clone());
  return answer;
}

/* A full device is no reason to withhold what the network has brought. */
async function store(cache, key, answer) {
  try { await cache.put(key, await plain(answer)); } catch (full) { /* not kept, but shown */ }
}

function isWhole(answer) { return answer.status === 200 && answer.type === "basic"; }

/* A page may not be answered with an answer that was redirected. */
async function plain(answer) {
  if (!answer.redirected) return answer;
  return new Response(await answer.blob(), { status: answer.status, headers: answer.headers });
}

async function fromNetwork(event) {
  const { request } = event;
  const isPage = request.mode === "navigate";
  const key = keyOf(request.url, isPage);
  const known = await find(key);
  const coming = fetchAndKeep(event, key);
  if (!known) {
    try { return await coming; } catch (gone) { return isPage ? missingPage() : Response.error(); }
  }
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, known));
  const fresh = coming.then((answer) => (answer.status >= 500 ? known : answer), () => known);
  return Promise.race([fresh, late]);
}

async function fetchAndKeep(event, key) {
  const answer = await fetch(event.request);
  if (isWhole(answer)) event.waitUntil(replace(key, answer.clone()));
  return answer;
}

async function replace(key, answer) {
  const path = pathOf(key);
  if (path === "run/run.json") await rememberEdition((await answer.clone().json()).digest).catch(() => null);
  const cache = await caches.open(await pagesName());
  // Of a style or a script with a version in its query, only the newest stays.
  if (new URL(key).search) await cache.delete(key, { ignoreSearch: true });
  await store(cache, key, answer);
}

/* A kept file: of this edition, else of an older one, else the same file with another version in its query. */
async function find(key) {
  const pages = await pagesName();
  const older = (await caches.keys()).filter((name) => name.startsWith(OWN + "pages-") && name !== pages);
  for (const ignoreSearch of [false, true]) {
    for (const name of [pages, ...older]) {
      const known = await (await caches.open(name)).match(key, { ignoreSearch });
      if (known) return known;
    }
  }
  return null;
}

// The page for what is not here

async function missingPage() {
  const entries = await keptPages();
  const list = entries.map(([address, title]) => `<li><a href="${escape(address)}">${escape(title)}</a></li>`).join("");
  const body = list ? `<p>${WORDS.list}</p><ul>${list}</ul>` : `<p>${WORDS.none}</p>`;
  const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${WORDS.title}</title><style>
body { max-width: 40rem; margin: 0 auto; padding: 1.6rem 1.1rem; font: 1.06rem/1.6 system-ui, sans-serif; }
h1 { font: 700 1.8rem/1.2 Georgia, serif; } li { padding: 0.3rem 0; }</style></head>
<body><main><h1>${WORDS.title}</h1><p>${WORDS.text}</p>${body}</main></body></html>`;
  return new Response(page, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/* Addresses and titles of the kept pages of the book, sorted by title. */
async function keptPages() {
  const found = new Map();
  for (const name of (await caches.keys()).filter((one) => one.startsWith(OWN + "pages-"))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const path = pathOf(request.url);
      if (!/\.html$/.test(path) || path.startsWith("run/") || found.has(request.url)) continue;
      const title = /<title>([^<]*)<\/title>/.exec(await (await cache.match(request)).text());
      found.set(request.url, title ? unescape(title[1].split(" — ")[0]) : path);
    }
  }
  return [...found].sort((one, other) => one[1].localeCompare(other[1]));
}

function escape(text) {
  return text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
}

function unescape(text) {
  return text.replace(/&(amp|lt|gt|quot|#39|#x27);/g,
    (sign) => ({ "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' })[sign] || "'");
}
