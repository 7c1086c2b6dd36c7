/* The slides of a chapter: the sections of the page one by one in the full window, and a second window for the
   teacher. Without this script the page stays one to read and to print. The first window alone decides which slide
   is shown; the second asks it to turn and follows what it says, so that the two cannot fall apart. They speak by
   messages only, which works from a folder (file:) as well. */
(function () {
  "use strict";
  var root = document.querySelector("[data-slides]");
  if (!root) return;
  var page = document.documentElement;
  var name = root.dataset.slides;
  var slides = all(".sl-slide");
  var notes = notesOfTurns();
  var fromFolder = location.protocol === "file:";
  var presenter = /[?&]presenter\b/.test(location.search);
  var slideshow = presenter ? window.opener : null;
  var second = null;
  // What is shown: the slide's place from 0, whether its answer is uncovered, and when the lesson began (ms).
  var state = { at: 0, open: false, on: false, started: 0 };
  var withNotes = presenter;
  var drawn = "";
  var LARGEST = 28, SCREEN = 1280 * 664, SHARES = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7];

  function one(selector) { return root.querySelector(selector); }
  function all(selector) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }
  function now() { return slides[state.at]; }
  function isReveal(slide) { return slide.dataset.kind === "reveal"; }

  function notesOfTurns() {
    var found = {};
    all(".sl-slide").forEach(function (slide) {
      var own = slide.querySelector(".sl-notes");
      if (own) found[slide.dataset.turn] = own.innerHTML;
    });
    return found;
  }

  /* The start of the lesson outlives a reload of the page, where the browser keeps anything at all. */
  function remember(started) {
    try { sessionStorage.setItem("slides-" + name, String(started)); } catch (blocked) { /* the clock begins anew */ }
  }
  function remembered() {
    try { return Number(sessionStorage.getItem("slides-" + name)) || 0; } catch (blocked) { return 0; }
  }

  // The address

  function address() { return "#" + (state.at + 1) + (state.open ? "-answer" : ""); }
  function readAddress() {
    var found = /^#(\d+)(-answer)?$/.exec(location.hash);
    if (!found) return null;
    var at = Math.min(Math.max(Number(found[1]), 1), slides.length) - 1;
    return { at: at, open: Boolean(found[2]) && isReveal(slides[at]) };
  }
  function writeAddress() {
    // In place of the last one: the browser's way back leads out of the slides, not through them all.
    if (!presenter && location.hash !== address()) location.replace(address());
  }

  // Begin, turn, end

  function begin(at, open) {
    if (!state.on) {
      state.on = true;
      setAway(true);
      page.classList.add("sl-on");
      page.classList.toggle("sl-presenting", presenter);
      one(".sl-bar").hidden = false;
      one(".sl-desk").hidden = one(".sl-next-title").hidden = !presenter;
    }
    go(at, open);
  }
  function go(at, open) {
    state.at = Math.min(Math.max(at, 0), slides.length - 1);
    state.open = Boolean(open) && isReveal(now());
    show(true);
    writeAddress();
    tell();
  }
  function next() {
    if (isReveal(now()) && !state.open) go(state.at, true);
    else if (state.at + 1 < slides.length) go(state.at + 1, false);
  }
  function back() {
    if (state.open) go(state.at, false);
    else if (state.at > 0) go(state.at - 1, true);
  }
  function end() {
    if (!state.on || presenter) return;
    state.on = false;
    page.classList.remove("sl-on");
    setAway(false);
    one(".sl-bar").hidden = true;
    one(".sl-panel").hidden = true;
    one(".sl-curtain").hidden = true;
    say("");
    if (document.fullscreenElement) document.exitFullscreen();
    location.replace("#" + now().id);
    slides.forEach(clear);
    heading().focus({ preventScroll: true });
    tell();
  }
  function clear(slide) {
    slide.classList.remove("sl-now", "sl-open", "sl-tight");
    var screen = slide.querySelector(".sl-screen");
    screen.style.fontSize = "";
    screen.removeAttribute("tabindex");
  }

  /* Everything of the page that is not the slides is away while they are shown, for the eye and for a screen reader. */
  function setAway(away) {
    for (var inner = root; inner !== document.body; inner = inner.parentElement) {
      Array.prototype.forEach.call(inner.parentElement.children, function (beside) {
        if (beside !== inner) beside.classList.toggle("sl-away", away);
      });
    }
  }

  // What is seen

  function heading() { return now().querySelector("h2"); }
  function show(focus) {
    var key = state.at + (state.open ? "+" : "-");
    slides.forEach(function (slide) { if (slide !== now()) clear(slide); });
    now().classList.add("sl-now");
    now().classList.toggle("sl-open", state.open);
    one(".sl-count").textContent = (state.at + 1) + " of " + slides.length;
    one(".sl-minutes").textContent = now().dataset.minutes;
    one('[data-do="back"]').disabled = state.at === 0 && !state.open;
    one('[data-do="next"]').disabled = state.at + 1 === slides.length && (state.open || !isReveal(now()));
    var following = slides[state.at + 1];
    one(".sl-next-title").textContent = isReveal(now()) && !state.open ? "Next: the answer"
      : following ? "Next: " + following.dataset.title : "This is the last slide.";
    showNotes();
    fit();
    if (focus && key !== drawn) {
      now().querySelector(".sl-screen").scrollTop = 0;
      (state.open ? now().querySelector(".sl-answer") : heading()).focus({ preventScroll: true });
    }
    drawn = key;
  }
  function showNotes() {
    var panel = one(".sl-panel");
    var text = notes[now().dataset.turn] || "";
    panel.hidden = !withNotes || !state.on;
    if (panel.dataset.turn !== now().dataset.turn) {
      panel.dataset.turn = now().dataset.turn;
      panel.innerHTML = text;
      panel.scrollTop = 0;
    }
    one('[data-do="notes"]').setAttribute("aria-pressed", String(withNotes));
  }

  /* The largest letters with which the slide is seen whole. Where even the smallest do not do, it scrolls. */
  function fit() {
    var slide = now(), screen = slide.querySelector(".sl-screen");
    slide.classList.remove("sl-tight");
    screen.removeAttribute("tabindex");
    var share = Math.sqrt(screen.clientWidth * screen.clientHeight / SCREEN);
    var base = Math.max(LARGEST * share, presenter || withNotes ? 9 : 17);
    var wholes = slide.dataset.kind === "words" ? [1.25, 1.15, 1.05].concat(SHARES) : SHARES;
    function fits(part) {
      screen.style.fontSize = (base * part).toFixed(2) + "px";
      return screen.scrollHeight <= screen.clientHeight && screen.scrollWidth <= screen.clientWidth;
    }
    // The prompt was read before: without it an answer finds room in larger letters.
    if ((state.open ? SHARES.slice(0, 2) : wholes).some(fits)) return;
    slide.classList.add("sl-tight");
    if (SHARES.some(fits)) return;
    fits(Math.max(0.7, Math.min(1, 15 / base)));
    screen.tabIndex = 0;
  }

  function say(words) {
    var message = one(".sl-message");
    // Shown first: a screen reader hears only what changes in a line that is there.
    message.hidden = !words;
    message.textContent = words;
  }

  // The second window

  function here() { return fromFolder ? "*" : location.origin; }
  function post(to, message) {
    if (to && !to.closed) to.postMessage(Object.assign({ slides: name }, message), here());
  }
  function tell() { if (!presenter) post(second, { kind: "state", state: state }); }

  function openSecond() {
    if (presenter) return;
    var bare = location.href.split(/[?#]/)[0];
    var opened = null;
    try { opened = window.open(bare + "?presenter", "slides-" + name, "popup,width=1180,height=820"); } catch (refused) { /* said below */ }
    if (!state.on) start();
    if (opened) {
      second = opened;
      say("");
    } else {
      say("This browser does not open a second window. Allow windows for this page and press P again, "
        + "or press N: your notes then stand below the slide, where the class sees them too.");
      show(false);
    }
  }
  function hear(event) {
    var message = event.data;
    if (!message || message.slides !== name || (!fromFolder && event.origin !== location.origin)) return;
    if (presenter) {
      if (event.source === slideshow && message.kind === "state") follow(message.state);
    } else if (event.source && event.source !== window) {
      // After a reload this window has lost the other one, which speaks first.
      second = event.source;
      if (message.kind === "go" && !state.on) begin(state.at, state.open);
      else if (message.kind === "go") ({ next: next, back: back, zero: zero, first: first, last: last }[message.what] || tell)();
      else tell();
    }
  }
  function follow(told) {
    state.started = told.started;
    if (state.at !== told.at || state.open !== told.open || !one(".sl-slide.sl-now")) {
      state.at = told.at;
      state.open = told.open;
      show(true);
    }
    say(told.on ? "" : "The slides are not shown at the moment. Start them in the first window.");
    tick();
  }
  function ask(what) {
    if (slideshow && !slideshow.closed) post(slideshow, { kind: "go", what: what });
    else ({ next: next, back: back, zero: zero, first: first, last: last })[what]();
  }
  function first() { go(0, false); }
  function last() { go(slides.length - 1, true); }
  function zero() {
    state.started = Date.now();
    if (!presenter) remember(state.started);
    tell();
    if (presenter) tick();
  }

  /* The clock, and how it stands against the minutes of the plan. */
  function tick() {
    var seconds = state.started ? Math.max(0, Math.floor((Date.now() - state.started) / 1000)) : 0;
    var minute = Math.floor(seconds / 60);
    one(".sl-clock").textContent = minute + ":" + ("0" + seconds % 60).slice(-2);
    var planned = /(\d+) to (\d+)/.exec(now().dataset.minutes);
    one(".sl-pace").textContent = !planned ? "" : "plan: " + now().dataset.minutes + (
      minute > Number(planned[2]) ? ", " + (minute - planned[2]) + " min behind"
        : minute < Number(planned[1]) ? ", " + (planned[1] - minute) + " min ahead" : ", in time");
    if (slideshow && slideshow.closed) say("The window with the slides is closed.");
  }

  // What the reader does

  function start() {
    state.started = Date.now();
    remember(state.started);
    begin(0, false);
  }
  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (page.requestFullscreen) page.requestFullscreen().catch(function () { /* refused: the window stays as it is */ });
  }
  function toggleNotes() {
    if (presenter) return;
    withNotes = !withNotes;
    show(false);
  }
  function darken() {
    var curtain = one(".sl-curtain");
    curtain.hidden = !curtain.hidden;
  }
  var acts = {
    begin: start, second: openSecond, end: end, notes: toggleNotes, full: full, zero: function () { ask("zero"); },
    next: function () { presenter ? ask("next") : next(); },
    back: function () { presenter ? ask("back") : back(); },
    first: function () { presenter ? ask("first") : first(); },
    last: function () { presenter ? ask("last") : last(); }
  };
  var keys = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next",
    ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Home: "first", End: "last",
    Escape: "end", n: "notes", p: "second", f: "full"
  };
  function pressed(event) {
    if (!state.on || event.ctrlKey || event.metaKey || event.altKey) return;
    var key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    // A box that scrolls keeps the keys that scroll it.
    var box = event.target.closest("[tabindex='0']");
    if (box && /^(ArrowUp|ArrowDown| )$/.test(event.key) && box.scrollHeight > box.clientHeight + 1) return;
    if (box && /^(ArrowLeft|ArrowRight)$/.test(event.key) && box.scrollWidth > box.clientWidth + 1) return;
    var curtain = one(".sl-curtain");
    if (!presenter && (key === "b" || !curtain.hidden)) darken();
    else if (keys[key]) acts[keys[key]]();
    else return;
    event.preventDefault();
  }
  function swipes() {
    var from = null;
    root.addEventListener("touchstart", function (event) {
      var box = event.target.closest(".ra-scroll");
      var kept = event.touches.length !== 1 || (box && box.scrollWidth > box.clientWidth + 1);
      from = kept ? null : { x: event.touches[0].clientX, y: event.touches[0].clientY };
    }, { passive: true });
    root.addEventListener("touchend", function (event) {
      if (!from || !state.on) return;
      var x = event.changedTouches[0].clientX - from.x, y = event.changedTouches[0].clientY - from.y;
      from = null;
      if (Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y)) (x < 0 ? acts.next : acts.back)();
    });
  }
  function readAgain() {
    var wanted = readAddress();
    if (presenter) return;
    if (!wanted) end();
    else if (!state.on) resume(wanted);
    else if (wanted.at !== state.at || wanted.open !== state.open) go(wanted.at, wanted.open);
  }
  function resume(wanted) {
    state.started = remembered() || Date.now();
    remember(state.started);
    begin(wanted.at, wanted.open);
  }

  function setUp() {
    one(".sl-start").hidden = false;
    root.addEventListener("click", function (event) {
      var button = event.target.closest("[data-do]");
      if (button) acts[button.dataset.do]();
      else if (event.target.closest(".sl-curtain")) darken();
    });
    document.addEventListener("keydown", pressed);
    addEventListener("resize", function () { if (state.on) fit(); });
    addEventListener("hashchange", readAgain);
    addEventListener("message", hear);
    swipes();
    if (presenter) setUpPresenter();
    else if (readAddress()) resume(readAddress());
  }
  function setUpPresenter() {
    document.title = "Presenter view: " + document.title;
    begin(0, false);
    if (!slideshow) {
      zero();
      say("No slides belong to this window. Open it from the slides with the key P.");
    }
    function knock() {
      post(slideshow, { kind: "hello" });
      tick();
    }
    knock();
    setInterval(knock, 1000);
  }

  setUp();
})();
