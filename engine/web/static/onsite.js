// What is found on site, kept on the device until the server has it: written to IndexedDB at once, since the window may be killed at any
// moment; sent one by one through the form of the page, each under a key of its own, so that what is sent twice is one ticket. What somebody
// wrote only that account sends. No words stand here: texts come from the page. In the words of Chromium 86.
(function () {
  "use strict";
  var page = document.getElementById("onsite"), form = document.getElementById("finding"), box = document.getElementById("onsite-list");
  if (!page || !form || !window.indexedDB || !window.fetch) { return; }
  var data = page.dataset, state = document.getElementById("onsite-state"), notes = document.getElementById("onsite-notes");
  var FIELDS = ["title", "visit", "place", "detail", "unit", "grade"], MOST = 400 * 1024 * 1024, ROOM = 0.9;
  var owner = data.account, visits = [], busy = false, timer = 0, store = null;

  open().then(function (database) {
    store = database;
    return owner ? remember() : recall();
  }).then(restore).then(watch).then(show).then(send).catch(function () { note("no-store"); });

  // the database -----------------------------------------------------------------------------------------------------

  function open() {
    return new Promise(function (resolve, reject) {
      var asked = window.indexedDB.open("zg-onsite", 1);
      asked.onupgradeneeded = function () {
        asked.result.createObjectStore("findings", {keyPath: "key"});
        asked.result.createObjectStore("about", {keyPath: "name"});
      };
      asked.onsuccess = function () { resolve(asked.result); };
      asked.onerror = function () { reject(asked.error); };
    });
  }

  // One transaction; what it comes to once the disk has it. Rejects with QuotaExceededError where there is no room.
  function within(name, mode, act) {
    return new Promise(function (resolve, reject) {
      var all = store.transaction(name, mode), asked = act(all.objectStore(name));
      all.oncomplete = function () { resolve(asked.result); };
      all.onabort = function () { reject(all.error || asked.error); };
    });
  }
  function put(name, value) { return within(name, "readwrite", function (all) { return all.put(value); }); }
  function take(name, key) { return within(name, "readwrite", function (all) { return all.delete(key); }); }
  function get(name, key) { return within(name, "readonly", function (all) { return all.get(key); }); }
  function every(name) { return within(name, "readonly", function (all) { return all.getAll(); }); }

  // Who writes, and the visits to choose from: the page that opens without a network knows neither.
  function remember() {
    visits = Array.from(form.elements.visit.options).filter(function (one) { return one.value; }).map(function (one) {
      return {value: one.value, text: one.textContent};
    });
    return put("about", {name: "owner", account: owner, person: data.person, visits: visits});
  }
  function recall() {
    return get("about", "owner").then(function (known) {
      owner = known ? known.account : "";
      visits = known ? known.visits : [];
      visits.forEach(function (one) { form.elements.visit.append(new Option(one.text, one.value, false, visits.length === 1)); });
      if (known) { note("kept-for", known.person); }
    });
  }

  // the form ---------------------------------------------------------------------------------------------------------

  function watch() {
    form.querySelector("[data-saves]").textContent = form.querySelector("[data-saves]").dataset.saves;
    form.addEventListener("submit", function (event) { event.preventDefault(); save(); });
    form.addEventListener("input", typed);
    form.addEventListener("chosen", typed);
    window.addEventListener("online", function () { tell("online"); send(); });
    window.addEventListener("offline", function () { tell("offline"); });
    if (!navigator.onLine) { tell("offline"); }
    if (!window.isSecureContext || !navigator.serviceWorker) { note("insecure"); return; }
    navigator.serviceWorker.register(data.worker, {scope: data.scope}).then(function () { return navigator.serviceWorker.ready; })
      .then(function () { note("ready"); }).catch(function () { note("insecure"); });
    if (navigator.storage && navigator.storage.persist) { navigator.storage.persist(); }
  }

  function written() {
    var found = {key: form.elements.key.value || fresh(), owner: owner, at: Date.now(), number: "", trouble: ""};
    FIELDS.forEach(function (name) { found[name] = form.elements[name].value; });
    found.files = Array.from(form.elements.file.files).map(function (file) { return {name: file.name, blob: file}; });
    return found;
  }

  // What is typed is on the disk before it is saved.
  function typed() {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { hold(written()).catch(function () { tell("full"); }); }, 250);
  }

  function hold(draft) {
    draft.name = "typing:" + owner;
    return put("about", draft);
  }

  function restore() {
    return get("about", "typing:" + owner).then(function (draft) { if (draft) { fill(draft); } });
  }

  function fill(draft) {
    var held = new DataTransfer();
    form.reset();
    FIELDS.forEach(function (name) { if (draft[name] || name !== "visit") { form.elements[name].value = draft[name]; } });
    form.elements.key.value = draft.key;
    draft.files.forEach(function (file) { held.items.add(new File([file.blob], file.name, {type: file.blob.type})); });
    form.elements.file.files = held.files;
    if (draft.files.length) { form.elements.file.dispatchEvent(new Event("change")); }
  }

  function save() {
    var draft = written(), size = weight(draft);
    if (!owner) { tell("sign-in"); return Promise.resolve(); }
    if (draft.files.length > Number(data.mostFiles) || size > Number(data.mostBytes)) { tell("too-much"); return Promise.resolve(); }
    return room(size).then(function (enough) {
      if (!enough) { tell("full"); return null; }
      window.clearTimeout(timer);
      return put("findings", draft).then(function () { return take("about", "typing:" + owner); }).then(function () {
        var visit = draft.visit, place = draft.place, unit = draft.unit;
        form.reset();
        form.elements.visit.value = visit;
        form.elements.place.value = place;
        form.elements.unit.value = unit;
        form.elements.title.value = form.elements.detail.value = "";
        form.elements.key.value = fresh();
        form.elements.title.focus();
        tell("saved");
        return show().then(send);
      }, function () { tell("full"); });
    });
  }

  // Whether what is kept stays within bounds, and within what the browser gives.
  function room(size) {
    return every("findings").then(function (all) {
      var kept = all.reduce(function (sum, one) { return sum + weight(one); }, size);
      if (kept > MOST) { return false; }
      if (!navigator.storage || !navigator.storage.estimate) { return true; }
      return navigator.storage.estimate().then(function (found) { return !found.quota || found.usage + size < found.quota * ROOM; });
    });
  }

  function weight(draft) { return draft.files.reduce(function (sum, file) { return sum + file.blob.size; }, 0); }

  // sending ----------------------------------------------------------------------------------------------------------

  function send() {
    if (busy || !navigator.onLine || !owner) { return Promise.resolve(); }
    busy = true;
    return every("findings").then(function (all) {
      return all.filter(waiting).sort(function (a, b) { return a.at - b.at; }).reduce(function (before, draft) {
        return before.then(function (go) { return go ? one(draft) : false; });
      }, Promise.resolve(true));
    }).catch(function () { tell("later"); }).then(function () { busy = false; return show(); });
  }

  function waiting(draft) { return draft.owner === owner && !draft.number && draft.visit && !draft.trouble; }

  // Sends one. Whether the next may be tried.
  function one(draft) {
    var body = new FormData(), secret = form.querySelector("[name=form_token]");
    if (secret) { body.append("form_token", secret.value); }
    body.append("account", draft.owner);
    body.append("key", draft.key);
    FIELDS.forEach(function (name) { body.append(name, draft[name]); });
    draft.files.forEach(function (file) { body.append("file", file.blob, file.name); });
    tell("sending");
    return fetch(form.action, {method: "POST", body: body, credentials: "same-origin"}).then(function (answer) {
      var number = new URL(answer.url).searchParams.get("done");
      if (answer.ok && answer.redirected && number) { return over(draft, number, ""); }
      if (answer.status === 401 || answer.status === 403 || answer.redirected) { tell("later"); state.append(" ", link(data.signIn, data.textSignIn)); return false; }
      if (answer.status === 408 || answer.status === 429 || answer.status >= 500) { tell("later"); return false; }
      return answer.text().then(function (html) {
        var found = new DOMParser().parseFromString(html, "text/html"), told = found.querySelector("#trouble") || found.querySelector("h1");
        var trouble = told ? told.textContent.replace(/\s+/g, " ").trim().slice(0, 300) : String(answer.status), unit = form.elements.unit;
        if (unit.value && unit.value === draft.unit && trouble.indexOf(unit.value) >= 0) { unit.value = ""; }
        return over(draft, "", trouble);
      });
    }).catch(function () { tell("later"); return false; });
  }

  // It is a ticket now, and its files are let go of; or it was not taken, and stays with what stands against it.
  function over(draft, number, trouble) {
    draft.number = number;
    draft.trouble = trouble;
    if (number) { draft.files = []; draft.detail = ""; }
    return put("findings", draft).then(function () { state.hidden = true; return true; });
  }

  // the list ---------------------------------------------------------------------------------------------------------

  function show() {
    return every("findings").then(function (all) {
      var own = all.filter(function (one) { return one.owner === owner; }).sort(function (a, b) { return b.at - a.at; });
      var left = own.filter(function (one) { return !one.number; }), rows = box.querySelector(".rows"), buttons = box.querySelector(".buttons");
      note("other", all.length - own.length && all.filter(function (one) { return one.owner !== owner && !one.number; }).length);
      box.hidden = !own.length;
      box.querySelector(".count").textContent = left.length ? said("waiting", left.length) : said("sent", own.length);
      rows.textContent = "";
      own.forEach(function (draft) { rows.append(row(draft)); });
      buttons.textContent = "";
      if (left.length) { buttons.append(button(data.textSend, "btn btn-primary", send)); }
      else if (own.length) { buttons.append(button(data.textClear, "btn", clear)); }
    });
  }

  function row(draft) {
    var item = made("li", "row-item"), grow = made("div", "grow"), acts = made("div", "acts");
    grow.append(made("p", "title", draft.title));
    if (draft.number) { grow.append(link(data.ticket + draft.number, draft.number)); }
    else { grow.append(made("p", "dim", [draft.visit || said("no-visit"), draft.place, said("files", draft.files.length)].filter(Boolean).join(" · "))); }
    if (draft.trouble) { grow.append(made("p", "trouble", draft.trouble)); }
    if (!draft.number) {
      acts.append(button(data.textChange, "btn", function () {
        hold(Object.assign({}, draft)).then(function () { return take("findings", draft.key); }).then(show);
        fill(draft);
        form.elements.title.focus();
      }), dropper(draft));
    }
    item.append(grow, acts);
    return item;
  }

  function dropper(draft) {
    var away = button(data.textDrop, "btn", function () {
      if (away.dataset.sure) { take("findings", draft.key).then(show); return; }
      away.dataset.sure = "1";
      away.textContent = data.textDropSure;
    });
    return away;
  }

  // Everything of this account leaves the device; where no other has anything here, the page that opens without a network too.
  function clear() {
    return every("findings").then(function (all) {
      var others = all.filter(function (one) { return one.owner !== owner && !one.number; });
      var own = all.filter(function (one) { return others.indexOf(one) < 0; });
      return Promise.all(own.map(function (one) { return take("findings", one.key); }))
        .then(function () { return Promise.all([take("about", "typing:" + owner), take("about", "owner")]); })
        .then(function () { return others.length ? null : forget(); });
    }).then(show).then(function () { notes.textContent = ""; tell("cleared"); });
  }

  function forget() {
    if (!window.caches || !navigator.serviceWorker) { return null; }
    return caches.delete("zg-onsite").then(function () { return navigator.serviceWorker.getRegistration(data.scope); })
      .then(function (found) { return found ? found.unregister() : null; });
  }

  // words and elements -----------------------------------------------------------------------------------------------

  function said(code, n) {
    var name = "text" + code.split("-").map(function (part) { return part[0].toUpperCase() + part.slice(1); }).join("");
    return data[name].replace("[n]", n);
  }
  function tell(code) { state.textContent = said(code); state.hidden = false; }
  function note(code, n) {
    var line = notes.querySelector("[data-note=" + code + "]");
    if (line) { line.remove(); }
    if (n === 0) { return; }
    line = made("li", "dim", said(code, n));
    line.dataset.note = code;
    notes.append(line);
  }
  function fresh() {
    var bytes = window.crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }
  function link(address, text) {
    var way = made("a", "", text);
    way.href = address;
    return way;
  }
  function button(text, kind, act) {
    var found = made("button", kind, text);
    found.type = "button";
    found.addEventListener("click", act);
    return found;
  }
  function made(name, kind, text) {
    var element = document.createElement(name);
    if (kind) { element.className = kind; }
    if (text) { element.textContent = text; }
    return element;
  }
})();
