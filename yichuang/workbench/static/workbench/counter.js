// Behaviours of the desks: live mirror of the person served, ID check while typing, extra rows, dependent fields.
(function () {
  "use strict";

  document.querySelectorAll("[data-mirror]").forEach(function (target) {
    var source = document.getElementById(target.dataset.mirror);
    if (!source) { return; }
    var empty = target.textContent;
    function copy() { target.textContent = source.value.trim() || empty; }
    source.addEventListener("input", copy);
    copy();
  });

  var box = document.querySelector("[data-check]");
  if (box) {
    var identifier = document.getElementById("id_identifier");
    var type = document.getElementById("id_id_type");
    var line = document.getElementById("identifier-check");
    var check = function () {
      if (!identifier.value.trim()) { line.textContent = ""; return; }
      // By POST: an ID number must not stand in an address, which proxies log.
      var data = new FormData();
      data.append("identifier", identifier.value);
      data.append("id_type", type.value);
      data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
      fetch(box.dataset.check, { method: "POST", body: data, credentials: "same-origin" })
        .then(function (response) { return response.ok ? response.text() : ""; })
        .then(function (html) { line.innerHTML = html; })
        .catch(function () { line.textContent = ""; });
    };
    identifier.addEventListener("change", check);
    type.addEventListener("change", check);
    var kind = document.getElementById("id_applicant_kind");
    kind.addEventListener("change", function () {
      type.value = kind.value === "organisation" ? "uscc" : "resident_id";
      check();
    });
  }

  document.querySelectorAll("[data-add-row]").forEach(function (button) {
    button.addEventListener("click", function () {
      var row = document.querySelector("[data-extra-row][hidden]");
      if (row) { row.hidden = false; row.querySelector("input").focus(); }
      if (!document.querySelector("[data-extra-row][hidden]")) { button.disabled = true; }
    });
  });

  document.querySelectorAll("[data-tick-all]").forEach(function (button) {
    button.addEventListener("click", function () {
      button.closest("section").querySelectorAll("tbody td:first-child input[type=checkbox]").forEach(function (box) { box.checked = true; });
    });
  });

  // data-when="outcome=deny": shown while that radio is chosen. What was typed stays when hidden.
  document.querySelectorAll("form[data-depends]").forEach(function (form) {
    function show() {
      form.querySelectorAll("[data-when]").forEach(function (part) {
        var rule = part.dataset.when.split("=");
        var chosen = form.querySelector("[name=" + rule[0] + "]:checked");
        part.hidden = !(chosen && chosen.value === rule[1]);
      });
    }
    form.addEventListener("change", show);
    show();
  });
})();
