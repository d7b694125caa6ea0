// A card of the board may also be dragged to the state that one of its menu's acts leads to: that opens the act's form, as the menu does.
// In the words of Chromium 86.
(function () {
  "use strict";
  var held = null;
  document.querySelectorAll("[data-moves]").forEach(function (card) {
    card.draggable = true;
    card.addEventListener("dragstart", function (event) {
      held = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      mark(true);
    });
    card.addEventListener("dragend", function () { mark(false); held = null; });
  });
  document.querySelectorAll("[data-state]").forEach(function (column) {
    column.addEventListener("dragover", function (event) { if (way(column)) { event.preventDefault(); } });
    column.addEventListener("drop", function (event) {
      var link = way(column);
      if (!link) { return; }
      event.preventDefault();
      link.click();
    });
  });

  // The likeliest act of the card that is held that leads into a column.
  function way(column) {
    return held ? held.querySelector('[data-to~="' + column.dataset.state + '"]') : null;
  }

  function mark(on) {
    document.querySelectorAll("[data-state]").forEach(function (column) {
      column.classList.toggle("takes", on && way(column) !== null);
    });
  }
})();
