// How far the work is, without loading the page again. Without scripts the page does that by itself.
"use strict";
const rough = document.getElementById("rough");
const words = document.getElementById("words");
const bar = document.getElementById("progress");
let events = null;

// A browser keeps few connections to one server: a tab that nobody sees gives its own back.
function listen() {
  if (document.hidden) {
    if (events) events.close();
    events = null;
  } else if (!events) {
    events = new EventSource(rough.dataset.events);
    events.onmessage = hear;
    // too many pages listen: this one loads itself again, as it would without scripts
    events.onerror = () => {
      if (events && events.readyState === EventSource.CLOSED) window.setTimeout(() => window.location.reload(), 3000);
    };
  }
}
document.addEventListener("visibilitychange", listen);

function hear(message) {
  const told = JSON.parse(message.data);
  if (told.state === "done") {
    events.close();
    window.location.replace(told.address);
    return;
  }
  if (told.state === "failed" || told.state === "stopped") {
    events.close();
    window.location.reload();
    return;
  }
  if (words.textContent !== told.words) words.textContent = told.words;
  if (told.state === "at work" && told.of > 1) {
    bar.max = told.of;
    bar.value = told.done;
  } else {
    bar.removeAttribute("value");
  }
  // the server made it of its own template, escaped, as it would have been in the page
  if (told.rough && rough.dataset.shown !== "yes") {
    rough.innerHTML = told.rough;
    rough.dataset.shown = "yes";
  }
}
listen();
