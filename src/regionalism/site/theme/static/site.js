/* The script of every page: the contents drawer on narrow screens, the choice of colours, the place
   on the page, and a keyboard path into boxes that scroll sideways. Everything it offers is an
   addition: without it the contents stand below the text and the colours follow the device. */
(function () {
  "use strict";
  var page = document.documentElement;

  function store(name, value) {
    try { localStorage.setItem(name, value); } catch (blocked) { /* storage may be switched off */ }
  }

  function setUpColours() {
    var button = document.querySelector(".course-mode");
    var dark = matchMedia("(prefers-color-scheme: dark)");
    var words = { auto: "automatic", light: "light", dark: "dark" };
    function show(mode) {
      page.dataset.mode = mode;
      page.dataset.theme = mode === "auto" ? (dark.matches ? "dark" : "light") : mode;
      button.setAttribute("aria-label", "Colours: " + words[mode]);
      button.title = "Colours: " + words[mode];
      button.querySelector("span").textContent = words[mode];
    }
    button.addEventListener("click", function () {
      // The first press always changes what is seen.
      var order = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
      var mode = order[(order.indexOf(page.dataset.mode) + 1) % order.length];
      show(mode);
      store("mode", mode);
    });
    dark.addEventListener("change", function () { show(page.dataset.mode); });
    show(page.dataset.mode);
  }

  function setUpDrawer() {
    var link = document.querySelector(".course-menu");
    var drawer = document.getElementById("course-contents");
    if (!link || !drawer) return;  // A chapter as one file has no contents of the course.
    var narrow = matchMedia("(max-width: 61.99rem)");
    function set(open) {
      page.classList.toggle("course-open", open);
      link.setAttribute("aria-expanded", String(open));
    }
    // With the script the link works as the button of a drawer.
    link.setAttribute("role", "button");
    link.setAttribute("aria-controls", drawer.id);
    set(false);
    function toggle(event) {
      event.preventDefault();
      var open = !page.classList.contains("course-open");
      set(open);
      if (open) drawer.focus();
    }
    link.addEventListener("click", toggle);
    link.addEventListener("keydown", function (event) { if (event.key === " ") toggle(event); });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && page.classList.contains("course-open")) {
        set(false);
        link.focus();
      }
    });
    document.addEventListener("pointerdown", function (event) {
      if (page.classList.contains("course-open") && !drawer.contains(event.target) && !link.contains(event.target)) set(false);
    });
    // A drawer that hides the text behind it must not keep the keyboard when focus leaves it.
    drawer.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !drawer.contains(event.relatedTarget) && event.relatedTarget !== link) set(false);
    });
    narrow.addEventListener("change", function () { set(false); });
  }

  function setUpPlace() {
    var links = Array.prototype.slice.call(document.querySelectorAll(".course-side .course-onpage a"));
    if (!links.length || !window.IntersectionObserver) return;
    var sections = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
    var seen = sections.map(function () { return false; });
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) { seen[sections.indexOf(entry.target)] = entry.isIntersecting; });
      var current = seen.indexOf(true);
      links.forEach(function (link, position) {
        if (position === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    }, { rootMargin: "-15% 0px -70% 0px" });
    sections.forEach(function (section) { if (section) observer.observe(section); });
  }

  function setUpScrolling() {
    var boxes = document.querySelectorAll(".course-scroll, .ra-scroll, .course-formula, .highlight pre");
    function update() {
      boxes.forEach(function (box) {
        if (box.scrollWidth > box.clientWidth + 1) {
          box.tabIndex = 0;
          if (!box.hasAttribute("role")) {
            box.setAttribute("role", "group");
            box.setAttribute("aria-label", "Scrolls sideways");
          }
        } else {
          box.removeAttribute("tabindex");
        }
      });
    }
    update();
    addEventListener("resize", update);
    document.addEventListener("toggle", update, true);
  }

  /* In the browser edition the pages that were read once open again without a network. A worker that keeps them
     exists over https and on this machine only; elsewhere nothing is asked for. It begins after this page was
     loaded, so it is told what the page has loaded. */
  function setUpKeeping() {
    var keeper = navigator.serviceWorker;
    if (page.dataset.edition === undefined || !keeper) return;
    addEventListener("load", function () {
      keeper.register(page.dataset.content_root + "sw.js").then(function () { return keeper.ready; }).then(function (ready) {
        var loaded = performance.getEntriesByType("resource").map(function (entry) { return entry.name; });
        ready.active.postMessage({ courseKeep: [location.href].concat(loaded) });
      }).catch(function () { /* everything else works without it */ });
    });
  }

  setUpColours();
  setUpDrawer();
  setUpPlace();
  setUpScrolling();
  setUpKeeping();
})();
