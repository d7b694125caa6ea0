// That something changed, at once: one connection a browser, shared by all its pages, which then ask as they do each minute anyway. Where a
// browser cannot share, nothing is opened and pages go on asking. In the words of Chromium 86.
(function () {
  "use strict";
  var place = document.getElementById("changed"), LEASE = "zg-live", TURN = 5000, LATE = 16000;
  if (!place || !place.dataset.live || !window.EventSource || !window.BroadcastChannel) { return; }
  var channel = new BroadcastChannel(LEASE), own = String(Math.random()), source = null, over = false;
  channel.onmessage = function (message) { if (message.data === "over") { stop(); } else { ask(); } };

  // Over TLS the browser itself hands the one connection on; without it pages keep a lease that a closed page no longer renews.
  if (navigator.locks) {
    navigator.locks.request(LEASE, function () { return new Promise(function (leave) { listen(leave); }); });
  } else {
    window.setInterval(take, TURN);
    take();
    window.addEventListener("pagehide", function () { if (source) { keep(null); source.close(); } });
  }

  function take() {
    if (over) { return; }
    var held = lease();
    if (held && held.own !== own && Date.now() - held.at < LATE) {
      if (source) { source.close(); source = null; }
      return;
    }
    if (keep({own: own, at: Date.now()}) && !source) { listen(function () { source = null; }); }
  }

  function listen(leave) {
    if (over) { leave(); return; }
    source = new EventSource(place.dataset.live);
    source.addEventListener("changed", function () { channel.postMessage("changed"); ask(); });
    source.addEventListener("end", function () { channel.postMessage("over"); stop(); leave(); });
    source.addEventListener("error", function () {
      if (source && source.readyState === 2) { source = null; over = true; leave(); } // refused: this page goes on asking by itself
    });
  }

  function stop() {
    over = true;
    if (source) { source.close(); source = null; }
  }

  function ask() { place.dispatchEvent(new CustomEvent("hint")); }

  function lease() {
    try { return JSON.parse(window.localStorage.getItem(LEASE)); } catch (broken) { return null; }
  }

  function keep(what) {
    try {
      window.localStorage.setItem(LEASE, JSON.stringify(what));
      return true;
    } catch (full) { return false; }
  }
})();
