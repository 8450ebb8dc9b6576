// Behaviours for every page, bound by data attributes. No inline script anywhere.
(function () {
  "use strict";

  // A form is sent once: the second press of a hasty finger does nothing.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent === "1") { event.preventDefault(); return; }
    if (form.dataset.repeat === "yes" || form.method === "get") { return; }
    form.dataset.sent = "1";
    form.querySelectorAll("button[type=submit], button:not([type])").forEach(function (button) {
      button.setAttribute("aria-disabled", "true");
    });
  });
  // The back button shows the page as it was: let the form be sent again.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-print]");
    if (button) { window.print(); return; }
    var toggle = event.target.closest("[data-large-print]");
    if (toggle) {
      var on = !document.documentElement.classList.contains("large-print");
      document.documentElement.classList.toggle("large-print", on);
      toggle.setAttribute("aria-pressed", on ? "true" : "false");
      document.cookie = "large-print=" + (on ? "1" : "0") + ";path=/;max-age=31536000;samesite=lax";
    }
  });

  // data-key="F2" on a link, button or field: that key activates or focuses it.
  document.addEventListener("keydown", function (event) {
    if (!event.key || event.ctrlKey || event.metaKey) { return; }
    var wanted = (event.altKey ? "Alt+" : "") + event.key;
    var target = Array.prototype.find.call(document.querySelectorAll("[data-key]"), function (element) {
      return element.dataset.key === wanted && !element.disabled;
    });
    if (!target) { return; }
    event.preventDefault();
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) { target.focus(); target.select && target.select(); } else { target.click(); }
  });

  // After a failed form, stand in the first field that is wrong.
  var wrong = document.querySelector("[aria-invalid=true]");
  if (wrong) { wrong.focus(); }
})();
