// Opens the page for entering on site without a network. It keeps that page as it is for nobody, with what it loads, and no other answer of
// ours: whoever finds the phone finds no ticket in it. In the words of Chromium 86.
"use strict";
var CACHE = "zg-onsite", SLOW = 4000;
var PAGE = self.registration.scope, KEPT = PAGE + "/kept";

self.addEventListener("install", function (event) {
  event.waitUntil(renew().then(function () { return self.skipWaiting(); }));
});
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

self.addEventListener("fetch", function (event) {
  var asked = event.request, address = new URL(asked.url);
  if (asked.method !== "GET" || address.origin !== self.location.origin) { return; }
  if (asked.mode === "navigate" && address.origin + address.pathname === PAGE) {
    event.respondWith(page(event));
  } else if (address.pathname.indexOf("/static/") >= 0) {
    event.respondWith(caches.match(asked).then(function (found) { return found || fetch(asked); }));
  }
});

// The page as the server has it; as it is kept where no answer comes, or none in good time.
function page(event) {
  var asked = fetch(event.request).then(function (answer) {
    if (answer.status >= 502 && answer.status <= 504) { throw new Error("no server behind the proxy"); }
    event.waitUntil(renew().catch(function () {}));
    return answer;
  });
  var late = new Promise(function (resolve) { setTimeout(resolve, SLOW); }).then(kept).then(function (found) { return found || asked; });
  return Promise.race([asked.catch(function (error) {
    return kept().then(function (found) { if (found) { return found; } throw error; });
  }), late]);
}

function kept() { return caches.match(KEPT); }

// Keeps the page anew, with the files of its look and scripts, and lets go of those of before.
function renew() {
  return Promise.all([caches.open(CACHE), fetch(KEPT, {cache: "no-store"})]).then(function (both) {
    var cache = both[0], answer = both[1];
    if (!answer.ok || answer.redirected) { throw new Error("no page to keep"); }
    return answer.clone().text().then(function (html) {
      var loaded = [], found, pattern = /(?:href|src)="([^"]*\/static\/[^"]+)"/g;
      while ((found = pattern.exec(html)) !== null) { loaded.push(new URL(found[1], KEPT).href); }
      return Promise.all(loaded.map(function (address) {
        return cache.match(address).then(function (there) { return there ? null : cache.add(address); });
      })).then(function () { return cache.put(KEPT, answer); }).then(function () { return cache.keys(); }).then(function (keys) {
        return Promise.all(keys.map(function (key) { return key.url === KEPT || loaded.indexOf(key.url) >= 0 ? null : cache.delete(key); }));
      });
    });
  });
}
