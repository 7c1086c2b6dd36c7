/* The start page of the labs: downloads what a lab needs, opens it, watches it, and starts it again where it hangs.
   check.js has made sure that the browser can run it, and holds all words. */
(function () {
  "use strict";
  const { words, opened, isName, trouble, againButton, bookLink } = window.courseCheck;
  const byId = (id) => document.getElementById(id);
  const STEPS = ["download", "open", "python", "packages", "cells"];
  // Seconds unless named otherwise; run.json may set each of them under "limits".
  const LIMITS = {
    tries: 3, pauses: [0.5, 2, 5], stall: 30, atOnce: 6,
    starts: 4, growth: 1.6, slowest: 6, usualOpen: 5,
    open: 60, worker: 15, computing: 60, waiting: 20, arriving: 180, slowCells: 60, tick: 0.5,
  };
  const MEGABYTE = 1e6;
  const MEMORY = "course-start";
  let run = null, book = null, limits = LIMITS, begun = 0;

  // Small helps

  function make(name, options = {}, ...inside) {
    const made = Object.assign(document.createElement(name), options);
    made.append(...inside);
    return made;
  }

  function button(text, act, options = {}) {
    const made = make("button", { type: "button", className: "button", textContent: text, ...options });
    made.addEventListener("click", act);
    return made;
  }

  const now = () => performance.now() / 1000;
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
  const megabytes = (bytes) => (bytes / MEGABYTE).toFixed(bytes < 9.95 * MEGABYTE ? 1 : 0);

  function duration(seconds) {
    const whole = Math.max(1, Math.round(seconds));
    if (whole < 100) return words.seconds(whole);
    return words.minutes(Math.round(whole / 60));
  }

  /* Says something to a screen reader; few things are worth it. */
  function say(text) { byId("said").textContent = text; }

  function remembered() {
    try { return JSON.parse(localStorage.getItem(MEMORY)) || {}; } catch (unreadable) { return {}; }
  }

  function remember(entry) {
    try { localStorage.setItem(MEMORY, JSON.stringify(entry)); } catch (full) { /* only an estimate is lost */ }
  }

  // The steps on the page

  const steps = {
    rows: {}, current: null, since: {}, took: {},

    show() {
      byId("steps").replaceChildren(...STEPS.map((name) => {
        const state = make("span", { className: "state", textContent: words.waiting });
        this.rows[name] = make("li", {}, make("span", { textContent: words.steps[name] }), state);
        return this.rows[name];
      }));
    },

    /* Goes on to a step; earlier ones are done. A restart goes back. */
    go(name) {
      if (this.current === name) return;
      const position = STEPS.indexOf(name);
      STEPS.forEach((step, place) => {
        if (place < position) this.finish(step);
        else this.mark(step, step === name ? "running" : "waiting");
      });
      this.current = name;
      this.since[name] = now();
      byId("now").textContent = words.now[name];
      if (name !== "download") say(words.now[name]);
    },

    finish(name) {
      if (this.rows[name].dataset.state === "done") return;
      this.took[name] = name in this.since ? now() - this.since[name] : 0;
      this.mark(name, "done", words.done(duration(this.took[name])));
    },

    mark(name, state, text) {
      this.rows[name].dataset.state = state;
      this.rows[name].lastChild.textContent = text || words[state];
    },
  };

  // Download

  const download = {
    files: [], total: 0, known: 3, failed: null, samples: [], fromNetwork: 0, ended: false, kept: new Set(),

    async prepare() {
      if (navigator.serviceWorker && navigator.serviceWorker.controller) this.kept = await keeper.keptOf([run.lite, run.engine]);
      this.files = run.load.map(([path, size, group]) => ({ path, size, group, here: 0, state: "waiting" }));
      this.total = this.files.reduce((sum, file) => sum + file.size, 0);
    },

    here() { return this.files.reduce((sum, file) => sum + file.here, 0); },

    groupIsHere(group) { return this.files.every((file) => file.group !== group || file.state === "here"); },

    async all() {
      this.failed = null;
      const lines = Array.from({ length: limits.atOnce }, () => this.line());
      await Promise.all(lines);
      if (this.failed) throw this.failed;
      this.ended = true;
    },

    async line() {
      for (;;) {
        const file = this.files.find((one) => one.state === "waiting");
        if (!file || this.failed) return;
        file.state = "coming";
        try {
          await this.patiently(file);
          file.state = "here";
          start.signOfLife();
          start.arrived();
        } catch (problem) {
          file.state = "waiting";
          file.here = 0;
          this.failed = this.failed || Object.assign(problem, { file });
        }
      }
    },

    async patiently(file) {
      for (let attempt = 0; ; attempt++) {
        try {
          return await this.fetch(file);
        } catch (problem) {
          file.here = 0;
          if (navigator.onLine === false) {
            await online();
            attempt = -1;
          } else if (attempt + 1 >= limits.tries) {
            throw problem;
          } else {
            say(words.again);
            await pause(limits.pauses[Math.min(attempt, limits.pauses.length - 1)]);
          }
        }
      }
    },

    async fetch(file) {
      const control = new AbortController();
      let timer = null;
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => control.abort(), limits.stall * 1000);
      };
      wait();
      try {
        const answer = await fetch(file.path, { signal: control.signal });
        if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`.trim());
        await this.read(file, answer, wait);
      } finally {
        clearTimeout(timer);
      }
    },

    /* Reads to the end and counts. A stream gives unpacked bytes, so they are scaled to those on the wire. */
    async read(file, answer, wait) {
      const packed = !!answer.headers.get("content-encoding");
      const reader = answer.body.getReader();
      let unpacked = 0;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        wait();
        unpacked += value.byteLength;
        const share = unpacked / (packed ? this.known : 1);
        file.here = Math.min(share, file.size * (packed ? 0.97 : 1));
        start.signOfLife();
      }
      if (packed && unpacked > 1e5) this.known = 0.7 * this.known + 0.3 * (unpacked / file.size);
      file.here = file.size;
      if (!this.wasHere(file, answer.url)) this.fromNetwork += file.size;
    },

    /* Whether a file came from this device: nothing was transferred for it. Of what passes through a service worker
       the browser tells no size, but the caches tell what was there. */
    wasHere(file, address) {
      if (navigator.serviceWorker && navigator.serviceWorker.controller) return this.kept.has(file.path.split("?")[0]);
      const entries = performance.getEntriesByName(address, "resource");
      const last = entries[entries.length - 1];
      return !!last && last.transferSize === 0 && last.decodedBodySize > 0;
    },

    /* Bytes a second over the last ten seconds, or 0 while that is not known. */
    speed() {
      const time = now();
      this.samples.push([time, this.here()]);
      while (this.samples.length > 2 && time - this.samples[0][0] > 10) this.samples.shift();
      const [[from, before]] = this.samples;
      return time - from > 2 ? (this.here() - before) / (time - from) : 0;
    },

    show() {
      const here = this.here(), speed = this.speed();
      byId("bar").value = Math.round(1000 * here / Math.max(1, this.total));
      let text = words.amount(megabytes(here), megabytes(this.total));
      if (speed && here < this.total) text += words.left(roughly((this.total - here) / speed));
      if (this.ended && !this.fromNetwork) text = words.fromHere;
      byId("amount").textContent = text;
      const coming = this.files.find((file) => file.state === "coming");
      if (steps.current === "download" && coming) byId("now").textContent = words.group(coming.group);
    },
  };

  function roughly(seconds) {
    const step = seconds < 20 ? 5 : 10;
    return duration(Math.max(step, Math.ceil(seconds / step) * step));
  }

  function online() {
    byId("hint").hidden = false;
    byId("hint").textContent = words.offline;
    say(words.offline);
    return new Promise((back) => {
      window.addEventListener("online", () => {
        byId("hint").hidden = true;
        say(words.online);
        back();
      }, { once: true });
    });
  }

  // The start of JupyterLite in a frame, watched

  const start = {
    frame: null, count: 0, last: 0, noted: [], isReady: false, slow: 1, lastFailure: "", kernel: "starting",
    frameBegun: 0, opened: 0, workerSeen: false, heardWorker: false, reached: "", beats: 0, isOver: false,
    fetched: new Set(), arriving: new Set(),

    signOfLife() {
      this.last = now();
      this.beats = 0;
    },

    /* Opens the frame as soon as JupyterLab is here; Python may still be on its way. */
    arrived() {
      if (!this.frame && download.groupIsHere("JupyterLab")) this.open();
    },

    open() {
      this.count += 1;
      Object.assign(this, {
        workerSeen: false, heardWorker: false, isReady: false, frameBegun: now(), noted: [], opened: 0, reached: "",
      });
      this.arriving.clear();
      this.signOfLife();
      const place = byId("place");
      if (this.frame) this.frame.remove();
      this.frame = make("iframe", {
        title: words.frame(book.title), src: `${run.lite}/notebooks/index.html?path=${encodeURIComponent(book.path)}`,
      });
      // Covered, not hidden: JupyterLab lays out only what has a size.
      byId("stage").hidden = false;
      byId("stage").inert = !this.isOver;
      place.append(this.frame);
      if (download.ended) steps.go("open");
    },

    hear(kind, text, at) {
      if (kind === "beat") {
        this.beats += 1;
        return;
      }
      log.push([Math.round(at), this.count, kind, text]);
      this.signOfLife();
      const act = this.on[kind];
      if (act) act.call(this, text);
    },

    on: {
      app() { this.reach("open"); },
      worker() {
        this.workerSeen = true;
        this.opened = now() - this.frameBegun;
        // A device that needs long to open the notebook also needs long for the rest.
        this.slow = Math.min(limits.slowest, Math.max(1, this.opened / limits.usualOpen));
        this.reach("python");
      },
      fetched(text) {
        this.fetched.add(text);
        this.arriving.add(text);
        if (/\.whl(\?|$)/.test(text)) this.reach("packages");
      },
      arrived(text) { this.arriving.delete(text); },
      log(text) {
        if (/^Load(ing|ed)/.test(text)) this.reach("packages");
        // Python's last word, for example when there is no more memory; JupyterLite shows it nowhere.
        if (/suffered a fatal error|can no longer be used/.test(text)) this.on.dies.call(this, text);
      },
      dies(text) {
        this.note(text);
        if (this.isReady) tools.state("dead");
        else this.fail(words.stopped, text);
      },
      initialised() { this.reach("packages"); },
      status(text) {
        tools.state(text);
        if (text === "dead" && !this.isReady) this.fail(words.stopped, text);
      },
      refused(text) { this.note(text); },
      rejected(text) { this.note(text); },
      note(text) { this.note(text); },
      lost(text) { this.on.failed.call(this, text); },
      failed(text) {
        this.note(text);
        if (!this.isReady) this.fail(words.stopped, text);
      },
      ready() {
        this.isReady = true;
        tools.state("idle");
        this.runCells();
      },
    },

    note(text) { if (this.noted.length < 20) this.noted.push(text); },

    /* Shows a step of the start, once the download is over. */
    reach(name) {
      this.reached = name;
      if (!download.ended || this.isOver) return;
      if (STEPS.indexOf(name) > STEPS.indexOf(steps.current)) steps.go(name);
    },

    downloaded() {
      // The notebook's own requests may overtake the download.
      if (this.isReady) return;
      steps.finish("download");
      this.signOfLife();
      steps.go("open");
      if (!this.frame) this.open();
      if (this.reached) this.reach(this.reached);
    },

    /* How long silence is allowed now, in seconds. */
    patience() {
      let allowed = limits.computing;
      if (!this.workerSeen) allowed = limits.open;
      else if (!this.heardWorker) allowed = limits.worker;
      else if (this.arriving.size) allowed = limits.arriving;
      // A worker with time to beat computes nothing: what it waits for will not come.
      else if (this.beats > 2) allowed = limits.waiting;
      return allowed * this.slow * limits.growth ** (this.count - 1);
    },

    watch() {
      if (this.isReady || this.isOver || !this.frame || !download.ended) return;
      const silence = now() - this.last, allowed = this.patience();
      document.documentElement.dataset.patience = allowed.toFixed(1);
      if (silence < allowed) return;
      this.fail((this.workerSeen ? words.silent : words.openSilent)(duration(silence)), "");
    },

    /* Starts again, unless that was tried often or would end in the same error. */
    fail(reason, failure) {
      const isSame = failure && failure === this.lastFailure;
      this.lastFailure = failure;
      if (this.count >= limits.starts || isSame) { this.giveUp(reason); return; }
      const text = words.restart(this.count + 1, reason);
      byId("hint").textContent = text;
      byId("hint").hidden = false;
      say(text);
      this.open();
    },

    giveUp(reason) {
      const noted = this.noted.slice();
      const count = this.count;
      stopClock();
      this.frame.remove();
      Object.assign(this, { frame: null, count: 0, lastFailure: "" });
      byId("stage").hidden = true;
      byId("start").hidden = false;
      trouble(words.hung, [words.hungText(count, reason)], againButton(() => begin()));
      if (noted.length) byId("trouble-text").append(details(noted));
    },

    async runCells() {
      steps.go("cells");
      const mode = runMode();
      const late = setTimeout(offerToGo, limits.slowCells * 1000);
      try {
        await this.inside().run(mode);
      } catch (problem) {
        this.note(problem);
      }
      clearTimeout(late);
      this.enter();
    },

    inside() { return this.frame.contentWindow.courseWatch; },

    /* The start is over: the notebook is shown. */
    enter() {
      if (this.isOver) return;
      this.isOver = true;
      steps.finish("cells");
      stopClock();
      remember({ total: now() - begun, took: steps.took });
      byId("stage").inert = false;
      byId("start").hidden = true;
      document.body.classList.add("open");
      tools.show();
      say(words.ready(book.title));
      this.inside().focus();
      document.documentElement.dataset.ready = String(Math.round((now() - begun) * 1000));
      keeper.afterStart();
    },
  };

  const log = [];

  function details(lines) {
    const list = make("ul", {}, ...lines.map((line) => make("li", { textContent: line })));
    return make("details", {}, make("summary", { textContent: words.details }), list);
  }

  function offerToGo() {
    byId("hint").hidden = false;
    byId("hint").replaceChildren(words.slowCells + " ", button(words.goNow, () => start.enter()));
    say(words.slowCells);
  }

  function runMode() {
    const asked = new URLSearchParams(location.search).get("run");
    if (["all", "setup", "none"].includes(asked)) return asked;
    return book.kind === "sheet" ? "all" : "setup";
  }

  // The bar above the notebook

  const tools = {
    stateBox: null,

    show() {
      const bar = byId("tools");
      bar.hidden = false;
      if (bar.childElementCount) return;
      this.stateBox = make("span", { className: "kernel", id: "kernel" });
      const actions = make("div", { className: "actions", id: "actions" }, ...this.actions());
      actions.addEventListener("click", () => this.fold(false));
      const menu = button(words.menu, () => this.fold(), { className: "button menu", id: "menu" });
      menu.setAttribute("aria-expanded", "false");
      menu.setAttribute("aria-controls", "actions");
      const back = make("a", { className: "button back", href: "../" + book.page, title: words.backFull },
        make("span", { className: "long", textContent: words.back }),
        make("span", { className: "short", textContent: words.backShort }));
      back.addEventListener("click", (event) => leave(event, back.href));
      bar.append(
        back, make("strong", { className: "book", textContent: book.title }), this.stateBox, menu, actions,
      );
      document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.fold(false); });
      this.state(start.kernel);
    },

    actions() {
      const made = [
        button(words.runAll, () => this.runAll()),
        button(words.save, () => this.save()),
        button(words.afresh, () => this.askAfresh()),
      ];
      if (book.other && run.notebooks[book.other]) {
        const text = run.notebooks[book.other].kind === "lab" ? words.toLab : words.toSheet;
        const link = make("a", { className: "button", href: "?open=" + book.other, textContent: text });
        link.addEventListener("click", (event) => leave(event, link.href));
        made.push(link);
      }
      if (keeper.isPossible()) made.push(button(words.keep, () => keeper.toggle()));
      return made;
    },

    fold(open) {
      const menu = byId("menu"), bar = byId("tools");
      if (!menu) return;
      const isOpen = open === undefined ? !bar.classList.contains("unfolded") : open;
      if (!isOpen && bar.classList.contains("unfolded") && open === false) menu.focus();
      bar.classList.toggle("unfolded", isOpen);
      menu.setAttribute("aria-expanded", String(isOpen));
    },

    state(name) {
      start.kernel = name in words.state ? name : name === "unknown" ? "starting" : start.kernel;
      if (!this.stateBox) return;
      this.stateBox.textContent = words.state[start.kernel];
      this.stateBox.dataset.state = start.kernel;
      if (start.kernel === "dead" && !byId("again")) {
        say(words.stateDead);
        this.stateBox.after(button(words.startAgain, () => restartByHand(), { id: "again" }));
      }
    },

    async runAll() {
      this.fold(false);
      say(words.ranAll);
      try { await start.inside().run("all"); } catch (problem) { start.note(problem); }
      say(words.ran);
    },

    save() {
      let content;
      try { content = start.inside().content(); } catch (early) { this.tell(words.notSaved); return; }
      const file = new Blob([JSON.stringify(content, null, 1) + "\n"], { type: "application/x-ipynb+json" });
      const link = make("a", { href: URL.createObjectURL(file), download: `${opened.replace("/", "-")}.ipynb` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      this.tell(words.saved);
    },

    /* A short message, seen and heard. */
    tell(text) {
      say(text);
      const box = byId("told") || make("p", { id: "told", className: "told" });
      box.textContent = text;
      byId("tools").append(box);
      setTimeout(() => box.remove(), 8000);
    },

    askAfresh() {
      if (byId("ask")) return;
      const close = () => { dialog.close(); dialog.remove(); };
      const dialog = make("dialog", { id: "ask" },
        make("h2", { id: "ask-title", textContent: words.afreshAsk }),
        make("p", { textContent: words.afreshText }),
        make("p", { className: "buttons" },
          button(words.afreshYes, () => { close(); this.afresh(); }, { className: "button first" }),
          button(words.no, close)));
      dialog.setAttribute("aria-labelledby", "ask-title");
      dialog.addEventListener("cancel", () => setTimeout(close));
      document.body.append(dialog);
      dialog.showModal();
    },

    async afresh() {
      try {
        const name = await start.inside().putAside();
        this.tell(words.afreshDone(name));
        restartByHand();
      } catch (problem) {
        start.note(problem);
        this.tell(words.afreshFailed);
      }
    },
  };

  async function leave(event, address) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try { await start.inside().save(); } catch (problem) { /* what can be saved is saved by JupyterLite itself */ }
    location.href = address;
  }

  /* Opens the notebook again under the same bar, with the steps in sight. */
  function restartByHand() {
    if (byId("again")) byId("again").remove();
    Object.assign(start, { count: 0, isOver: false, lastFailure: "" });
    byId("tools").hidden = true;
    document.body.classList.remove("open");
    byId("start").hidden = false;
    steps.current = "download";
    startClock();
    start.open();
    byId("main").focus();
  }

  // Keeping files on the device, where the browser has a service worker

  const keeper = {
    all: null, isRunning: false, missing: 0,

    isPossible() { return "serviceWorker" in navigator && "caches" in window && window.isSecureContext; },

    root() { return new URL("../", location.href.split(/[?#]/)[0]); },

    /* The cache of a file: those under a folder with a digest in its name belong to that folder. */
    cacheName(path) {
      const fixed = /^run\/((?:pyodide|lite)-[^/]+)\//.exec(path);
      return `course:${this.root().pathname}:` + (fixed ? fixed[1] : `pages-${run.digest}`);
    },

    /* Paths below run/ of all files that the caches of these folders hold. */
    async keptOf(folders) {
      const kept = new Set();
      for (const folder of folders) {
        for (const { url } of await (await caches.open(this.cacheName(`run/${folder}/`))).keys()) {
          kept.add(decodeURIComponent(new URL(url).pathname.slice(this.root().pathname.length + "run/".length)));
        }
      }
      return kept;
    },

    async has(path) {
      const cache = await caches.open(this.cacheName(path));
      return !!(await cache.match(new URL(path, this.root())));
    },

    /* Puts a file into the cache; `mode` "force-cache" takes what the browser has loaded already, which it knows
       by the whole address with its query. */
    async put(path, mode, address = new URL(path, this.root())) {
      const answer = await fetch(address, { cache: mode });
      if (!answer.ok) throw new Error(`${answer.status} ${path}`);
      await (await caches.open(this.cacheName(path))).put(new URL(path, this.root()), answer);
    },

    /* After the first start only, so that nothing is downloaded twice. */
    async afterStart() {
      if (!this.isPossible()) return;
      try {
        const loaded = this.loaded();
        for (const [path, address] of [...loaded, ...this.siblings()]) {
          if (await this.has(path)) continue;
          await this.put(path, "force-cache", address).catch((problem) => start.note(problem));
        }
        await navigator.serviceWorker.register("../sw.js");
        const worker = (await navigator.serviceWorker.ready).active;
        worker.postMessage({ courseEdition: { digest: run.digest, folders: [run.lite, run.engine] } });
        document.documentElement.dataset.kept = String(loaded.size);
      } catch (problem) {
        start.note(problem);
      }
    },

    /* The other labs and sheets need only their own small files besides what is here now. */
    siblings() {
      const files = new Set();
      for (const { path } of Object.values(run.notebooks)) {
        files.add(`run/${run.lite}/files/${path}`);
        files.add(`run/${run.lite}/api/contents/${path.split("/").slice(0, -1).join("/")}/all.json`);
      }
      return [...files].map((path) => [path]);
    },

    /* All own files that this start has used: path from the root -> address as it was asked for. */
    loaded() {
      const root = this.root();
      const inside = start.frame.contentWindow.performance.getEntriesByType("resource");
      const seen = [
        start.frame.src,
        ...run.load.map(([path]) => new URL(path, location.href).href), ...start.fetched,
        ...performance.getEntriesByType("resource").map((entry) => entry.name), ...inside.map((entry) => entry.name),
        ...["index.html", "../" + book.page, "../index.html"].map((name) => new URL(name, location.href).href),
      ];
      const own = seen.filter((address) => address.startsWith(root.href));
      return new Map(own.map((address) => [this.path(address), address]));
    },

    /* The path from the root; in folders that never change, a query only gets round a cache. */
    path(address) {
      const whole = new URL(address), path = whole.pathname.slice(this.root().pathname.length);
      return /^run\/(pyodide|lite)-/.test(path) ? path : path + whole.search;
    },
  };

  // The whole course on the device

  Object.assign(keeper, {
    async toggle() {
      const box = byId("keep");
      tools.fold(false);
      if (!box.hidden && box.closest("dialog")) return;
      const dialog = make("dialog", { id: "keep-dialog" });
      dialog.setAttribute("aria-labelledby", "keep-title");
      const shut = () => { byId("main").append(box); box.hidden = true; dialog.remove(); };
      dialog.addEventListener("close", shut);
      dialog.append(box, make("p", { className: "buttons" }, button(words.keepClose, () => dialog.close())));
      document.body.append(dialog);
      dialog.showModal();
      await this.show();
    },

    async show() {
      byId("keep-title").textContent = words.keepTitle;
      byId("keep").hidden = false;
      if (!this.all) this.all = (await (await fetch("../offline.json")).json()).files;
      await this.count();
    },

    /* Which files are here, and what the rest comes to. */
    async count() {
      this.todo = [];
      let all = 0, rest = 0;
      const known = {};
      for (const [path, [size]] of Object.entries(this.all)) {
        all += size;
        const name = this.cacheName(path);
        if (!known[name]) known[name] = new Set((await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname));
        if (known[name].has(new URL(path, this.root()).pathname)) continue;
        rest += size;
        this.todo.push([path, size]);
      }
      Object.assign(this, { bytes: all, rest });
      this.draw();
    },

    draw(message) {
      const here = megabytes(this.bytes - this.rest), all = megabytes(this.bytes);
      const isDone = !this.todo.length;
      byId("keep-text").textContent = isDone ? words.keepDoneText : words.keepText(all, here);
      const text = this.isRunning ? words.keepStop : words.keepStart(megabytes(this.rest));
      const control = button(text, () => { if (this.isRunning) this.isStopped = true; else this.go(); });
      control.id = "keep-button";
      if (isDone) byId("keep-buttons").replaceChildren();
      else if (!byId("keep-button") || byId("keep-button").textContent !== text) {
        const hadFocus = document.activeElement === byId("keep-button");
        byId("keep-buttons").replaceChildren(control);
        if (hadFocus) control.focus();
      }
      byId("keep-bar").hidden = !this.isRunning && !isDone;
      byId("keep-bar").value = Math.round(1000 * (1 - this.rest / Math.max(1, this.bytes)));
      if (message !== undefined) byId("keep-amount").textContent = message;
    },

    async go() {
      Object.assign(this, { isRunning: true, isStopped: false });
      let message = "";
      this.draw("");
      // Asked for by the button, so the browser may be asked not to clear it when room is short.
      if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => false);
      try {
        await navigator.serviceWorker.register("../sw.js");
        const lines = Array.from({ length: 4 }, () => this.keepLine());
        await Promise.all(lines);
        const worker = (await navigator.serviceWorker.ready).active;
        worker.postMessage({ courseEdition: { digest: run.digest, folders: [run.lite, run.engine] } });
        message = this.isStopped ? words.keepStopped : "";
      } catch (problem) {
        this.isStopped = true;
        message = problem.name === "QuotaExceededError" ? words.keepFull : words.keepFailed(problem.path || "");
      }
      this.isRunning = false;
      await this.count();
      this.draw(message || (this.todo.length ? "" : words.keepAmount(megabytes(this.bytes), megabytes(this.bytes))));
    },

    async keepLine() {
      while (this.todo.length && !this.isStopped) {
        const [path, size] = this.todo.shift();
        try {
          await this.put(path, /^run\/(pyodide|lite)-/.test(path) ? "force-cache" : "no-cache");
        } catch (problem) {
          this.todo.unshift([path, size]);
          throw Object.assign(problem, { path });
        }
        this.rest -= size;
        this.draw();
      }
    },
  });

  // The page itself

  let clock = null;

  function startClock() {
    begun = now();
    stopClock();
    clock = setInterval(tick, limits.tick * 1000);
    tick();
  }

  function stopClock() { clearInterval(clock); }

  function tick() {
    download.show();
    start.watch();
    const last = remembered().total;
    byId("clock").textContent = words.elapsed(duration(now() - begun))
      + (last ? words.lastTime(duration(last)) : words.firstTime);
  }

  /* Begins the download and the start, at first and after a failure. */
  async function begin() {
    byId("trouble").hidden = true;
    byId("progress").hidden = false;
    byId("hint").hidden = true;
    byId("main").focus({ preventScroll: true });
    steps.show();
    steps.current = null;
    steps.go("download");
    startClock();
    if (!download.files.length) await download.prepare();
    start.arrived();
    try {
      await download.all();
    } catch (problem) {
      if (start.isReady) return;
      stopClock();
      if (start.frame) { start.frame.remove(); start.frame = null; start.count = 0; byId("stage").hidden = true; }
      trouble(words.downloadFailed, [words.downloadFailedText(problem.file.path, problem.message)], againButton(begin));
      return;
    }
    start.downloaded();
  }

  function showChoice(isUnknown) {
    byId("title").textContent = isUnknown ? words.unknown : words.choose;
    const box = byId("choice");
    box.hidden = false;
    box.replaceChildren(make("p", { textContent: isUnknown ? words.unknownText(opened) : words.chooseText }));
    for (const kind of ["lab", "sheet"]) {
      const entries = Object.entries(run.notebooks).filter(([, entry]) => entry.kind === kind);
      const links = entries.map(([name, entry]) => make("li", {}, make("a", { href: "?open=" + name, textContent: entry.title })));
      if (links.length) box.append(make("h2", { textContent: words[kind] }), make("ul", {}, ...links));
    }
    if (keeper.isPossible()) keeper.show();
  }

  /* A private window of Chromium gives much less room than a normal one, and one of Firefox has no service worker:
     signs, not a proof. */
  async function isPrivate() {
    if (!window.isSecureContext) return false;
    if (!("serviceWorker" in navigator)) return true;
    try {
      const { quota } = await navigator.storage.estimate();
      const heap = performance.memory && performance.memory.jsHeapSizeLimit;
      return !!quota && quota < (heap ? Math.min(2 * heap, 1.2e9) : 3e8);
    } catch (unknown) {
      return false;
    }
  }

  async function hintPrivate() {
    if (!(await isPrivate())) return;
    byId("lead").append(make("strong", { className: "private", textContent: " " + words.privateHint }));
  }

  async function readRun() {
    const answer = await fetch("run.json", { cache: "no-cache" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  window.courseStart = async function () {
    try {
      run = await readRun();
    } catch (problem) {
      trouble(words.runFailed, [words.runFailedText], againButton());
      return;
    }
    limits = { ...LIMITS, ...run.limits };
    book = Object.hasOwn(run.notebooks, opened) ? run.notebooks[opened] : null;
    if (!book) { showChoice(!!opened); return; }
    document.title = book.title + words.pageTitle;
    byId("title").textContent = book.title;
    byId("lead").hidden = false;
    byId("lead").textContent = book.kind === "lab" ? words.leadLab : words.leadSheet;
    byId("static").textContent = words.readPage;
    byId("static").href = "../" + book.page;
    hintPrivate();
    begin();
  };

  window.addEventListener("message", ({ source, origin, data }) => {
    if (!start.frame || source !== start.frame.contentWindow || origin !== location.origin || !data.courseWatch) return;
    if (/^(started|imported|fetched|log|initialised)$/.test(data.courseWatch)) start.heardWorker = true;
    start.hear(data.courseWatch, data.text, data.at);
  });
  // Clocks run slowly in a tab that is not seen: its silence says nothing.
  document.addEventListener("visibilitychange", () => start.signOfLife());
  // For whoever looks for the cause of a failed start.
  window.courseLog = log;
})();
