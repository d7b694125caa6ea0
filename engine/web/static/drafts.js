// What is typed into a form is kept: in this browser at once, its files too, and on the server a little later where there is a way for it, so
// that another device offers it as well. It goes once the form is done, at signing out, after a week, and where somebody else signs in.
// In the words of Chromium 86.
(function () {
  "use strict";
  var BEGIN = "zg-draft:", WEEK = 7 * 24 * 3600 * 1000, DAY = 24 * 3600 * 1000, LONGEST = 30000, PAUSE = 4000;
  var MOST_BYTES = 100 * 1024 * 1024, NAME = "zg-drafts", FILES = "files";
  var account = document.body.dataset.account, store = opened(), room = null;
  if (!account || !store) { return; }
  sweep();
  document.querySelectorAll("[data-draft]").forEach(begin);

  function begin(card) {
    var texts = card.dataset, form = card.querySelector("form"), key = BEGIN + account + ":" + texts.draft;
    var input = form.querySelector("input[type=file][name=file]");
    var own = read(key), told = made("p", "dim"), waiting = 0, sent = false, last = said();
    told.setAttribute("role", "status");
    form.insertAdjacentElement("beforeend", told);

    // A form that went off is over once the ticket went on; else it came to nothing, and what was typed is still wanted.
    if (own && own.sent && own.version < Number(texts.draftVersion)) {
      store.removeItem(key);
      own = null;
    }
    if (own && "draftTyped" in texts) {
      if (own.files) { bring().then(function (files) { if (files.length) { chosen(files); } }); }
    } else if (own && (own.files || (own.at > (Date.parse(texts.draftAt) || 0) && own.words !== last))) { offer(own); }

    form.addEventListener("input", function (event) {
      if (event.target.type === "file") { return; }
      keep(false);
      if (!texts.draftTo) { return; }
      window.clearTimeout(waiting);
      waiting = window.setTimeout(send, PAUSE);
    });
    form.addEventListener("chosen", function () { hold(Array.from(input.files)); });
    form.addEventListener("submit", function (event) {
      var goes = event.submitter && event.submitter.hasAttribute("formaction") ? event.submitter.formAction : "";
      window.clearTimeout(waiting);
      sent = true;
      if (texts.draftTo && goes === new URL(texts.draftTo, document.baseURI).href && !held()) { store.removeItem(key); } else { keep(true); }
    });
    document.addEventListener("visibilitychange", function () { if (document.hidden && !sent && texts.draftTo) { send(); } });

    function offer(found) {
      var box = made("p", "instruction", texts.here + " "), back = button(texts.restore), away = button(texts.forget);
      var filled = card.previousElementSibling && card.previousElementSibling.matches("[data-filled]") ? card.previousElementSibling : null;
      away.dataset.sure = texts.forgetSure;
      if (found.files) { box.append(made("span", "", texts.files + " " + found.files.join(", ") + " ")); }
      back.addEventListener("click", function () {
        fill(new URLSearchParams(found.words));
        box.remove();
        if (found.files) { bring().then(chosen); }
        form.dispatchEvent(new Event("input"));
      });
      away.addEventListener("click", function () {
        store.removeItem(key);
        sweep();
        box.remove();
      });
      box.append(back, " ");
      if (!filled) {
        box.append(away);
        card.insertAdjacentElement("beforebegin", box);
        return;
      }
      box.className = "";
      filled.querySelector("button").insertAdjacentElement("beforebegin", box); // one box, and one way to drop both
      filled.addEventListener("submit", function () { store.removeItem(key); });
    }

    // Each field of a name takes the next of the texts that were typed under it; of boxes those are ticked that were.
    function fill(words) {
      var left = {};
      fields().forEach(function (field) {
        var all = words.getAll(field.name);
        if (field.type === "checkbox") { field.checked = all.indexOf(field.value) >= 0; return; }
        left[field.name] = left[field.name] || all;
        if (left[field.name].length) { field.value = left[field.name].shift(); }
      });
    }

    // What is the reader's own: not what the page brings, and nothing that is confided.
    function fields() {
      return Array.from(form.elements).filter(function (field) {
        return field.name && !/^(hidden|file|submit|button)$/.test(field.type) && !field.closest("[data-undrafted]");
      });
    }

    function said() {
      var found = new URLSearchParams();
      fields().forEach(function (field) {
        if (field.type === "checkbox" ? field.checked : field.value.trim()) { found.append(field.name, field.value); }
      });
      return found.toString();
    }

    function held() { return Boolean(own && own.files); }

    function keep(off) {
      var words = said();
      if (words.length > LONGEST * 9) { return; }
      own = {words: words, version: Number(texts.draftVersion), at: Date.now(), sent: off, files: own ? own.files : undefined};
      try {
        if (words === "" && !own.files) { store.removeItem(key); } else { store.setItem(key, JSON.stringify(own)); }
      } catch (full) { told.textContent = ""; }
    }

    // The files that were chosen. Where there is no room for them, they are as they were before: chosen, and gone with the window.
    function hold(files) {
      var bytes = files.reduce(function (sum, file) { return sum + file.size; }, 0);
      within("readwrite", function (all) { return files.length && bytes <= MOST_BYTES ? all.put({key: key, files: files}) : all.delete(key); })
        .then(function () {
          own = own || {};
          own.files = files.length && bytes <= MOST_BYTES ? files.map(function (file) { return file.name; }) : undefined;
          if (!sent) { keep(false); }
        }).catch(function () { told.textContent = ""; });
    }

    function bring() {
      return within("readonly", function (all) { return all.get(key); }).then(function (found) { return found ? found.files : []; })
        .catch(function () { return []; });
    }

    function chosen(files) {
      var all = new DataTransfer();
      files.forEach(function (file) { all.items.add(file); });
      input.files = all.files;
      input.dispatchEvent(new Event("change"));
      document.querySelectorAll("[data-again]").forEach(function (hint) { hint.remove(); });
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
  }

  // What is too old, or went off and was never heard of again, goes; and files go whose draft went.
  function sweep() {
    Object.keys(store).forEach(function (name) {
      var found = name.indexOf(BEGIN + account + ":") === 0 ? read(name) : null;
      if (found && Date.now() - found.at > (found.sent ? DAY : WEEK)) { store.removeItem(name); }
    });
    within("readonly", function (all) { return all.getAllKeys(); }).then(function (keys) {
      keys.filter(function (key) { return store.getItem(key) === null; }).forEach(function (key) {
        within("readwrite", function (all) { return all.delete(key); });
      });
    }).catch(function () { room = null; });
  }

  // One transaction over the files; what it comes to once the disk has it.
  function within(mode, act) {
    room = room || new Promise(function (resolve, reject) {
      var asked = window.indexedDB.open(NAME, 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore(FILES, {keyPath: "key"}); };
      asked.onsuccess = function () {
        asked.result.onversionchange = function () { asked.result.close(); };
        resolve(asked.result);
      };
      asked.onerror = function () { reject(asked.error); };
    });
    return room.then(function (database) {
      return new Promise(function (resolve, reject) {
        var all = database.transaction(FILES, mode), asked = act(all.objectStore(FILES));
        all.oncomplete = function () { resolve(asked.result); };
        all.onabort = function () { reject(all.error || asked.error); };
      });
    });
  }

  function read(name) {
    try { return JSON.parse(store.getItem(name)); } catch (broken) { return null; }
  }

  function opened() {
    try { return window.localStorage; } catch (closed) { return null; }
  }

  function button(text) {
    var element = made("button", "btn", text);
    element.type = "button";
    return element;
  }

  function made(name, kind, text) {
    var element = document.createElement(name);
    element.className = kind;
    element.textContent = text || "";
    return element;
  }
})();
