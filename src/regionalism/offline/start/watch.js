/* Tells the start page how far JupyterLite is. JupyterLite's page loads this before any script of its own; the same
   file then stands at the beginning of the kernel's worker. It changes nothing that JupyterLite does. */
(function () {
  "use strict";
  if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) watchInWorker();
  else watchInPage();

  /* The kernel's own script stands in the worker's name; it runs as if it had been loaded directly. */
  function watchInWorker() {
    const script = new URL(self.name);
    const tell = (kind, text) => self.postMessage({ courseWatch: kind, text: String(text || "") });
    // Addresses are resolved against the place of the kernel's script, as if it were the worker's own.
    Object.defineProperty(self, "location", { value: script, configurable: true });
    const load = self.fetch;
    self.fetch = function (request, ...rest) {
      const address = request instanceof Request ? request : new URL(request, script);
      return load.call(self, address, ...rest).then((answer) => {
        tell(answer.ok ? "fetched" : "refused", answer.url);
        return answer;
      });
    };
    self.addEventListener("unhandledrejection", (event) => tell("rejected", event.reason));
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tell("arrived", entry.name);
    }).observe({ type: "resource" });
    tell("started", script.pathname);
    // A worker that computes does not beat; one that beats and says nothing else waits for something.
    setInterval(() => tell("beat"), 1000);
    importScripts(script.href);
    tell("imported", script.pathname);
  }

  function watchInPage() {
    const own = document.currentScript.src;
    const book = new URL("../", own);
    const begun = performance.now();
    let app = null, panel = null, isReady = false;

    function tell(kind, text) {
      if (window.parent === window) return;
      const message = { courseWatch: kind, text: String(text || ""), at: Math.round(performance.now() - begun) };
      window.parent.postMessage(message, location.origin);
    }

    function wrapWorkers() {
      window.Worker = new Proxy(window.Worker, {
        construct(Native, [address, options]) {
          const script = new URL(address, document.baseURI);
          const isPlain = script.origin === location.origin && !(options && options.type === "module");
          const worker = isPlain ? new Native(own, { ...options, name: script.href }) : new Native(address, options);
          if (isPlain) listen(worker, script);
          return worker;
        },
      });
    }

    function listen(worker, script) {
      tell("worker", script.pathname);
      worker.addEventListener("message", ({ data }) => hear(data));
      worker.addEventListener("error", (event) => tell("failed", event.message || script.pathname));
    }

    function hear(data) {
      if (!data) return;
      if (data.courseWatch) tell(data.courseWatch, data.text);
      else if (data._logMessage) tell("log", data._logMessage.data);
      // The first answer of the worker is that to the order to start Python.
      else if (!isReady && data.id && data.type === "HANDLER" && data.name === "throw") {
        tell("failed", data.value && data.value.value && data.value.value.message);
      } else if (!isReady && data.id) tell("initialised");
    }

    function wrapErrors() {
      // Scripts that do not arrive are told to their element only.
      window.addEventListener("error", (event) => {
        if (event.target instanceof HTMLScriptElement) tell("lost", event.target.src);
        else tell("note", event.message);
      }, true);
      window.addEventListener("unhandledrejection", (event) => tell("note", event.reason));
    }

    function until(look) {
      return new Promise((found) => {
        const timer = setInterval(() => {
          const seen = look();
          if (!seen) return;
          clearInterval(timer);
          found(seen);
        }, 100);
      });
    }

    function findPanel() {
      for (const widget of app.shell.widgets("main")) {
        if (widget.sessionContext && widget.context && widget.content) return widget;
      }
      return null;
    }

    async function follow() {
      app = await until(() => window.jupyterapp);
      // As JupyterLab itself does: what the focus is on hears a key first. Else the arrows on a slider move from cell
      // to cell, since JupyterLite leaves this setting out.
      await app.started;
      document.removeEventListener("keydown", app, true);
      document.addEventListener("keydown", app);
      tell("app");
      panel = await until(findPanel);
      const session = panel.sessionContext;
      session.statusChanged.connect((_, status) => tell("status", status));
      await panel.context.ready;
      tell("notebook");
      await session.ready;
      const kernel = await until(() => session.session && session.session.kernel);
      tell("kernel", kernel.status);
      // JupyterLite calls a kernel idle before Python is there; only an answer shows that it is. This question runs
      // nothing, so it leaves the numbers of the cells alone.
      await kernel.requestIsComplete({ code: "1" });
      isReady = true;
      tell("ready");
    }

    async function runSetup(notebook) {
      const first = notebook.widgets.findIndex((cell) => cell.model.type === "code");
      if (first < 0) return;
      notebook.activeCellIndex = first;
      notebook.deselectAll();
      await app.commands.execute("notebook:run-cell");
    }

    /* Runs the first code cell ("setup"), all cells ("all") or nothing, and leaves the reader in the same place. */
    async function run(mode) {
      const notebook = panel.content, cell = notebook.activeCellIndex;
      const box = notebook.node.querySelector(".jp-WindowedPanel-outer") || notebook.node;
      const place = box.scrollTop;
      if (mode === "all") await app.commands.execute("notebook:run-all-cells");
      else if (mode === "setup") await runSetup(notebook);
      notebook.activeCellIndex = cell;
      // After JupyterLab's own scrolling, which waits for the next frame; a hidden tab has none.
      await new Promise((drawn) => {
        requestAnimationFrame(() => requestAnimationFrame(drawn));
        setTimeout(drawn, 500);
      });
      box.scrollTop = place;
    }

    async function save() {
      if (panel && panel.context.model.dirty) await panel.context.save();
    }

    /* Puts the student's copy under another name, so that the next start opens the notebook as it was at first. */
    async function putAside() {
      await save();
      const contents = app.serviceManager.contents, path = panel.context.path;
      const now = new Date(), two = (n) => String(n).padStart(2, "0");
      const stamp = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())} `
        + `${two(now.getHours())}.${two(now.getMinutes())}.${two(now.getSeconds())}`;
      const copy = path.replace(/\.ipynb$/, "") + ` - my copy ${stamp}.ipynb`;
      const { content } = await contents.get(path, { content: true });
      await contents.save(copy, { type: "notebook", format: "json", content });
      // Nothing is taken away before the copy can be read.
      const kept = await contents.get(copy, { content: true });
      if (JSON.stringify(kept.content) !== JSON.stringify(content)) throw new Error("the copy differs");
      await contents.delete(path);
      return copy.split("/").pop();
    }

    /* Where a link of the notebook leads: a page of the book, or the start page of another notebook. */
    function target(link) {
      let path = link.getAttribute("href") || "";
      let hash = link.hash || "";
      // JupyterLab keeps the path as written, resolved against the notebook's folder, beside the address.
      try {
        const given = JSON.parse(link.dataset.commandlinkerArgs);
        [path, hash] = [given.path || path, given.id || hash];
      } catch (none) { /* a plain link */ }
      if (path.includes("#")) [path, hash] = [path.split("#")[0], "#" + path.split("#")[1]];
      const found = /(?:^|\/)(book|notebooks|exercises)\/([\w-]+)\.(md|ipynb)$/.exec(decodeURIComponent(path.split("?")[0]));
      if (!found || (/^[a-z]+:/i.test(path) && new URL(path).origin !== location.origin)) return null;
      const [, folder, name, end] = found;
      if (end === "ipynb") return { address: new URL(`run/index.html?open=${folder}/${name}`, book), here: true };
      return { address: new URL(`${folder}/${name}.html${hash}`, book), here: false };
    }

    function onClick(event) {
      const link = event.target.closest && event.target.closest("a[href]");
      const found = link && target(link);
      if (!found) return;
      event.preventDefault();
      event.stopPropagation();
      // Another notebook takes the place of this one: two Pythons at once are too much for a phone.
      if (found.here && !event.ctrlKey && !event.metaKey) save().finally(() => { window.parent.location.href = found.address; });
      else window.open(found.address, "_blank", "noopener");
    }

    wrapWorkers();
    wrapErrors();
    window.addEventListener("click", onClick, true);
    for (const [name, where] of [["visibilitychange", document], ["pagehide", window]]) {
      where.addEventListener(name, () => {
        if (name === "pagehide" || document.visibilityState === "hidden") save().catch(() => tell("note", "not saved"));
      });
    }
    window.courseWatch = {
      run, save, putAside,
      content: () => panel.content.model.toJSON(),
      restart: () => panel.sessionContext.restartKernel(),
      focus: () => { if (panel) panel.content.activate(); },
    };
    follow().catch((problem) => tell("failed", problem && problem.message));
    tell("page");
  }
})();
