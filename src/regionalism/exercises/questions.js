/* Questions on a page without a kernel. A classic script without dependencies, so that it also runs from file://.
   It judges as judging.py does, from the program that program.py made of each question. Into the page it puts
   HTML from these programs alone; what a reader typed is only ever shown as text. */
(function () {
  "use strict";

  var EXAMPLE = "write a number such as 12 or 0.12.";
  var HEADINGS = {
    right: "Right", partly: "Partly right", wrong: "Not right yet", unreadable: "Not counted", saved: "Saved",
    predicted: "Your guess is kept", silent: "No answer yet"
  };
  var STATES = Object.keys(HEADINGS);
  var KEPT = ["right", "partly", "wrong", "saved", "predicted"];
  var FIELDS = ["raw", "numbers", "tries", "counts", "state", "score", "misconception", "time"];
  var FORMAT = "regionalism-answers", VERSION = 2, LARGEST = 10000000, LONGEST_HISTORY = 100;
  var NAMED_WALK_OUTS = 3;
  var WORKED = "<p>Here is one way to work it out.</p>";
  // What Python takes for space; JavaScript's own sort differs in three signs.
  var SPACE = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  var DIGIT = property("\\p{Nd}", /\d/g);
  var UNSEEN = property("[\\p{C}\\p{Z}]", /[\x00-\x20\xa0]/g);

  function property(pattern, simple) {
    try { return new RegExp(pattern, "gu"); } catch (old) { return simple; }
  }

  /* Text */

  function tidy(text) { return text.replace(SPACE, " ").replace(/^ | $/g, ""); }

  function blank(raw) { return raw === null || raw === undefined || (typeof raw === "string" && !tidy(raw)); }

  function mapping(raw) { return raw !== null && typeof raw === "object" && !Array.isArray(raw); }

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }

  function joined() {
    return Array.from(arguments).filter(Boolean).join("\n");
  }

  function paragraph(html) { return html ? "<p>" + html + "</p>" : ""; }

  /* Numbers: reading.py in small */

  function given(raw) {
    if (typeof raw !== "string") { return "\u201c" + String(raw) + "\u201d"; }
    var seen = Array.from(raw).slice(0, 120).join("").replace(UNSEEN, " ").replace(/ +/g, " ").trim();
    var signs = Array.from(seen.replace(/`/g, "'").replace(/\]\(/g, "] ("));
    return "\u201c" + signs.slice(0, 40).join("") + (signs.length > 40 ? "\u2026" : "") + "\u201d";
  }

  function back(raw, what) { return { reason: given(raw) + ": " + what }; }

  /* Decimal digits stand in rows of ten that begin at a code ending in 0 or 6; the mathematical ones do not. */
  function digit(sign) {
    var code = sign.codePointAt(0), low = code & 15;
    if (code >= 0x1d7ce && code <= 0x1d7ff) { return String((code - 0x1d7ce) % 10); }
    DIGIT.lastIndex = 0;
    return String(DIGIT.test(String.fromCodePoint(code - low)) ? low : low - 6);
  }

  function readNumber(field, raw) {
    var text, bare, percent = false, value = raw, sign = 1, body;
    if (typeof raw === "string") {
      if (Array.from(raw).length > 60) { return back(raw, EXAMPLE); }
      text = raw.replace(/[\u2212\u2013\u2014\u2010\u2011]/g, "-").replace(/\u2019/g, "'").replace(/\u2044/g, "/");
      text = tidy(text.replace(DIGIT, digit)).replace(/^[\u2248~= ]+/, "");
      bare = text.replace(/ *(?:[%\u066a\uff05]|per ?cent|pct\.?)$/i, "");
      percent = bare !== text;
      if (!percent && field.unit && text.toLowerCase().endsWith(field.unit.toLowerCase())) {
        bare = tidy(text.slice(0, -field.unit.length));
      }
      if (bare[0] === "-") { sign = -1; }
      body = unsigned(tidy(bare.replace(sign < 0 ? "-" : /^\+/, "")));
      if (body.reason) { return body; }
      value = sign * body.value;
    }
    if (typeof value !== "number" || !isFinite(value)) { return back(raw, EXAMPLE); }
    if (percent && !field.percent && field.unit !== "%") {
      return back(raw, "the answer is asked for in " + (field.unit || "plain numbers") + ", not in percent.");
    }
    if (field.percent && (percent || Math.abs(value) > 1)) { value /= 100; }
    if (field.whole && value !== Math.floor(value)) { return back(raw, "give a whole number."); }
    return outside(field, value, raw) || { value: value };
  }

  function unsigned(body) {
    var form = body.slice(-1).normalize("NFKC").replace("\u2044", "/");
    if (/^\d+\/\d+$/.test(form)) { body = tidy(tidy(body.slice(0, -1)) + " " + form); }
    var fraction = /^(?:(\d+) )?(\d+) ?\/ ?(\d+)$/.exec(body);
    if (fraction) { return { value: Number(fraction[1] || 0) + Number(fraction[2]) / Number(fraction[3]) }; }
    if (/^[1-9]\d{0,2},\d{3}$/.test(body)) {
      return { reason: body + " can be read in two ways. Write " + body.replace(",", "") + " or "
        + body.replace(",", ".") + "." };
    }
    var plain = withoutGroups(body);
    return { value: /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(plain) ? Number(plain) : NaN };
  }

  function withoutGroups(body) {
    var mark, point, cut;
    if (/[ ']/.test(body)) {
      cut = body.replace(/,/g, ".").indexOf(".");
      cut = cut < 0 ? body.length : cut;
      return grouped(body.slice(0, cut), body.includes(" ") ? " " : "'", body.slice(cut).replace(/,/g, "."));
    }
    if (body.includes(",") && body.includes(".")) {
      point = body.lastIndexOf(",") > body.lastIndexOf(".") ? "," : ".";
      cut = body.lastIndexOf(point);
      return grouped(body.slice(0, cut), point === "," ? "." : ",", "." + body.slice(cut + 1));
    }
    mark = body.includes(",") ? "," : ".";
    return body.split(mark).length > 2 ? grouped(body, mark, "") : body.replace(",", ".");
  }

  function grouped(head, mark, tail) {
    return new RegExp("^\\d{1,3}(?:\\" + mark + "\\d{3})+$").test(head) ? head.split(mark).join("") + tail : "";
  }

  function outside(field, value, raw) {
    var low = field.low, high = field.high;
    if ((low === null || value >= low) && (high === null || value <= high)) { return null; }
    if (low !== null && high !== null) {
      return back(raw, "give a number between " + show(field, low) + " and " + show(field, high) + ".");
    }
    return back(raw, "give a number of at " + (low !== null ? "least " + show(field, low) : "most " + show(field, high))
      + ".");
  }

  function show(field, value) {
    return field.percent ? figures(value * 100) + " %" : (figures(value) + " " + field.unit).trim();
  }

  function figures(value) {
    var size = Math.abs(value), sign = value < 0 || Object.is(value, -0) ? "-" : "", parts, decimals;
    if (size === 0) { return sign + "0"; }
    if (!(size >= 1e-9 && size < 1e15)) {
      parts = size.toExponential(5).split("e");
      return sign + parts[0].replace(/\.?0+$/, "") + "e" + parts[1].replace(/^(.)(\d)$/, "$10$2");
    }
    decimals = Math.max(0, 5 - Math.floor(Math.log10(size)));
    parts = fixed(size, decimals);
    return sign + (decimals ? parts.replace(/\.?0+$/, "") : parts);
  }

  /* Of two equally near numbers Python takes the even one, toFixed the larger one. */
  function fixed(size, decimals) {
    var scaled = size * Math.pow(10, decimals), whole = Math.floor(scaled);
    var tie = scaled - whole === 0.5 && Number.isInteger(size * Math.pow(2, decimals + 1));
    return (tie && whole % 2 === 0 ? whole / Math.pow(10, decimals) : size).toFixed(decimals);
  }

  function even(value) {
    var whole = Math.floor(value), rest = value - whole;
    return rest > 0.5 || (rest === 0.5 && whole % 2 !== 0) ? whole + 1 : whole;
  }

  function near(bounds, value) { return Math.abs(value - bounds[0]) <= bounds[1]; }

  /* Judging: judging.py in small. A verdict has the message as HTML of ours, or as plain text. */

  function verdict(state, html, more) {
    return Object.assign({ state: state, html: html, text: "", reading: "", score: null, misconception: null,
      counts: false }, more || {});
  }

  function refused(reason) { return verdict("unreadable", "", { text: reason }); }

  function judge(program, raw, tries) {
    if (blank(raw)) { return verdict("silent", ""); }
    var judges = { number: judgeNumber, table: judgeTable, allocate: judgeAllocate, mark: judgeMark, text: judgeText };
    return (judges[program.kind] || judgeFinite)(program, raw, tries || 0);
  }

  function replied(program, score, named, tries, easier, still) {
    var words = program.words, reason = named ? named.reply : "", html;
    if (score === 1) { return verdict("right", words.praise, { score: 1 }); }
    if (tries <= 0) {
      html = joined(reason || words.nudge, still);
    } else if (tries === 1) {
      html = joined(reason, paragraph(easier), words.help, still);
    } else {
      html = joined(reason, WORKED, words.worked);
    }
    return verdict(score > 0 ? "partly" : "wrong", html,
      { score: score, counts: true, misconception: named ? named.misconception : null });
  }

  function judgeNumber(program, raw, tries) {
    var found = readNumber(program.field, raw), result, came;
    if (found.reason) { return refused(found.reason); }
    came = near(program.right, found.value);
    var named = came ? null : program.wrongs.find(function (wrong) { return near(wrong.example, found.value); });
    if (program.first) {
      result = verdict("predicted", joined(
        paragraph("Your guess: " + escaped(show(program.field, found.value)) + ". What came out: " + program.outcome
          + "."),
        came ? program.words.praise : named ? named.reply : "", program.words.worked
      ), { score: 1, misconception: named ? named.misconception : null });
    } else {
      result = replied(program, came ? 1 : 0, named, tries,
        "Your number is too " + (found.value > program.right[0] ? "large." : "small."), "");
    }
    result.reading = "Read as " + show(program.field, found.value) + ".";
    return result;
  }

  /* Parts of a mapping, each within its bounds, and no part more or less than these. */
  function alike(example, answer) {
    var names = Object.keys(answer);
    return names.length === Object.keys(example).length && names.every(function (name) {
      return example[name] && near(example[name], answer[name]);
    });
  }

  function strange(raw, parts, what) {
    if (!mapping(raw)) { return Array.isArray(raw) ? { reason: "A list: " + what } : back(raw, what); }
    var odd = Object.keys(raw).find(function (name) { return !parts.includes(name); });
    return odd === undefined ? null : back(odd, "this question has no such part; " + what);
  }

  function judgeTable(program, raw, tries) {
    var cells = program.cells, answer = {}, read = [], open = [], openHtml = [], holding = [], cell, found, place;
    var odd = strange(raw, cells.map(function (one) { return one.id; }), "fill in the cells of this question.");
    if (odd) { return refused(odd.reason); }
    for (place = 0; place < cells.length; place += 1) {
      cell = cells[place];
      if (blank(raw[cell.id])) { open.push(cell.name); openHtml.push(cell.html); continue; }
      found = readNumber(cell.field, raw[cell.id]);
      if (found.reason) { return refused(cell.name + ": " + found.reason); }
      answer[cell.id] = found.value;
      read.push(cell.name + ": " + show(cell.field, found.value));
      if (near(program.right[cell.id], found.value)) { holding.push(cell.html); }
    }
    if (!read.length) { return verdict("silent", ""); }
    var score = holding.length / cells.length;
    var named = program.wrongs.find(function (wrong) { return alike(wrong.example, answer); });
    var still = open.length ? paragraph("Still open: " + openHtml.join("; ") + ".") : "";
    var result = replied(program, score, named, tries, holds(holding), still);
    if (score < 1 && holding.length === read.length) {
      result = verdict("partly", paragraph("What you have filled in holds. Still open: " + openHtml.join("; ") + "."),
        { score: score });
    }
    result.reading = "Read as " + read.join("; ") + ".";
    return result;
  }

  function holds(labels) {
    return labels.length ? "These hold: " + labels.join("; ") + "." : "None of these holds so far.";
  }

  function judgeAllocate(program, raw, tries) {
    var odd = strange(raw, program.names.map(first), "give each receiver of this question a share.");
    if (odd) { return refused(odd.reason); }
    var left = program.names.filter(function (name) { return blank(raw[name[0]]); }).map(second);
    if (left.length === program.names.length) { return verdict("silent", ""); }
    if (left.length) { return refused("Still without a share: " + left.join("; ") + ". Write 0 for nothing."); }
    var shares = {}, given = 0, place, found;
    for (place = 0; place < program.names.length; place += 1) {
      found = readNumber(program.field, raw[program.names[place][0]]);
      if (found.reason) { return refused(program.names[place][1] + ": " + found.reason); }
      shares[program.names[place][0]] = found.value;
      given += found.value;
    }
    var total = program.total, over = given - total;
    if (Math.abs(over) > 1e-6 * Math.max(1, Math.abs(total))) {
      found = show(program.field, Math.abs(over));
      return refused("You have given out " + figures(given) + " of " + show(program.field, total) + ": "
        + (over > 0 ? "take back " + found : "share out " + found + " more") + ".");
    }
    var named = program.wrongs.find(function (wrong) { return alike(wrong.example, shares); });
    return replied(program, unmet(program, shares).length ? 0 : 1, named, tries, walkOuts(program, shares), "");
  }

  function first(pair) { return pair[0]; }
  function second(pair) { return pair[1]; }

  function has(claim, shares) {
    return claim.members.reduce(function (sum, member) { return sum + (shares[member] || 0); }, 0);
  }

  function unmet(program, shares) {
    return program.claims.filter(function (claim) {
      return has(claim, shares) < claim.least - 1e-6 * Math.max(1, Math.abs(claim.least));
    });
  }

  function walkOuts(program, shares) {
    var open = unmet(program, shares), rest = open.length - NAMED_WALK_OUTS;
    var found = open.slice(0, NAMED_WALK_OUTS).map(function (claim) {
      return claim.who + " (now " + escaped(show(program.field, has(claim, shares))) + ", can get "
        + escaped(show(program.field, claim.least)) + (claim.because ? ", " + claim.because : "") + ")";
    });
    if (rest > 0) { found.push("and " + rest + " more " + (rest === 1 ? "group" : "groups")); }
    return found.length ? "Would walk out: " + found.join("; ") + "." : "Nobody would walk out.";
  }

  function judgeMark(program, raw, tries) {
    var ends = Array.isArray(raw) ? raw : [raw], values = [], place, found, shown, marks, low = program.field.low;
    var names = program.span ? ["The beginning", "The end"] : ["Your mark"];
    if (ends.every(blank)) { return verdict("silent", ""); }
    if (ends.length !== names.length) {
      return refused("A list: " + (program.span ? "mark where it begins and where it ends." : "mark one point."));
    }
    for (place = 0; place < ends.length; place += 1) {
      if (blank(ends[place])) {
        return refused("Still to be marked: where it " + (place ? "ends." : "begins."));
      }
      found = readNumber(program.field, ends[place]);
      if (found.reason) { return refused(found.reason); }
      found = Math.min(program.field.high, low + program.step * even((found.value - low) / program.step));
      values.push(Number(found.toFixed(9)));
    }
    shown = values.map(function (value) { return show(program.field, value); });
    if (values.length === 2 && values[0] > values[1]) {
      return refused("It begins at " + shown[0] + " and ends before that, at " + shown[1] + ". Turn them round.");
    }
    marks = values.map(function (value, at) { return near(program.right[at], value); });
    var named = program.wrongs.find(function (wrong) {
      return values.every(function (value, at) { return near(wrong.example[at], value); });
    });
    var easier = names.map(function (name, at) {
      var side = values[at] > program.right[at][0] ? "right" : "left";
      return name + (marks[at] ? " stands well." : " lies too far " + side + ".");
    }).join(" ");
    var result = replied(program, marks.filter(Boolean).length / marks.length, named, tries, easier, "");
    result.reading = "Read as " + shown.join(" to ") + ".";
    return result;
  }

  function judgeText(program, raw) {
    if (typeof raw !== "string") { return refused("This: write your answer as a text."); }
    var length = Array.from(raw).length, words = tidy(raw).split(" ").length, note = "";
    if (length > program.longest) {
      return refused(back(raw, "keep the text to " + thousands(program.longest) + " signs; it has " + thousands(length)
        + ".").reason);
    }
    if (words < program.least) {
      note = "It has " + words + " words so far; " + program.least + " or more are asked for.";
    } else if (program.most && words > program.most) {
      note = "It has " + words + " words; try to say it in " + program.most + ".";
    }
    return verdict("saved", joined("<p>Read it once more against the list above.</p>", paragraph(note)));
  }

  function thousands(number) { return String(number).replace(/\B(?=(\d{3})+$)/g, ","); }

  /* Answers of which there are few: the page knows the verdict on each. */

  function judgeFinite(program, raw, tries) {
    var found = place(program, raw), entry;
    if (found.reason) { return refused(found.reason); }
    if (found.at < 0 || program.table[found.at] < 0) { return verdict("silent", ""); }
    entry = program.verdicts[program.table[found.at]];
    var html = entry[4][Math.min(tries, 2)].map(function (text) { return program.texts[text]; }).join("\n");
    return verdict(entry[0], html, { score: entry[1], misconception: entry[2], counts: entry[3], reading: found.reading || "" });
  }

  function place(program, raw) {
    var ids = program.names.map(first), goals = program.partners.map(first), what;
    if (program.kind === "choice") {
      var at = typeof raw === "string" ? ids.indexOf(tidy(raw)) : -1;
      return at < 0 ? back(raw, "choose one of the options of this question.") : { at: at };
    }
    if (program.kind === "several") {
      if (!Array.isArray(raw)) { return back(raw, "tick the options that hold."); }
      var odd = raw.find(function (id) { return !ids.includes(id); });
      if (odd !== undefined) { return back(odd, "this is not among the options; tick options from the list only."); }
      return {
        at: ids.reduce(function (sum, id, bit) { return sum + (raw.includes(id) ? Math.pow(2, bit) : 0); }, -1)
      };
    }
    if (program.kind === "order") { return orderPlace(program, ids, raw); }
    what = program.kind === "cards" ? "give each card a place." : "give each item of this question a partner.";
    var strangeOne = strange(raw, ids, what);
    if (strangeOne) { return strangeOne; }
    var lost = ids.find(function (id) { return !blank(raw[id]) && !goals.includes(raw[id]); });
    if (lost !== undefined) { return back(raw[lost], "choose one from the list."); }
    return (program.kind === "match" && twice(program, raw)) || {
      at: ids.reduce(function (sum, id) { return sum * (goals.length + 1) + goals.indexOf(raw[id]) + 1; }, 0)
    };
  }

  function twice(program, raw) {
    var found = null;
    program.partners.forEach(function (partner) {
      var same = Object.keys(raw).filter(function (id) { return raw[id] === partner[0]; }).map(function (id) {
        return program.names.find(function (name) { return name[0] === id; })[1];
      });
      if (same.length > 1 && !found) {
        found = { reason: "\u201c" + partner[1] + "\u201d serves one item, not " + same.length + ": " + same.join("; ")
          + "." };
      }
    });
    return found;
  }

  function orderPlace(program, ids, raw) {
    var odd = strange(raw, ids, "give a place to each item of this question."), last = ids.length, number;
    if (odd) { return odd; }
    var open = program.names.filter(function (name) { return blank(raw[name[0]]); });
    var lost = program.names.find(function (name) {
      var at = Number(raw[name[0]]);
      return !blank(raw[name[0]]) && !(Number.isInteger(at) && at >= 1 && at <= last);
    });
    if (lost) { return back(raw[lost[0]], "give \u201c" + lost[1] + "\u201d a place from 1 to " + last + "."); }
    if (open.length === last) { return { at: -1 }; }
    if (open.length) {
      return { reason: "Still without a place: " + open.map(second).join("; ")
        + ". Give each item a place of its own." };
    }
    for (number = 1; number <= last; number += 1) {
      var same = program.names.filter(function (name) { return Number(raw[name[0]]) === number; });
      if (same.length > 1) {
        return { reason: "Place " + number + " goes to one item, not to " + same.length + ": "
          + same.map(second).join("; ") + "." };
      }
    }
    // The table lists the orders by places, item by item: count how many come before this one.
    var order = sorted(program, raw).map(first), free = ids.slice(), rank = 0;
    order.forEach(function (id) {
      rank = rank * free.length + free.indexOf(id);
      free.splice(free.indexOf(id), 1);
    });
    return { at: rank, reading: "Read as: " + sorted(program, raw).map(second).join(", then ") + "." };
  }

  function sorted(program, raw) {
    return program.names.filter(function (name) { return !blank(raw[name[0]]); }).sort(function (one, other) {
      return Number(raw[one[0]]) - Number(raw[other[0]]);
    });
  }

  /* The fields of one question */

  function Fields(form, program) {
    this.form = form;
    this.program = program;
    this.parts = Array.from(form.querySelectorAll("[data-part]"));
    this.line = form.querySelector(".ra-so-far");
    this.plot = form.querySelector("svg[data-low]");
  }

  Fields.prototype.read = function () {
    var kind = this.program.kind, found = {}, ticked;
    if (kind === "number" || kind === "text") { return this.parts[0].value; }
    if (kind === "choice" || kind === "several") {
      ticked = this.parts.filter(function (part) { return part.checked; }).map(function (part) { return part.value; });
      return kind === "several" ? ticked.sort() : ticked.length ? ticked[0] : null;
    }
    if (kind === "mark") {
      ticked = this.parts.map(function (part) { return part.dataset.touched ? Number(part.value) : null; });
      return this.program.span ? ticked : ticked[0];
    }
    this.parts.forEach(function (part) {
      if (!blank(part.value)) { found[part.dataset.part] = kind === "order" ? Number(part.value) : part.value; }
    });
    return found;
  };

  /* An answer from a file may be anything: what a field does not offer leaves it as it is. */
  Fields.prototype.fill = function (raw) {
    var kind = this.program.kind;
    this.parts.forEach(function (part, at) {
      var value = raw;
      if (part.type === "radio") { part.checked = raw === part.value; return; }
      if (part.type === "checkbox") { part.checked = Array.isArray(raw) && raw.includes(part.value); return; }
      if (kind === "mark") {
        value = Array.isArray(raw) ? raw[at] : raw;
        if (blank(value)) { delete part.dataset.touched; } else { part.value = value; part.dataset.touched = "yes"; }
        return;
      }
      if (kind !== "number" && kind !== "text") { value = mapping(raw) ? raw[part.dataset.part] : ""; }
      part.value = typeof value === "string" || typeof value === "number" ? value : "";
      if (part.tagName === "SELECT" && part.selectedIndex < 0) { part.value = ""; }
    });
    this.tell();
  };

  /* What stands in the fields at present, in words. */
  Fields.prototype.tell = function () {
    var program = this.program, raw = this.read();
    if (program.kind === "mark") { this.draw(); }
    this.parts.forEach(function (part) {
      // A phone cuts a long choice off; the style then shows it below its list.
      var chosen = part.tagName === "SELECT" && part.value ? part.selectedOptions[0].text : "";
      part.parentNode.dataset.chosen = chosen.length > 20 ? chosen : "";
    });
    if (!this.line) { return; }
    if (program.kind === "order") {
      var so = sorted(program, raw).map(second).join(", then ");
      this.line.textContent = so ? "Your order so far: " + so + "." : "";
    } else if (program.kind === "allocate") {
      this.line.innerHTML = sharedOut(program, raw);
    }
  };

  function sharedOut(program, raw) {
    var shares = {}, given = 0, rest;
    program.names.forEach(function (name) {
      var found = blank(raw[name[0]]) ? {} : readNumber(program.field, raw[name[0]]);
      if (found.value !== undefined) { shares[name[0]] = found.value; given += found.value; }
    });
    if (!Object.keys(shares).length) { return ""; }
    rest = program.total - given;
    return "Given out: " + escaped(show(program.field, given)) + " of " + escaped(show(program.field, program.total))
      + ". " + (Math.abs(rest) <= 1e-6 * Math.max(1, Math.abs(program.total)) ? "Nothing is left."
        : escaped(show(program.field, Math.abs(rest))) + (rest > 0 ? " is left." : " too much."))
      + "<br>" + walkOuts(program, shares)
      + (Object.keys(shares).length < program.names.length ? " An empty box counts as nothing here." : "");
  }

  Fields.prototype.draw = function () {
    var fields = this, program = this.program, data = this.plot && this.plot.dataset, places = [], words = [];
    this.parts.forEach(function (part) {
      var words_ = part.dataset.touched ? show(program.field, Number(part.value)) : "not marked yet";
      fields.form.querySelector('output[for="' + part.id + '"]').textContent = words_;
      part.setAttribute("aria-valuetext", words_);
      if (part.dataset.touched) {
        words.push(figures(Number(part.value)));
        places.push(Number(data.start) + (part.value - data.low) / (data.high - data.low) * (data.end - data.start));
      }
    });
    var group = this.plot.querySelector(".ra-plot-mark"), top = Number(data.top);
    group.textContent = "";
    if (!places.length) { return; }
    var ink = "stroke:var(--ra-accent,#1f5aa8)";
    if (places.length === 2) {
      add(group, "rect", { x: Math.min(places[0], places[1]), y: top - 4, width: Math.abs(places[1] - places[0]),
        height: data.bottom - top + 4, style: ink + ";fill:var(--ra-accent,#1f5aa8);fill-opacity:.18" });
    } else {
      add(group, "path", { d: "M" + places[0] + " " + (top - 4) + "V" + data.bottom, "stroke-width": 2.5, style: ink });
    }
    var middle = (places[0] + places[places.length - 1]) / 2;
    add(group, "text", { x: middle, y: top - 9, "font-weight": "bold", style: "fill:var(--ra-accent,#1f5aa8)",
      "text-anchor": middle < Number(data.start) + 30 ? "start" : middle > data.end - 30 ? "end" : "middle"
    }).textContent = words.join(" to ");
  };

  function add(group, tag, attributes) {
    var element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    return group.appendChild(element);
  }

  Fields.prototype.listen = function () {
    var fields = this;
    this.form.addEventListener("input", function (event) {
      if (event.target.type === "range") { event.target.dataset.touched = "yes"; fields.tell(); }
    });
    // Once a field is left, not at each key: a screen reader says the line anew each time.
    this.form.addEventListener("change", function () { fields.tell(); });
    this.form.querySelectorAll("[data-step]").forEach(function (button) {
      button.addEventListener("click", function () {
        var box = document.getElementById(button.dataset.box);
        var found = blank(box.value) ? { value: 0 } : readNumber(fields.program.field, box.value);
        if (found.reason) { return; }
        box.value = figures(Math.max(0, found.value + Number(button.dataset.step)));
        box.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
    if (this.plot) {
      this.plot.addEventListener("click", function (event) { fields.pointed(event); });
    }
  };

  /* A click on the chart sets the mark, or the nearer end of a stretch; first its beginning, then its end. */
  Fields.prototype.pointed = function (event) {
    var data = this.plot.dataset, box = this.plot.getBoundingClientRect();
    var at = (event.clientX - box.left) / box.width * this.plot.viewBox.baseVal.width;
    var value = Number(data.low) + (at - data.start) / (data.end - data.start) * (data.high - data.low);
    if (this.parts[0].disabled || at < data.start - 6 || at > Number(data.end) + 6) { return; }
    var part = this.parts.find(function (one) { return !one.dataset.touched; }) || this.parts.slice().sort(
      function (one, other) { return Math.abs(one.value - value) - Math.abs(other.value - value); })[0];
    part.value = value;
    part.dispatchEvent(new Event("input", { bubbles: true }));
  };

  /* One question */

  function Asked(box, store) {
    var asked = this;
    this.box = box;
    this.store = store;
    this.program = JSON.parse(box.querySelector("script").textContent);
    this.form = box.querySelector("form");
    this.reply = box.querySelector(".ra-reply");
    this.later = box.querySelector(".ra-later");
    this.fields = new Fields(this.form, this.program);
    this.form.hidden = false;
    box.querySelector(".ra-offline").hidden = true;
    box.querySelector(".ra-replies").hidden = true;
    if (this.later) {
      this.later.hidden = true;
      box.appendChild(this.later);
    }
    this.fields.listen();
    this.form.addEventListener("submit", function (event) {
      event.preventDefault();
      asked.answer();
    });
    this.form.addEventListener("input", function () { asked.quiet(); });
    this.form.addEventListener("change", function () { asked.quiet(); });
    if (this.program.kind === "text") {
      // A long text is kept without a press as well: when its box is left, and when the page is.
      this.form.addEventListener("change", function () { asked.keep(); });
      window.addEventListener("pagehide", function () { asked.keep(); });
    }
  }

  Asked.prototype.keep = function () {
    var last = this.attempt(), raw = this.fields.read();
    if (!blank(raw) && !(last && last.raw === raw)) { this.answer(); }
  };

  /* The attempt that counts: the last one, or the first guess, with the numbers that the page has now. */
  Asked.prototype.attempt = function () {
    var numbers = canonical(this.program.numbers);
    var history = this.store.history(this.program.id).filter(function (one) {
      return canonical(one.numbers) === numbers;
    });
    return history.length ? history[this.program.first ? 0 : history.length - 1] : null;
  };

  Asked.prototype.answer = function () {
    var raw = this.fields.read(), last = this.attempt(), kept = this.program.first && last;
    var same = last && canonical(last.raw) === canonical(raw);
    var tries = !last ? 0 : same ? last.tries : last.tries + (last.counts ? 1 : 0);
    if (kept) { raw = last.raw; tries = 0; }
    var found = judge(this.program, raw, tries);
    if (KEPT.includes(found.state) && !same && !kept) {
      this.store.add(this.program.id, { raw: raw, numbers: this.program.numbers, tries: tries, counts: found.counts,
        state: found.state, score: found.score, misconception: found.misconception,
        time: new Date().toISOString().replace("Z", "+00:00") });
    }
    this.shown = canonical(this.attempt());
    this.say(found);
    if (this.program.first && found.state === "predicted") { this.close(true); }
  };

  Asked.prototype.say = function (found) {
    this.quiet();
    this.box.classList.add("ra-" + found.state);
    this.reply.innerHTML = "<p><strong>" + HEADINGS[found.state] + ".</strong></p>" + found.html;
    var text = found.state === "silent" ? "Give an answer first, then press the button again." : found.text;
    [text, found.reading].filter(Boolean).forEach(function (words) {
      this.reply.appendChild(document.createElement("p")).textContent = words;
    }, this);
    if (found.reading) { this.reply.lastChild.className = "ra-reading-line"; }
  };

  Asked.prototype.quiet = function () {
    this.box.className = "ra-check";
    this.reply.textContent = "";
  };

  /* The first guess stays: its fields close, what came out appears. */
  Asked.prototype.close = function (closed) {
    this.fields.parts.forEach(function (part) { part.disabled = closed; });
    this.form.querySelector("button[type=submit]").textContent = closed ? "Show my guess again"
      : this.form.dataset.button;
    if (this.later) { this.later.hidden = !closed; }
  };

  /* Show what the store holds; what is being typed stays, unless another answer came in. */
  Asked.prototype.restore = function () {
    var last = this.attempt(), found, shown = canonical(last);
    if (this.shown === shown) { return; }
    this.shown = shown;
    this.close(false);
    this.quiet();
    if (!last) { this.fields.fill(null); return; }
    // A file that no page has written may hold what cannot even be turned into text.
    try {
      this.fields.fill(last.raw);
      found = judge(this.program, last.raw, last.tries);
    } catch (odd) { this.fields.fill(null); return; }
    if (KEPT.includes(found.state)) { this.say(found); }
    if (this.program.first && found.state === "predicted") { this.close(true); }
  };

  /* The answers of one chapter: in this browser, or as long as the page is open */

  function canonical(value) {
    if (Array.isArray(value)) { return "[" + value.map(canonical).join() + "]"; }
    if (!mapping(value)) { return JSON.stringify(value === undefined ? null : value); }
    return "{" + Object.keys(value).sort().map(function (name) {
      return JSON.stringify(name) + ":" + canonical(value[name]);
    }).join() + "}";
  }

  /* The answers of a text; throws an Error that says what is wrong with it. */
  function parsed(text, chapter) {
    var found, whole = function (value) { return Number.isInteger(value) && value >= 0; };
    try { found = JSON.parse(text); } catch (broken) { throw new Error("it is not whole"); }
    if (!mapping(found) || found.format !== FORMAT) { throw new Error("it is not a file of answers of this course"); }
    if (Number.isInteger(found.version) && found.version > VERSION) {
      var newer = new Error("it was written by a later edition of the course");
      newer.newer = true;
      throw newer;
    }
    if (!whole(found.version) || found.version < 1 || !mapping(found.answers)) { throw new Error("it is damaged"); }
    if (found.chapter !== chapter) { throw new Error("it holds the answers of another chapter"); }
    if (found.student !== "page") { throw new Error("it holds the answers of a sheet, not of a page"); }
    Object.keys(found.answers).forEach(function (id) {
      var history = found.answers[id];
      var sound = Array.isArray(history) && history.length && history.every(function (one) {
        return mapping(one) && FIELDS.every(function (name) { return name in one; }) && mapping(one.numbers)
          && whole(one.tries) && typeof one.counts === "boolean" && STATES.includes(one.state)
          && (one.score === null || (one.score >= 0 && one.score <= 1)) && typeof one.time === "string"
          && (one.misconception === null || typeof one.misconception === "string");
      });
      if (!sound) { throw new Error("it is damaged"); }
    });
    return found.answers;
  }

  function merged(one, other) {
    var result = Object.create(null);
    Object.keys(one).concat(Object.keys(other)).forEach(function (id) {
      var seen = {};
      if (result[id]) { return; }
      result[id] = (one[id] || []).concat(other[id] || []).filter(function (attempt) {
        var key = canonical(attempt);
        return seen[key] ? false : (seen[key] = true);
      }).sort(function (before, after) { return before.time < after.time ? -1 : before.time > after.time ? 1 : 0; })
        .slice(-LONGEST_HISTORY);
    });
    return result;
  }

  function Store(chapter) {
    var root = document.documentElement.dataset.content_root || "./";
    this.chapter = chapter;
    this.key = FORMAT + " " + new URL(root, location.href).pathname + " " + chapter;
    this.answers = Object.create(null);
    this.notice = "";
    this.locked = false;
  }

  Store.prototype.history = function (id) { return this.answers[id] || []; };

  /* Take in what this browser keeps; gives whether anything was there. */
  Store.prototype.load = function () {
    var text = null;
    try { text = localStorage.getItem(this.key); } catch (blocked) { this.passing(); return false; }
    if (text === null) { return false; }
    try {
      this.answers = merged(this.answers, parsed(text, this.chapter));
    } catch (fault) {
      if (fault.newer) {
        this.locked = true;
        this.notice = "Your answers in this browser were written by a later edition of the course. They are left as "
          + "they are; what you answer now is kept until this page is closed.";
        return false;
      }
      try { localStorage.setItem(this.key + " broken", text); } catch (full) { /* it is damaged anyway */ }
      this.notice = "The answers kept in this browser are damaged (" + fault.message + "). A new list was begun.";
      return false;
    }
    return true;
  };

  Store.prototype.passing = function () {
    this.notice = "This browser does not keep answers for this page. They stay until the page is closed; download them "
      + "if you want to have them later.";
  };

  Store.prototype.add = function (id, attempt) {
    this.load();
    this.answers[id] = this.history(id).concat([attempt]).slice(-LONGEST_HISTORY);
    this.save();
  };

  Store.prototype.save = function () {
    if (this.locked) { return; }
    try { localStorage.setItem(this.key, this.text()); } catch (refusal) { this.passing(); }
  };

  Store.prototype.text = function () {
    return JSON.stringify({ format: FORMAT, version: VERSION, chapter: this.chapter, student: "page",
      answers: this.answers }, null, 1);
  };

  Store.prototype.forget = function () {
    this.answers = Object.create(null);
    try {
      localStorage.removeItem(this.key);
      localStorage.removeItem(this.key + " broken");
      this.notice = "";
      this.locked = false;
    } catch (blocked) { /* nothing was kept */ }
  };

  /* All questions of a chapter on this page, and what can be done with their answers */

  function Block(box) {
    var block = this;
    this.box = box;
    this.store = new Store(box.dataset.questions);
    this.notice = box.querySelector(".ra-notice");
    this.asked = [];
    box.querySelectorAll(".ra-check").forEach(function (one) {
      block.asked.push(new Asked(one, block.store));
    });
    this.store.load();
    this.show();
    box.addEventListener("submit", function () { block.tell(); });
    box.querySelector(".ra-keeping").hidden = false;
    this.button("download", function () { block.download(); });
    this.button("forget", function (sure) { block.forget(sure); });
    var file = box.querySelector("input[type=file]");
    this.button("take", function () { file.click(); });
    file.addEventListener("change", function () {
      if (file.files[0]) { block.take(file.files[0]); }
      file.value = "";
    });
    window.addEventListener("storage", function (event) {
      if (event.key !== block.store.key) { return; }
      if (event.newValue === null) { block.store.answers = Object.create(null); } else { block.store.load(); }
      block.show();
    });
  }

  Block.prototype.button = function (name, act) {
    var block = this;
    this.box.querySelector("[data-keep=" + name + "]").addEventListener("click", function () {
      var sure = block.sure;
      block.sure = false;
      act(sure);
    });
  };

  Block.prototype.show = function () {
    this.asked.forEach(function (one) { one.restore(); });
    this.tell();
  };

  Block.prototype.tell = function (words) {
    var told = [words, this.store.notice].filter(Boolean).join(" ");
    if (this.notice.textContent !== told) { this.notice.textContent = told; }
  };

  Block.prototype.download = function () {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.store.text()], { type: "application/json" }));
    link.download = "answers-" + this.store.chapter + "-page.json";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    this.tell("Your answers went into the file " + link.download + ".");
  };

  Block.prototype.take = function (file) {
    var block = this, reader = new FileReader(), fault = function (words) {
      block.tell(file.name + " was not taken up: " + words + ". Your answers here are as they were.");
    };
    if (file.size > LARGEST) { fault("it is too large to be a file of answers"); return; }
    reader.onerror = function () { fault("it cannot be read"); };
    reader.onload = function () {
      var answers;
      try { answers = parsed(String(reader.result).replace(/^\ufeff/, ""), block.store.chapter); } catch (error) {
        fault(error.message);
        return;
      }
      block.store.load();
      block.store.answers = merged(block.store.answers, answers);
      block.store.save();
      block.show();
      block.tell("The answers of " + file.name + " were taken up.");
    };
    reader.readAsText(file);
  };

  Block.prototype.forget = function (sure) {
    if (!sure) {
      this.sure = true;
      this.tell("Press the button once more, and all answers to these questions are deleted on this device.");
      return;
    }
    this.store.forget();
    this.show();
    this.tell("Your answers to these questions are deleted on this device.");
  };

  function start() {
    document.querySelectorAll("[data-questions]").forEach(function (box) { new Block(box); });
  }

  window.regionalismQuestions = { judge: judge, readNumber: readNumber, show: show };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
}());
