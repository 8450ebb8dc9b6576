// The idle lock as the person sees it. The server decides (project/identity.py): here only, that typing into a long
// form tells the server somebody is there, and that nobody's screen stays readable after the session has ended.
(function () {
  "use strict";
  var seconds = Number(document.documentElement.dataset.idleSeconds || 0);
  if (!seconds) { return; }
  var reported = Date.now();
  var acted = Date.now();

  function tell() {
    reported = Date.now();
    fetch("/presence", { credentials: "same-origin", cache: "no-store" }).then(function (answer) {
      if (answer.status === 200) { leave(); }
    }).catch(function () { /* The network is away: the page and what was typed stay. */ });
  }
  function leave() {
    var here = location.pathname + location.search;
    location.assign("/login?next=" + encodeURIComponent(here));
  }
  function act() {
    acted = Date.now();
    // A minute is the step in which the server writes down that somebody was here.
    if (acted - reported > 60000) { tell(); }
  }
  ["keydown", "pointerdown", "input"].forEach(function (name) { document.addEventListener(name, act, { passive: true }); });
  window.setInterval(function () {
    // One step later than the server, so that the answer is already no.
    if (Date.now() - acted > (seconds + 70) * 1000) { acted = Date.now(); ask(); }
  }, 10000);
  function ask() {
    fetch("/presence", { credentials: "same-origin", cache: "no-store", headers: { "X-Poll": "1" } }).then(function (answer) {
      if (answer.status === 200) { leave(); }
    }).catch(leave);
  }
})();
