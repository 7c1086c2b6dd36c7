// Runs once in a notebook that shows a sheet; `this` is the style element that brought it.
(function (style) {
  var view = style.ownerDocument.defaultView;
  if (view.regionalismSheet) { return; }
  view.regionalismSheet = true;

  // JupyterLab takes letters, arrows and Enter for its own commands wherever no text is written: on a list of
  // options the letter x would cut the cell. It passes over an element with this attribute. Keys with Ctrl
  // and Escape stay JupyterLab's, so that a notebook can be saved and left from any field.
  view.addEventListener('keydown', function (event) {
    var field = event.target;
    if (!field.closest || !field.closest('.jp-OutputArea-output .jupyter-widgets')) { return; }
    var own = !(event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape');
    field.toggleAttribute('data-lm-suppress-shortcuts', own);
    if (field.nodeName !== 'BUTTON' && event.key !== 'Tab') { changed = view.performance.now(); }
  }, true);

  // A widget sends one change at a time and holds the next ones back, but a click is sent at once: one that
  // follows a change too fast would have an older answer judged. So it waits a moment.
  var changed = -Infinity, MOMENT = 300;
  ['input', 'change'].forEach(function (kind) {
    view.addEventListener(kind, function () { changed = view.performance.now(); }, true);
  });
  view.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('.jp-OutputArea-output .widget-button');
    var rest = changed + MOMENT - view.performance.now();
    if (!button || rest <= 0) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    view.setTimeout(function () { button.click(); }, rest);
  }, true);

  // A long text is sent when its field is left. Here it is sent at every pause too, so that a closed tab loses
  // at most the last second.
  var pause, PAUSE = 1000;
  view.addEventListener('input', function (event) {
    var field = event.target;
    if (field.nodeName !== 'TEXTAREA' || !field.closest('.jp-OutputArea-output .jupyter-widgets')) { return; }
    view.clearTimeout(pause);
    pause = view.setTimeout(function () {
      field.dispatchEvent(new view.Event('change', { bubbles: true }));
    }, PAUSE);
  }, true);

  // In a browser's Python nobody sees the kernel's folder: the hand-in goes to the browser's downloads by itself,
  // once for each content, however often its link is drawn.
  var saved = {};
  function save() {
    view.document.querySelectorAll('.jp-OutputArea-output a[data-ra-save]').forEach(function (link) {
      if (!saved[link.href]) { saved[link.href] = true; link.click(); }
    });
  }

  // The handle of a widget's slider has no name of its own; it takes that of its label.
  var waiting = false;
  function name() {
    waiting = false;
    save();
    view.document.querySelectorAll('.widget-slider .noUi-handle:not([aria-label])').forEach(function (handle) {
      var label = handle.closest('.widget-slider').querySelector('.widget-label');
      if (label && label.textContent.trim()) { handle.setAttribute('aria-label', label.textContent.trim()); }
    });
  }
  new view.MutationObserver(function () {
    if (!waiting) { waiting = true; view.requestAnimationFrame(name); }
  }).observe(view.document.body, { childList: true, subtree: true });
  name();
})(this);
