/* Runs before everything else on the start page, in the JavaScript of 2009, so that an old browser can say why a
   lab does not run in it. It holds the words of the page, sets the colours, tests what the labs need, and then
   hands over to start.js. */
(function () {
  "use strict";
  var page = document.documentElement;
  var address = /[?&]open=([^&]*)/.exec(location.search);
  // Two plain names with a slash between them: nothing else becomes part of a link.
  var opened = address ? decode(address[1]).replace(/\.(ipynb|html)$/, "") : "";
  var isName = /^[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/.test(opened);

  var words = {
    browsers: "Labs and sheets run in Chrome or Edge 112, Firefox 112 and Safari 16.4 (iOS 16.4 on an iPhone or iPad), all of "
      + "spring 2023, and in newer versions of them.",
    readPage: "Read the page of this notebook instead",
    readBook: "Read the pages of the book instead",
    readAsItIs: "The book's page of this notebook works in every browser. It shows all steps and results.",
    tryAgain: "Try again",
    cannotRun: "This notebook cannot run here",
    fromDisk: ["This page was opened as a file",
      "A browser lets no program run from a file that was opened from the disk. In the folder of the course, start the "
      + "little server with \"python serve.py\" and open the address that it prints. The pages of the book can be read "
      + "as they are, without the server."],
    wasm: ["WebAssembly is missing", "Python runs in the browser by means of WebAssembly. This browser is too old for "
      + "it, or it is switched off, for example by a protected mode."],
    worker: ["Workers are missing", "Python runs in a worker beside the page. This browser is too old for workers, or "
      + "they are switched off."],
    bigint: ["Whole numbers of any size are missing", "Python passes large whole numbers to the browser. This browser "
      + "is too old for them."],
    syntax: ["This browser is too old", "It does not understand the JavaScript of 2020, in which the labs are shown."],
    storage: ["Nothing can be kept in this window", "The notebook and your answers are kept in the storage of the "
      + "browser. Here the browser refuses it. Some browsers do so in a private window, or when cookies and site data "
      + "are blocked. Open this page in a normal window and allow site data for this address."],
    memory: ["There is not enough memory", "Python and the packages of a lab need about 1 GB of memory. Close other "
      + "tabs and programs and try again, or use a device with more memory."],
    broken: ["The start page is not complete", "A file of this page did not arrive. Load the page again. If that does "
      + "not help, tell whoever gave you this copy of the course."],

    pageTitle: " — Security Regionalism in Central Asia",
    leadLab: "The lab opens in this window and runs on your own device. Nothing you type leaves it.",
    leadSheet: "The sheet opens in this window and runs on your own device. Nothing you type leaves it.",
    steps: {
      download: "Download", open: "Open the notebook", python: "Start Python", packages: "Load the packages",
      cells: "Run the first cells"
    },
    now: {
      download: "Downloading", open: "Opening the notebook", python: "Starting Python",
      packages: "Loading the packages", cells: "Running the first cells"
    },
    group: function (name) { return "Downloading: " + name; },
    amount: function (here, all) { return here + " of " + all + " MB"; },
    left: function (time) { return ", about " + time + " left at the present speed"; },
    fromHere: "Everything is on this device already. Nothing needs to be downloaded.",
    elapsed: function (time) { return "Time since the start: " + time + "."; },
    lastTime: function (time) { return " The last start on this device took " + time + "."; },
    firstTime: " The first start takes longest; later ones use what is on the device.",
    seconds: function (n) { return n === 1 ? "1 second" : n + " seconds"; },
    minutes: function (n) { return n === 1 ? "1 minute" : n + " minutes"; },
    waiting: "not yet", running: "now", done: function (time) { return "done, " + time; },
    privateHint: "This looks like a private window. The lab runs here, but your answers are lost when the window is "
      + "closed. Save your hand-in file before you close it.",
    offline: "The network is gone. The download goes on by itself as soon as it is back.",
    again: "A download broke off. Trying again.",
    online: "The network is back.",
    downloadFailed: "A file could not be downloaded",
    downloadFailedText: function (name, reason) {
      return "The file " + name + " did not arrive, after several tries (" + reason + "). What has arrived is kept. "
        + "Check the network and try again.";
    },
    runFailed: "The list of files could not be read",
    runFailedText: "The server does not answer, or this copy of the course is not complete. Check the network and "
      + "try again.",
    restart: function (count, reason) { return reason + " Starting again by itself, try " + count + "."; },
    silent: function (time) { return "Python gave no sign of life for " + time + "."; },
    openSilent: function (time) { return "The notebook did not open within " + time + "."; },
    stopped: "Python stopped with an error.",
    hung: "The notebook did not start",
    hungText: function (count, reason) {
      return reason + " It was tried " + count + " times. Close other tabs, which gives it more memory, and try again. "
        + "What you typed earlier is kept.";
    },
    details: "What was reported",
    slowCells: "The cells are still running. You can wait here, or go to the notebook now.",
    goNow: "Go to the notebook now",
    unknown: "There is no notebook of this name",
    unknownText: function (name) { return "The address asks for " + name + ". These are the labs and sheets:"; },
    choose: "Choose a lab or a sheet",
    chooseText: "Each one opens in this window and runs on your own device.",
    lab: "Labs", sheet: "Exercise sheets",
    back: "Back to the page", backShort: "Back", backFull: "Back to the page in the book",
    runAll: "Run all cells", save: "Save a copy", afresh: "Start afresh", keep: "Keep on this device",
    toLab: "To the lab", toSheet: "To the sheet", menu: "More",
    frame: function (title) { return "Notebook: " + title; },
    ready: function (title) { return title + " is ready."; },
    state: {
      starting: "Python is starting", idle: "Python is ready", busy: "Python is working",
      dead: "Python has stopped", restarting: "Python starts again"
    },
    stateDead: "Python has stopped. Press Start again.", startAgain: "Start again",
    saved: "A copy of the notebook was saved among your downloads.",
    notSaved: "The copy could not be saved. Wait until the notebook is open, then try again.",
    ranAll: "All cells are running.",
    ran: "The cells have run.",
    afreshAsk: "Start afresh?",
    afreshText: "The notebook is opened as it was at first. Your own copy of it stays in this browser under another "
      + "name, and your answers to the questions stay too.",
    afreshYes: "Yes, start afresh", no: "No, leave it",
    afreshDone: function (name) { return "Your copy is now called " + name + "."; },
    afreshFailed: "The fresh start did not work. Your copy is as it was.",
    keepTitle: "Keep the whole course on this device",
    keepText: function (all, here) {
      return "Then all pages, labs and sheets work without a network on this device: " + all + " MB in all, of which "
        + here + " MB are here already. You can stop at any time and go on later.";
    },
    keepDoneText: "The whole course is on this device. It works without a network, in this browser.",
    keepStart: function (rest) { return "Keep the whole course (" + rest + " MB)"; },
    keepStop: "Stop", keepClose: "Close", keepGoOn: "Go on",
    keepAmount: function (here, all) { return here + " of " + all + " MB are on this device."; },
    keepStopped: "Stopped. What has arrived is kept.",
    keepFailed: function (name) { return "The file " + name + " did not arrive. Check the network and go on later."; },
    keepFull: "The browser has no more room for files. What has arrived is kept."
  };

  function decode(text) {
    try { return decodeURIComponent(text); } catch (malformed) { return text; }
  }

  function setColours() {
    var mode = null;
    try { mode = localStorage.getItem("mode"); } catch (blocked) { /* storage may be switched off */ }
    var dark = window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches;
    page.setAttribute("data-theme", mode === "light" || mode === "dark" ? mode : dark ? "dark" : "light");
    page.className = "js";
  }

  function hasSyntax() {
    try {
      return new Function("x", "return x?.a ?? (async () => { for await (const y of []) {} }, 1n)")(null) !== undefined;
    } catch (problem) {
      // A security policy may forbid code made from text: that says nothing about the browser's age.
      return !(problem instanceof SyntaxError);
    }
  }

  /* Reserves what Python grows to in a lab, then lets go of it. */
  function hasMemory() {
    if (navigator.deviceMemory && navigator.deviceMemory < 1) return false;
    try {
      var trial = new WebAssembly.Memory({ initial: 320, maximum: 32768 });
      trial.grow(4096);
      return trial.buffer.byteLength > 0;
    } catch (refused) {
      return false;
    }
  }

  function checkStorage(answer) {
    var told = false, timer = setTimeout(function () { tell(false); }, 8000);
    function tell(works) {
      if (told) return;
      told = true;
      clearTimeout(timer);
      answer(works);
    }
    var request;
    try {
      localStorage.setItem("course-check", "1");
      localStorage.removeItem("course-check");
      request = indexedDB.open("course-check", 1);
    } catch (refused) {
      tell(false);
      return;
    }
    if (!request) { tell(false); return; }
    request.onerror = request.onblocked = function (event) {
      if (event && event.preventDefault) event.preventDefault();
      tell(false);
    };
    request.onupgradeneeded = function () {
      try { request.result.createObjectStore("words"); } catch (there) { /* made by an earlier visit */ }
    };
    request.onsuccess = function () {
      var store = request.result;
      try {
        var change = store.transaction("words", "readwrite");
        change.objectStore("words").put(new Date().getTime(), "checked");
        change.oncomplete = function () { store.close(); tell(true); };
        change.onerror = change.onabort = function () { store.close(); tell(false); };
      } catch (refused) {
        tell(false);
      }
    };
  }

  function missing() {
    if (location.protocol === "file:") return ["fromDisk"];
    var found = [];
    if (typeof WebAssembly !== "object" || !WebAssembly || !WebAssembly.instantiate) found.push("wasm");
    if (typeof Worker === "undefined" || !Worker) found.push("worker");
    if (typeof BigInt === "undefined" || !BigInt) found.push("bigint");
    if (!hasSyntax()) found.push("syntax");
    if (!found.length && !hasMemory()) found.push("memory");
    return found;
  }

  function element(name, text) {
    var made = document.createElement(name);
    if (text) made.appendChild(document.createTextNode(text));
    return made;
  }

  /* The book's own page of the notebook, which works everywhere. */
  function bookLink() {
    var link = element("a", isName ? words.readPage : words.readBook);
    link.href = "../" + (isName ? opened + ".html" : "index.html");
    link.className = "button";
    return link;
  }

  /* Shows a message with reasons ([title, text] pairs or plain texts) and a link to the page of the book. */
  function trouble(title, reasons, button) {
    var box = document.getElementById("trouble"), text = document.getElementById("trouble-text");
    var heading = document.getElementById("trouble-title"), buttons = document.getElementById("trouble-buttons");
    heading.textContent = title;
    text.textContent = buttons.textContent = "";
    for (var i = 0; i < reasons.length; i++) {
      if (typeof reasons[i] === "string") text.appendChild(element("p", reasons[i]));
      else {
        text.appendChild(element("h3", reasons[i][0]));
        text.appendChild(element("p", reasons[i][1]));
      }
    }
    if (button) buttons.appendChild(button);
    buttons.appendChild(bookLink());
    document.getElementById("progress").hidden = true;
    box.hidden = false;
    heading.focus();
  }

  function againButton(act) {
    var button = element("button", words.tryAgain);
    button.type = "button";
    button.className = "button first";
    button.onclick = act || function () { location.reload(); };
    return button;
  }

  function report(found) {
    var reasons = [];
    for (var i = 0; i < found.length; i++) reasons.push(words[found[i]]);
    var tooOld = /wasm|worker|bigint|syntax/.test(found.join(" "));
    if (tooOld) reasons.push(words.browsers);
    if (found[0] !== "fromDisk" && found[0] !== "broken") reasons.push(words.readAsItIs);
    page.setAttribute("data-trouble", found.join(" "));
    var again = found[0] === "memory" || found[0] === "storage" || found[0] === "broken";
    trouble(words.cannotRun, reasons, again ? againButton() : null);
  }

  function check() {
    var found = missing();
    if (found.length) { report(found); return; }
    checkStorage(function (works) {
      if (!works) report(["storage"]);
      else if (!window.courseStart) report(["broken"]);
      else window.courseStart();
    });
  }

  setColours();
  window.courseCheck = {
    words: words, opened: opened, isName: isName, trouble: trouble, againButton: againButton, bookLink: bookLink
  };
  document.addEventListener("DOMContentLoaded", check);
})();
