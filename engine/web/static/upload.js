// Files of a form: dragged onto it, pasted into it, taken by the camera; each with its size, a picture where it is one, and a way to leave it
// out again. Without scripts the field of the form takes files as every browser does. In the words of Chromium 86.
(function () {
  "use strict";
  document.querySelectorAll("input[type=file][data-remove]").forEach(function (input) {
    var field = input.closest(".field"), form = input.closest("form"), texts = input.dataset;
    var list = made("ul", "chosen");
    var chosen = [];
    var buttons = made("p", "buttons");
    if (texts.camera) { buttons.append(taker(texts.camera, "image/*", "environment")); }
    if (texts.recorder) { buttons.append(taker(texts.recorder, "audio/*", "user")); }
    input.addEventListener("change", function () { if (input.files.length) { add(input.files); } });
    input.insertAdjacentElement("afterend", buttons);
    buttons.insertAdjacentElement("afterend", list);
    var told = made("p", "miss");
    told.setAttribute("role", "alert");
    list.insertAdjacentElement("afterend", told);
    form.addEventListener("reset", function () { chosen = []; window.setTimeout(show, 0); });
    list.setAttribute("aria-live", "polite");

    field.addEventListener("dragover", function (event) { event.preventDefault(); field.classList.add("over"); });
    field.addEventListener("dragleave", function () { field.classList.remove("over"); });
    field.addEventListener("drop", function (event) {
      event.preventDefault();
      field.classList.remove("over");
      add(event.dataTransfer.files);
    });
    form.addEventListener("paste", function (event) {
      if (event.clipboardData && event.clipboardData.files.length) {
        event.preventDefault();
        add(event.clipboardData.files);
      }
    });

    // What the server would not take is said before it is sent.
    function against() {
      var large = chosen.filter(function (file) { return file.size > Number(texts.mostBytes); })[0];
      var bytes = chosen.reduce(function (sum, file) { return sum + file.size; }, 0);
      if (large) { return texts.tooLarge.replace("[file]", function () { return large.name; }); }
      if (chosen.length > Number(texts.mostFiles)) { return texts.tooMany; }
      return bytes > Number(texts.mostTogether) ? texts.tooMuch : "";
    }

    // A button that opens what the device takes pictures or records with.
    function taker(label, kinds, facing) {
      var device = made("input");
      device.type = "file";
      device.accept = kinds;
      device.setAttribute("capture", facing);
      device.hidden = true;
      device.tabIndex = -1;
      device.addEventListener("change", function () { add(device.files); device.value = ""; });
      var button = made("button", "btn", label);
      button.type = "button";
      button.addEventListener("click", function () { device.click(); });
      var both = made("span");
      both.append(button, device);
      return both;
    }

    function add(files) {
      Array.from(files).forEach(function (file) {
        var known = chosen.some(function (one) { return one.name === file.name && one.size === file.size && one.lastModified === file.lastModified; });
        if (!known) { chosen.push(file); }
      });
      show();
    }

    function show() {
      var all = new DataTransfer();
      chosen.forEach(function (file) { all.items.add(file); });
      input.files = all.files;
      form.dispatchEvent(new CustomEvent("chosen"));
      list.querySelectorAll("img").forEach(function (image) { URL.revokeObjectURL(image.src); });
      list.textContent = "";
      told.textContent = against();
      input.setCustomValidity(told.textContent);
      chosen.forEach(function (file) {
        var item = made("li");
        if (/^image\/(png|jpeg|gif|webp)$/.test(file.type)) {
          var image = made("img");
          image.src = URL.createObjectURL(file);
          image.alt = "";
          item.append(image);
        }
        item.append(made("span", "", file.name), made("span", "dim", size(file.size)));
        var away = made("button", "btn", texts.remove);
        away.type = "button";
        away.setAttribute("aria-label", texts.remove + " " + file.name);
        away.addEventListener("click", function () { chosen.splice(chosen.indexOf(file), 1); show(); });
        item.append(away);
        list.append(item);
      });
    }
  });

  function size(bytes) {
    var kilobytes = Math.max(1, Math.round(bytes / 1024));
    return kilobytes < 1024 ? kilobytes + " kB" : (kilobytes / 1024).toFixed(1) + " MB";
  }

  function made(name, kind, text) {
    var element = document.createElement(name);
    if (kind) { element.className = kind; }
    if (text) { element.textContent = text; }
    return element;
  }
})();
