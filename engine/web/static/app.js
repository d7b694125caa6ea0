// What makes the pages quicker for whoever has scripts. Everything here works without them too, and no word of it stands in this file:
// texts come from the page. In the words of Chromium 86.
(function () {
  "use strict";
  var keys = document.getElementById("keys");

  // Printing, and copying the text that reminds a unit.
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  document.querySelectorAll("textarea[data-copy]").forEach(function (area) {
    var button = made("button", "btn", area.dataset.copy);
    button.type = "button";
    button.addEventListener("click", function () {
      area.select();
      document.execCommand("copy"); // the newer way asks for TLS, which many offices lack
      button.textContent = area.dataset.copied;
    });
    area.insertAdjacentElement("afterend", button);
  });

  // A phrase is put into the field beside it, and the page stays.
  document.querySelectorAll(".phrases a").forEach(function (link) {
    link.addEventListener("click", function (event) {
      var area = link.closest("section").querySelector("textarea[name=reason]");
      if (!area) { return; }
      event.preventDefault();
      area.value = area.value ? area.value + "\n" + link.textContent : link.textContent;
      area.focus();
    });
  });

  // All lines of a table at once.
  document.querySelectorAll("[data-all]").forEach(function (head) {
    var lines = head.closest("form, table");
    var box = made("input");
    box.type = "checkbox";
    box.setAttribute("aria-label", head.dataset.all);
    box.addEventListener("change", function () {
      lines.querySelectorAll("input[name=number]").forEach(function (one) { one.checked = box.checked; });
    });
    var label = made("label", "tick");
    label.append(box);
    head.append(label);
  });

  // A form that is being sent is not sent twice by a second click; where a file comes of it the page stays, and its buttons go on.
  document.querySelectorAll("form[method=post]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      if ("download" in (event.submitter || form).dataset) { return; }
      form.dataset.sent = "1";
      window.setTimeout(function () { delete form.dataset.sent; }, 8000);
    });
  });

  // What cannot be brought back is asked for twice.
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-sure]");
    if (!button || button.dataset.asked) { return; }
    event.preventDefault();
    event.stopPropagation();
    button.dataset.asked = "1";
    button.textContent = button.dataset.sure;
  }, true);

  // What this browser keeps of forms is its reader's alone: it goes when its form is done, when the reader leaves, and where another one came.
  // Files are gone for certain once the next page is there, since nothing holds them open then.
  var account = document.body.dataset.account || "", LEFT = "zg-left";
  document.querySelectorAll("[data-draft-over]").forEach(function (done) { forget("zg-draft:" + account + ":" + done.dataset.draftOver); });
  if (kept()[LEFT] || drafts().some(function (name) { return account && name.slice("zg-draft:".length).split(":")[0] !== account; })) {
    leave();
    forget(LEFT);
  }
  document.querySelectorAll("form[data-leaves]").forEach(function (form) {
    form.addEventListener("submit", function () {
      leave();
      kept()[LEFT] = "1";
    });
  });

  function drafts() { return Object.keys(kept()).filter(function (name) { return name.indexOf("zg-draft:") === 0; }); }

  function leave() {
    drafts().forEach(forget);
    if (window.indexedDB) { window.indexedDB.deleteDatabase("zg-drafts"); }
  }

  function kept() {
    try { return window.localStorage; } catch (closed) { return {}; }
  }

  function forget(name) { window.localStorage.removeItem(name); }

  // Keys. None while somebody types, or composes a character.
  var begun = "";
  document.addEventListener("keydown", function (event) {
    var at = event.target;
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (at.closest("input:not([type=checkbox]), textarea, select, dialog")) { return; }
    var pair = begun + event.key;
    begun = "";
    if (event.key === "?" && keys && keys.showModal) { keys.showModal(); return; }
    var way = document.querySelector('[data-key="' + (/^[a-z/ ]{1,2}$/.test(pair) ? pair : "") + '"]');
    if (way) {
      event.preventDefault();
      if (way.matches("a")) { way.click(); } else { way.focus(); }
    } else if (event.key === "g") {
      begun = "g";
    } else if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    } else if (event.key === "x") {
      var box = (at.closest("tr, li") || document.body).querySelector("tbody input[name=number], input[name=number]");
      if (box && at.closest("tr, li")) { box.checked = !box.checked; }
    }
  });

  function move(by) {
    var links = Array.from(document.querySelectorAll("main .title a"));
    var next = links.indexOf(document.activeElement) + by;
    if (links[next]) { links[next].focus(); }
  }

  function made(name, kind, text) {
    var element = document.createElement(name);
    if (kind) { element.className = kind; }
    if (text) { element.textContent = text; }
    return element;
  }
})();
