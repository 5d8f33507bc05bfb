
(() => {
  "use strict";
  const world = JSON.parse(document.getElementById("world").textContent);
  const find = (id) => document.getElementById(id);
  const play = find("play"), slider = find("slider"), speed = find("speed"), stage = find("stage"), layer = find("dots");
  const last = world.when.length - 1;
  const ENDED = 6, PLANNED = 12, WAITING = 0, BETWEEN = 5, CELL = 18;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let frame = 0, timer = null, zones = {}, shown = -1;

  // where one referral is: frame, stage, post and place stand in a row for each change
  const at = (path, week) => {
    let here = -1;
    for (let i = 0; i < path.length && path[i] <= week; i += 4) here = i;
    return here;
  };

  const stands = new Map();
  const made = (kind) => {
    const dot = document.createElement("i");
    dot.className = kind;
    layer.append(dot);
    return dot;
  };
  const seats = world.caps.map((cap) => Array.from({ length: cap }, () => made("seat jump")));
  const dots = world.paths.map(() => made("dot"));
  const most = (numbers) => numbers.reduce((a, b) => Math.max(a, b), 0);
  const before = Array.from({ length: most(world.waitingBefore) + most(world.heldBefore) }, () => made("dot sbefore"));

  // the room each zone needs at its fullest, so that nothing jumps while it plays
  const fullest = (name) => {
    if (name === "arrivals") return 1;
    if (name === "before") return most(world.heldBefore);
    if (name.startsWith("post-")) return world.caps[Number(name.slice(5))];
    return world.most[Number(name)] + (name === "0" ? most(world.waitingBefore) : 0);
  };
  const cellOf = (name) => {
    if (!(Number(name) >= ENDED)) return CELL;
    const many = most(world.most.slice(ENDED));
    return many > 400 ? 6 : 9;
  };

  const measure = () => {
    for (const field of stage.querySelectorAll("[data-zone]")) {
      const name = field.dataset.zone, cell = cellOf(name);
      const across = Math.max(1, Math.floor(field.clientWidth / cell));
      field.style.height = Math.max(1, Math.ceil(fullest(name) / across)) * cell + "px";
      zones[name] = { field, cell, across };
    }
    const corner = stage.getBoundingClientRect();
    for (const zone of Object.values(zones)) {
      const box = zone.field.getBoundingClientRect();
      zone.x = box.left - corner.left - stage.clientLeft;
      zone.y = box.top - corner.top - stage.clientTop;
    }
  };

  const put = (dot, name, number) => {
    const zone = zones[name], size = (zone.cell - 2) / (CELL - 2);
    const x = zone.x + (number % zone.across) * zone.cell, y = zone.y + Math.floor(number / zone.across) * zone.cell;
    const where = `translate(${x.toFixed(1)}px,${y.toFixed(1)}px) translate(${(-7 * (1 - size)).toFixed(1)}px,${(-7 * (1 - size)).toFixed(1)}px) scale(${size.toFixed(3)})`;
    if (stands.get(dot) === where) return; // most stay where they are
    stands.set(dot, where);
    dot.style.transform = where;
  };

  const target = (dot, kind, name, number) => {
    if (dot.className !== kind) dot.className = kind;
    if (dot.hidden) dot.hidden = false;
    put(dot, name, number);
  };

  const tell = (counts, news) => {
    const week = frame === last ? world.when[last] : `Week ${frame + 1} of ${last}`;
    find("week").textContent = week;
    find("date").textContent = frame === last ? "" : world.when[frame];
    find("holiday").textContent = frame === last ? "" : world.holidays[frame] || "School term";
    find("holiday").classList.toggle("on", Boolean(world.holidays[frame]));
    slider.value = frame;
    slider.setAttribute("aria-valuetext", frame === last ? week : `${week}, ${world.when[frame]}`);
    const line = find("now"), x = (100 * frame / last).toFixed(2) + "%";
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
    const held = counts[1] + counts[2] + counts[3] + counts[4] + world.heldBefore[frame];
    const words = {
      referred: counts.reduce((a, b) => a + b, 0), new: news, held, before: world.heldBefore[frame],
      careWith: world.careWith[frame], careWithout: world.careWithout[frame],
    };
    for (const spot of document.querySelectorAll("[data-count]")) {
      const name = spot.dataset.count;
      const more = name === "s0" ? world.waitingBefore[frame] : 0;
      spot.textContent = (name in words ? words[name] : counts[Number(name.slice(1))] + more).toLocaleString("en-GB");
    }
    const series = (path) => path.split(".").reduce((inside, key) => inside[key], world);
    for (const spot of document.querySelectorAll("[data-far]")) spot.textContent = series(spot.dataset.far)[frame].toLocaleString("en-GB");
    for (const spot of document.querySelectorAll("[data-week]")) {
      const numbers = series(spot.dataset.week);
      spot.textContent = numbers[frame] - (frame ? numbers[frame - 1] : 0);
    }
    return `${week}. ${find("date").textContent}. ${words.referred} referred so far, ${counts[WAITING] + world.waitingBefore[frame]} waiting, ${held} with a key worker, ${counts[PLANNED]} ended as planned.`;
  };

  const show = (week, moves) => {
    const steps = moves && week === shown + 1;
    frame = week;
    layer.classList.toggle("jump", !steps || still.matches);
    const taken = new Set(), counts = new Array(world.most.length).fill(0), held = world.caps.map(() => 0), arriving = [], places = [];
    let waits = world.waitingBefore[frame], between = 0, longest = 0;
    world.paths.forEach((path, number) => {
      const here = at(path, frame), dot = dots[number];
      if (here < 0) { dot.hidden = true; return; }
      const kind = path[here + 1], post = path[here + 2];
      counts[kind] += 1;
      let where = String(kind), place = path[here + 3];
      if (kind === WAITING) { place = waits++; longest = Math.max(longest, frame - path[0]); }
      else if (kind === BETWEEN) place = between++;
      else if (post >= 0) { where = "post-" + post; held[post] += 1; taken.add(where + "/" + place); }
      if (path[0] === frame && steps && !still.matches) arriving.push(dot);
      places.push([dot, "dot s" + kind, where, place]);
    });
    arriving.forEach((dot, number) => { dot.hidden = false; dot.className = "dot s0 jump"; put(dot, "arrivals", number); });
    if (arriving.length) layer.getBoundingClientRect(); // they stand there before they set off
    for (const [dot, kind, where, place] of places) target(dot, arriving.includes(dot) ? kind + " late" : kind, where, place);
    before.forEach((dot, number) => {
      const waiting = world.waitingBefore[frame];
      if (number < waiting) target(dot, "dot sbefore", "0", number);
      else if (number < waiting + world.heldBefore[frame]) target(dot, "dot sbefore", "before", number - waiting);
      else dot.hidden = true;
    });
    seats.forEach((row, post) => row.forEach((seat, number) => { seat.hidden = taken.has(`post-${post}/${number}`); }));
    held.forEach((number, post) => {
      document.querySelector(`[data-held="${post}"]`).textContent = number;
      document.querySelector(`[data-vacant="${post}"]`).hidden = !world.empty[post].some(([from, to]) => from <= frame && frame < to);
    });
    find("longest").textContent = counts[WAITING] ? `longest wait now: ${longest} ${longest === 1 ? "week" : "weeks"}` : "nobody waits";
    const news = world.paths.reduce((sum, path) => sum + (path[0] === frame), 0);
    const said = tell(counts, news);
    if (!timer) find("said").textContent = said;
    shown = frame;
  };

  const layout = () => {
    measure();
    seats.forEach((row, post) => row.forEach((seat, number) => put(seat, "post-" + post, number)));
    show(frame, false);
  };

  const pace = () => {
    const every = Number(speed.value);
    layer.style.setProperty("--pace", Math.min(600, 0.8 * every) + "ms");
    return every;
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = "Play";
  };
  const start = () => {
    if (frame === last) show(0, false);
    timer = setInterval(() => {
      show(frame + 1, true);
      if (frame === last) stop();
    }, pace());
    play.textContent = "Pause";
  };
  const go = (week) => {
    stop();
    pace();
    show(Math.min(last, Math.max(0, week)), true);
  };

  play.addEventListener("click", () => {
    if (timer) { stop(); show(frame, false); } else start();
  });
  find("back").addEventListener("click", () => go(frame - 1));
  find("on").addEventListener("click", () => go(frame + 1));
  slider.addEventListener("input", () => go(Number(slider.value)));
  speed.addEventListener("change", () => { if (timer) { stop(); start(); } });
  document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); });

  addEventListener("beforeprint", () => { stop(); show(Number(slider.defaultValue), false); }); // the still picture

  document.documentElement.classList.add("moving");
  find("controls").hidden = slider.hidden = false;
  layout();
  new ResizeObserver(layout).observe(stage);
  if (!still.matches && !document.hidden) start();
})();
