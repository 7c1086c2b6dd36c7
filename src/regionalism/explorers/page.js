/* Brings the explorers and the questions of a page to life. A classic script without dependencies, so that it
   also runs from file://; Vega and each explorer's data are fetched by script tags when they are first needed, or
   taken from the document itself where it carries them (a chapter as one file). */
(function () {
  "use strict";

  var root = document.documentElement.dataset.content_root || "./";
  var NARROW = 520;
  var scripts = {};
  var faces = {};
  var waiting = {};

  function load(address) {
    if (!scripts[address]) { scripts[address] = carried(address) || fetched(root + address); }
    return scripts[address];
  }

  function fetched(address) {
    return new Promise(function (resolve, reject) {
      var tag = document.createElement("script");
      tag.src = address;
      tag.onload = resolve;
      tag.onerror = function () { reject(new Error("could not load " + address)); };
      document.head.appendChild(tag);
    });
  }

  /* Runs a script that the document carries asleep under its address; null if it carries none. */
  function carried(address) {
    var asleep = document.querySelector('script[data-carried="' + address + '"]');
    if (!asleep) { return null; }
    var tag = document.createElement("script");
    tag.textContent = asleep.textContent;
    document.head.appendChild(tag);
    return Promise.resolve();
  }

  function define(name, payload) {
    waiting[name] = payload;
  }

  /* The grid */

  function gridIndex(grid, values) {
    return grid.controls.reduce(function (place, control) {
      return place * control.values.length + nearest(control, values[control.name]);
    }, 0);
  }

  function nearest(control, value) {
    var values = control.values;
    if (typeof values[0] === "string") {
      var found = values.indexOf(value);
      if (found < 0) { throw new RangeError(control.name + ": " + value); }
      return found;
    }
    var step = values[1] - values[0];
    var place = Math.round((value - values[0]) / step);
    if (!(place >= 0 && place < values.length) || Math.abs(values[place] - value) > step / 1000) {
      throw new RangeError(control.name + ": " + value);
    }
    return place;
  }

  /* Points of the grid with the same cells, or sentences with the same parts, may share them (sharing.py). */
  function cell(column, place, row, rows) {
    if (column.constant) { return column.constant[row]; }
    if (column.places) { place = column.places[place]; }
    if (column.levels) {
      var code = column.codes[place * rows + row];
      return code < 0 ? null : column.levels[code];
    }
    return column.values[place * rows + row];
  }

  function rowsAt(grid, place) {
    var found = [];
    for (var row = 0; row < grid.rows; row += 1) {
      var record = {};
      grid.columns.forEach(function (column) { record[column.name] = cell(column, place, row, grid.rows); });
      found.push(record);
    }
    return found;
  }

  function sentenceAt(grid, place) {
    var sentence = grid.sentences[grid.sentence[place]];
    return grid.parts ? sentence.map(function (part) { return grid.parts[part]; }).join("") : sentence;
  }

  function cellText(value, digits) {
    if (value === null || value === undefined) { return "no data"; }
    if (typeof value === "boolean") { return value ? "yes" : "no"; }
    if (digits === null || typeof value !== "number") { return String(value); }
    var text = Math.abs(value).toFixed(digits);
    return value < 0 && Number(text) !== 0 ? "\u2212" + text : text;
  }

  /* Controls */

  function controlOf(box) {
    var range = box.querySelector("input[type=range]");
    var select = box.querySelector("select");
    if (range) { return rangeControl(box, range); }
    return select ? selectControl(box, select) : radioControl(box);
  }

  function rangeControl(box, input) {
    var labels = JSON.parse(input.dataset.labels);
    var output = box.querySelector("output");
    return {
      get: function () { return Number(input.value); },
      set: function (value) { input.value = value; },
      reset: function () { input.value = input.dataset.default; },
      tell: function () {
        var place = Math.round((input.value - input.min) / input.step);
        output.textContent = labels[place];
        input.setAttribute("aria-valuetext", labels[place]);
      }
    };
  }

  function selectControl(box, select) {
    var first = select.querySelector("option[selected]").value;
    return {
      get: function () { return select.value; },
      set: function (value) { select.value = value; },
      reset: function () { select.value = first; },
      tell: function () {}
    };
  }

  function radioControl(box) {
    var radios = Array.from(box.querySelectorAll("input[type=radio]"));
    function pick(test) { radios.forEach(function (radio) { radio.checked = test(radio); }); }
    return {
      get: function () { return radios.find(function (radio) { return radio.checked; }).value; },
      set: function (value) { pick(function (radio) { return radio.value === value; }); },
      reset: function () { pick(function (radio) { return radio.dataset.default === "true"; }); },
      tell: function () {}
    };
  }

  /* One explorer */

  function Face(section) {
    var face = this;
    this.name = section.dataset.explorer;
    this.section = section;
    this.holder = section.querySelector(".ra-chart");
    this.sentence = section.querySelector(".ra-sentence");
    this.panels = Array.from(section.querySelectorAll("[data-alive]"));
    this.note = section.querySelector(".ra-preset-note");
    this.presets = Array.from(section.querySelectorAll(".ra-preset"));
    this.controls = {};
    this.lastRedraw = null;
    section.querySelectorAll("[data-control]").forEach(function (box) {
      face.controls[box.dataset.control] = controlOf(box);
      // A browser may restore a form after a reload; the plain chart shows the defaults.
      face.controls[box.dataset.control].reset();
    });
    this.panels.forEach(function (panel) { panel.hidden = false; });
    section.classList.add("ra-alive");
    this.listen();
  }

  Face.prototype.listen = function () {
    var face = this;
    this.section.querySelector(".ra-controls").addEventListener("input", function () {
      face.markPreset(null);
      face.update();
    });
    this.presets.forEach(function (button) {
      button.addEventListener("click", function () { face.choose(button); });
    });
    this.section.querySelector(".ra-reset").addEventListener("click", function () {
      face.resetControls();
      face.markPreset(null);
      face.update();
    });
  };

  Face.prototype.resetControls = function () {
    var controls = this.controls;
    Object.keys(controls).forEach(function (name) { controls[name].reset(); });
  };

  Face.prototype.choose = function (button) {
    var values = JSON.parse(button.dataset.values);
    var controls = this.controls;
    this.resetControls();
    Object.keys(values).forEach(function (name) { controls[name].set(values[name]); });
    this.markPreset(button);
    this.update();
  };

  Face.prototype.markPreset = function (chosen) {
    this.presets.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button === chosen));
    });
    this.note.textContent = chosen ? chosen.dataset.note : "";
  };

  Face.prototype.values = function () {
    var controls = this.controls;
    return Object.keys(controls).reduce(function (values, name) {
      values[name] = controls[name].get();
      return values;
    }, {});
  };

  Face.prototype.ready = function () {
    var face = this;
    if (!this.promise) {
      this.promise = Promise.all([
        load("_ra/vega.js"),
        load("_ra/explorer-" + this.name + ".js")
      ]).then(function () {
        face.payload = waiting[face.name];
        return face.build();
      }).catch(function (problem) { face.fail(problem); throw problem; });
    }
    return this.promise;
  };

  Face.prototype.fail = function (problem) {
    var message = document.createElement("p");
    message.className = "ra-note";
    message.textContent = "The moving chart could not be loaded; this is the case it starts from.";
    this.panels.forEach(function (panel) { panel.hidden = true; });
    this.section.classList.remove("ra-alive");
    this.holder.after(message);
    window.console.error(problem);
  };

  Face.prototype.width = function () { return Math.max(260, Math.floor(this.holder.clientWidth)); };

  Face.prototype.build = function () {
    var face = this;
    var width = this.width();
    var kind = width < NARROW ? "narrow" : "wide";
    var vega = window.regionalismVega;
    if (this.view) { this.view.finalize(); }
    this.kind = kind;
    // Vega writes its descriptions for its own chart; ours stands on the holder.
    this.view = new vega.View(vega.parse(this.payload.vega[kind]), { renderer: "svg", hover: false });
    var inside = document.createElement("div");
    inside.className = "ra-vega";
    inside.setAttribute("aria-hidden", "true");
    this.view.initialize(inside).signal("ra_width", width).data("results", this.rows());
    if (!this.plain) { this.plain = Array.from(this.holder.childNodes); }
    return this.view.runAsync().then(function () {
      face.drawn = inside;
      face.holder.replaceChildren(inside);
      face.drawnWidth = width;
      face.tell();
      face.watch();
      return face;
    });
  };

  Face.prototype.watch = function () {
    var face = this;
    if (this.watched || !window.ResizeObserver) { return; }
    this.watched = new ResizeObserver(function () { face.fit(); });
    this.watched.observe(this.holder);
  };

  Face.prototype.fit = function () {
    var width = this.width();
    if (!this.view || this.holder.clientWidth === 0 || Math.abs(width - this.drawnWidth) < 2) { return; }
    if ((width < NARROW ? "narrow" : "wide") !== this.kind) { this.build(); return; }
    this.drawnWidth = width;
    this.view.signal("ra_width", width).runAsync();
  };

  Face.prototype.place = function () { return gridIndex(this.payload.grid, this.values()); };

  Face.prototype.rows = function () { return rowsAt(this.payload.grid, this.place()); };

  Face.prototype.update = function () {
    var face = this;
    Object.keys(this.controls).forEach(function (name) { face.controls[name].tell(); });
    return this.ready().then(function () {
      var start = performance.now();
      face.tell();
      return face.view.data("results", face.rows()).runAsync().then(function () {
        face.lastRedraw = performance.now() - start;
      });
    }).catch(function () {});
  };

  Face.prototype.tell = function () {
    var grid = this.payload.grid;
    this.sentence.textContent = sentenceAt(grid, this.place());
    var columns = this.payload.columns;
    var lines = this.section.querySelectorAll(".ra-numbers tbody tr");
    this.rows().forEach(function (record, row) {
      columns.forEach(function (column, number) {
        lines[row].children[number].textContent = cellText(record[column[0]], column[1]);
      });
    });
  };

  /* Paper shows the case that the chapter starts from: the text around it speaks of that one. */
  Face.prototype.toPaper = function () {
    if (!this.drawn || !this.plain.length || this.kept) { return; }
    this.kept = this.values();
    this.resetControls();
    this.tell();
    this.holder.replaceChildren.apply(this.holder, this.plain);
  };

  Face.prototype.fromPaper = function () {
    var kept = this.kept, controls = this.controls;
    if (!kept) { return; }
    this.kept = null;
    Object.keys(kept).forEach(function (name) { controls[name].set(kept[name]); });
    this.tell();
    this.holder.replaceChildren(this.drawn);
  };

  /* Questions with a reply for each option */

  function bringChoice(box) {
    var button = box.querySelector("button");
    var reply = box.querySelector(".ra-reply");
    var all = box.querySelector(".ra-replies");
    var replies = all.querySelectorAll("li");
    var radios = Array.from(box.querySelectorAll("input[type=radio]"));
    button.hidden = false;
    all.hidden = true;
    button.addEventListener("click", function () {
      var chosen = radios.findIndex(function (radio) { return radio.checked; });
      box.classList.remove("ra-right", "ra-wrong");
      if (chosen < 0) { reply.textContent = "Choose one of the answers first."; return; }
      box.classList.add(replies[chosen].dataset.right === "true" ? "ra-right" : "ra-wrong");
      reply.textContent = replies[chosen].querySelector("span").textContent;
    });
    radios.forEach(function (radio) {
      radio.addEventListener("change", function () {
        box.classList.remove("ra-right", "ra-wrong");
        reply.textContent = "";
      });
    });
  }

  /* The page */

  function whenNear(face) {
    if (!window.IntersectionObserver) { face.ready().catch(function () {}); return; }
    var observer = new IntersectionObserver(function (entries) {
      if (entries.some(function (entry) { return entry.isIntersecting; })) {
        observer.disconnect();
        face.ready().catch(function () {});
      }
    }, { rootMargin: "300px" });
    observer.observe(face.section);
  }

  function start() {
    document.querySelectorAll(".ra-choice").forEach(bringChoice);
    document.querySelectorAll(".ra-explorer").forEach(function (section) {
      var face = new Face(section);
      faces[face.name] = face;
      whenNear(face);
      window.addEventListener("beforeprint", function () { face.toPaper(); });
      window.addEventListener("afterprint", function () { face.fromPaper(); });
    });
  }

  window.regionalism = Object.assign(window.regionalism || {}, {
    define: define,
    ready: function (name) { return faces[name].ready().then(function () { return true; }); },
    rows: function (name, values) {
      var grid = faces[name].payload.grid;
      return rowsAt(grid, gridIndex(grid, values));
    },
    sentence: function (name, values) {
      var grid = faces[name].payload.grid;
      return sentenceAt(grid, gridIndex(grid, values));
    },
    values: function (name) { return faces[name].values(); },
    lastRedrawMs: function (name) { return faces[name].lastRedraw; }
  });

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
}());
