// What is typed into the form of an act is kept: in this browser at once, and on the server a little later, so that another device offers it
// too. It goes once the act is done, at signing out, after a week, and where somebody else signs in. In the words of Chromium 86.
(function () {
  "use strict";
  var BEGIN = "zg-draft:", WEEK = 7 * 24 * 3600 * 1000, LONGEST = 30000, PAUSE = 4000;
  var account = document.body.dataset.account;
  var card = document.querySelector("[data-draft]");
  var store = opened();
  if (!card || !account || !store) { return; }
  var texts = card.dataset, form = card.querySelector("form"), key = BEGIN + account + ":" + texts.draft;
  var own = read(key), told = made("p", "dim"), waiting = 0, sent = false, last = said();
  told.setAttribute("role", "status");
  form.insertAdjacentElement("beforeend", told);

  // A form that went off is over once the ticket went on; else it came to nothing, and its words are still wanted.
  if (own && (Date.now() - own.at > WEEK || (own.sent && own.version < Number(texts.draftVersion)))) {
    store.removeItem(key);
    own = null;
  }
  if (own && !("draftTyped" in texts) && own.at > (Date.parse(texts.draftAt) || 0) && own.words !== last) { offer(own); }

  form.addEventListener("input", function () {
    keep(false);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(send, PAUSE);
  });
  form.addEventListener("submit", function (event) {
    window.clearTimeout(waiting);
    sent = true;
    var other = event.submitter && event.submitter.hasAttribute("formaction");
    if (other) { store.removeItem(key); } else if (said() !== "") { keep(true); }
  });
  document.addEventListener("visibilitychange", function () { if (document.hidden && !sent) { send(); } });

  function offer(found) {
    var box = made("p", "instruction", texts.here + " "), button = made("button", "btn", texts.restore);
    button.type = "button";
    button.addEventListener("click", function () {
      new URLSearchParams(found.words).forEach(function (text, name) {
        var field = form.elements[name];
        if (!field) { return; }
        if (field.type === "checkbox") { field.checked = true; } else { field.value = text; }
      });
      box.remove();
      form.dispatchEvent(new Event("input"));
    });
    box.append(button);
    card.insertAdjacentElement("beforebegin", box);
  }

  // The texts of the form, without what is the page's own.
  function said() {
    var found = new URLSearchParams();
    Array.from(form.elements).forEach(function (field) {
      if (!field.name || field.type === "hidden" || field.type === "file" || field.type === "submit") { return; }
      if (field.type === "checkbox" ? field.checked : field.value.trim()) { found.append(field.name, field.value); }
    });
    return found.toString();
  }

  function keep(off) {
    var words = said();
    if (words.length > LONGEST * 9) { return; }
    try {
      if (words === "") { store.removeItem(key); } else {
        store.setItem(key, JSON.stringify({words: words, version: Number(texts.draftVersion), at: Date.now(), sent: off}));
      }
    } catch (full) { told.textContent = ""; }
  }

  function send() {
    var words = said();
    if (words === last) { return; }
    var body = new URLSearchParams(words);
    Array.from(form.querySelectorAll("input[type=hidden]")).forEach(function (field) { body.append(field.name, field.value); });
    body.append("quiet", "1");
    fetch(texts.draftTo, {method: "POST", body: body, credentials: "same-origin", keepalive: words.length < 60000}).then(function (answer) {
      if (!answer.ok || answer.redirected) { throw new Error(String(answer.status)); }
      last = words;
      told.textContent = texts.kept;
    }).catch(function () { told.textContent = texts.unkept; });
  }

  function read(name) {
    try { return JSON.parse(store.getItem(name)); } catch (broken) { return null; }
  }

  function opened() {
    try { return window.localStorage; } catch (closed) { return null; }
  }

  function made(name, kind, text) {
    var element = document.createElement(name);
    element.className = kind;
    element.textContent = text || "";
    return element;
  }
})();
