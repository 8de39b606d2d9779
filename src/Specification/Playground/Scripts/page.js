// The page: what is typed, dropped or linked to becomes a machine, and buttons and keys move it.
(() => {
  const { view: { at, made }, inputs } = playground;
  if (!at("playground")) return;
  const slice = 50_000;
  let machine = null, image = null, lines = [], names = new Map(), stops = new Set(), running = null, dialect = "conformance", loads = 0, timer = 0;

  const scripts = new Map();
  // The profile of a name; one that is not the first is loaded when it is asked for.
  const profileOf = async name => {
    if (!playground.profiles.has(name)) {
      if (!scripts.has(name)) {
        scripts.set(name, new Promise((resolve, reject) => {
          const script = made("script", { src: `playground-${name}.js` });
          script.addEventListener("load", resolve);
          script.addEventListener("error", () => { scripts.delete(name); script.remove(); reject(new Error(`playground-${name}.js, which belongs to this page, cannot be loaded`)); });
          document.head.append(script);
        }));
      }
      await scripts.get(name);
    }
    return playground.profiles.get(name);
  };

  function grantedTo(profile) {
    const choice = at("helpers").value, all = Object.keys(profile.helpers).map(Number);
    return choice === "all" ? all : choice === "usual" || profile.grantsAll ? profile.usual : [];
  }

  function problems(list) {
    const shown = list.slice(0, 50).map(({ text, line }) => {
      const item = made("li", {});
      if (!line) { item.append(text); return item; }
      const button = made("button", { type: "button", className: "line", textContent: `line ${line}` });
      button.addEventListener("click", () => goTo(line));
      item.append(button, " ", text);
      return item;
    });
    if (list.length > 50) shown.push(made("li", {}, `and ${list.isCut ? "at least " : ""}${list.length - 50} more`));
    at("problems").replaceChildren(...shown);
    at("problem-box").hidden = list.length === 0;
    for (const each of at("gutter").querySelectorAll(".wrong")) each.classList.remove("wrong");
    for (const { line } of list) if (line) at("gutter").children[line - 1]?.classList.add("wrong");
  }

  function goTo(line) {
    const text = at("source").value, start = text.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0), end = text.indexOf("\n", start);
    at("source").focus();
    at("source").setSelectionRange(start, end < 0 ? text.length : end);
  }

  function gutter() {
    const wanted = at("source").value.split("\n").length, box = at("gutter");
    const have = box.children.length, more = Math.max(wanted - have, 0);
    for (let i = wanted; i < have; i++) box.lastChild.remove();
    box.append(...Array.from({ length: Math.min(more, 20_000) }, (_, i) => made("span", { textContent: have + i + 1 })));
    box.scrollTop = at("source").scrollTop;
  }

  // The program that is to run: { bytes, entry, regions, slots }, or { list } of what is wrong with it.
  function program(profile) {
    lines = [];
    names = new Map();
    if (image) {
      try {
        const opened = playground.link.open(image.bytes, profile.helpers, image.start);
        if (!opened.image) return { list: [{ text: `${image.name} holds no program but text; expected an object, a container or bytes` }] };
        names = opened.image.names;
        return { ...opened.image, slots: slotsOf(opened.image.bytes) };
      } catch (error) {
        functions(error.functions || []);
        return { list: [{ text: error.message }] };
      }
    }
    const tooLong = playground.link.tooLong(at("source").value);
    if (tooLong) return { list: [{ text: tooLong }] };
    const read = playground.assembler.assemble(profile, at("source").value);
    if (read.errors.length > 0) {
      const list = read.errors.map(({ line, column, found, expected }) => ({ line, text: `column ${column}: found ${found}; expected ${expected}` }));
      return { list: Object.assign(list, { isCut: read.isCut }) };
    }
    lines = read.lines;
    for (const [name, slot] of read.labels) if (!names.has(slot)) names.set(slot, name);
    const bytes = new Uint8Array(8 * read.slots.length), view = new DataView(bytes.buffer);
    read.slots.forEach((slot, i) => view.setBigUint64(8 * i, slot, true));
    return { bytes, entry: 0, regions: [], slots: read.slots };
  }

  function slotsOf(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return Array.from({ length: Math.floor(bytes.length / 8) }, (_, i) => view.getBigUint64(8 * i, true));
  }

  function functions(all) {
    at("start-box").hidden = all.length === 0 && !(image && image.start);
    if (all.length === 0) return;
    at("start").replaceChildren(made("option", { value: "", textContent: "choose a function" }), ...all.map(name => made("option", { value: name, textContent: name })));
    at("start").value = image.start || "";
  }

  // Makes the machine anew from what the page says.
  async function load() {
    const mine = ++loads;
    clearTimeout(timer);
    timer = 0;
    halt();
    gutter();
    at("link-box").hidden = true;
    at("link-said").textContent = "";
    let profile;
    try { profile = await profileOf(at("profile").value); } catch (error) { refuse([{ text: error.message }]); return; }
    if (mine !== loads) return;
    at("profile-summary").textContent = profile.summary;
    const { list, bytes, entry, regions, slots } = program(profile);
    if (list) { refuse(list); return; }
    const granted = grantedTo(profile), found = playground.preflight(profile, bytes, entry, granted);
    if (found.length > 0) {
      const list = found.map(({ slot, check, clause, found, expected }) => ({ line: lines[slot], text: `slot ${slot}: ${found}; expected ${expected} [${check}, ${clause}]` }));
      refuse(Object.assign(list, { isCut: found.isCut }));
      return;
    }
    try {
      const context = inputs.context(at("context").value), all = [...regions, ...inputs.regions(at("regions").value, profile.added)];
      inputs.disjoint(profile, context, all);
      const host = playground.host({ milliseconds: inputs.count(at("now").value, "the clock") || 0n, sensors: inputs.sensors(at("sensors").value) });
      machine = new playground.Machine(profile, {
        slots, entry, regions: all, context, helpers: granted, host,
        branches: inputs.count(at("branches").value, "the budget of branches"), instructions: inputs.count(at("instructions").value, "the limit of instructions"),
      });
    } catch (error) {
      refuse([{ text: error.message }]);
      return;
    }
    problems([]);
    stops = new Set([...stops].filter(slot => slot < slots.length));
    at("state").hidden = false;
    relist();
    show();
  }

  const relist = () => playground.view.listing(machine, { dialect, names, lines, stops, toggle });

  const toggle = slot => { if (stops.delete(slot)) return false; stops.add(slot); return true; };

  // Nothing is left that goes on: a run of the program before, which no button could stop any more, ends here.
  function refuse(list) {
    halt();
    machine = null;
    at("state").hidden = true;
    problems(list);
    at("outcome").className = "trap";
    at("outcome").textContent = list.length === 1 ? "The program is refused: there is a problem." : `The program is refused: there are ${list.isCut ? "at least " : ""}${list.length} problems.`;
    buttons();
  }

  function buttons() {
    for (const id of ["run", "step", "over"]) at(`do-${id}`).disabled = !machine || machine.end !== null || running !== null && id !== "run";
    for (const id of ["back", "reset"]) at(`do-${id}`).disabled = !machine || machine.steps === 0 || running !== null;
    at("do-run").textContent = running ? "Stop" : "Run";
  }

  function show(took = "") {
    if (!playground.view.isListed(machine)) relist();
    playground.view.show(machine, lines, took);
    buttons();
  }

  const halt = () => { if (running) running.stopped = true; running = null; };
  const pause = () => new Promise(resolve => setTimeout(resolve));

  // Moves until something says that it is enough; the page stays alive meanwhile.
  async function move(forward) {
    if (!machine || machine.end) return;
    const own = { stopped: false }, moved = machine, began = performance.now();
    running = own;
    buttons();
    while (!forward(moved) && !moved.end && !own.stopped) {
      at("outcome").className = "";
      at("outcome").textContent = `Running: ${moved.executed} instructions so far.`;
      await pause();
    }
    if (running === own) running = null;
    const seconds = (performance.now() - began) / 1000;
    if (machine === moved) show(seconds < 0.1 ? "" : ` It took ${seconds.toFixed(1)} s.`);
  }

  const actions = {
    // What was typed last is run, however soon after.
    run: async () => {
      if (running) { halt(); return; }
      if (timer) await load();
      await move(moved => moved.run(slice, stops));
    },
    step: () => { if (machine && !running) { machine.step(); show(); } },
    // A call is one step, with all that it calls.
    over: () => {
      if (!machine || running) return undefined;
      const depth = machine.state.frames.length;
      return move(moved => {
        moved.step();
        for (let i = 0; i < slice && !moved.end && moved.state.frames.length > depth; i++) moved.step();
        return moved.state.frames.length <= depth;
      });
    },
    // Where the log does not reach, it runs again from the start, which may take as long as the run did.
    back: () => {
      if (!machine || running || machine.steps === 0) return undefined;
      const wanted = machine.again;
      if (wanted === null) { machine.back(); show(); return undefined; }
      machine.reset();
      return move(moved => { moved.run(Math.min(slice, wanted - moved.steps)); return moved.steps === wanted; });
    },
    reset: () => { if (machine && !running) { machine.reset(); show(); } },
  };
  const keys = { r: "run", s: "step", o: "over", b: "back", 0: "reset" };

  function openFile(name, bytes) {
    let opened;
    try { opened = playground.link.open(bytes, playground.profiles.get("rbpf").helpers); } catch (error) { opened = error.functions ? { image: {} } : { problem: error.message }; }
    opened.problem ||= playground.link.tooLong(opened.text);
    if (opened.problem) { refuse([{ text: `${name}: ${opened.problem}` }]); return; }
    setImage(opened.text === undefined ? { name, bytes, start: null } : null);
    if (opened.text !== undefined) at("source").value = opened.text;
    stops = new Set();
    load();
  }

  function setImage(given) {
    image = given;
    at("editor").hidden = image !== null;
    at("dropped").hidden = image === null;
    at("start-box").hidden = !(image && image.start);
    if (image) {
      at("dropped-name").textContent = `${image.name}, ${image.bytes.length} bytes`;
      if (image.start) functions([image.start]);
    }
  }

  const fields = ["context", "profile", "helpers", "now", "branches", "instructions", "regions", "sensors"];
  const session = () => ({ ...Object.fromEntries(fields.map(id => [id, at(id).value])), ...image ? { image } : { source: at("source").value } });

  function open(given) {
    for (const id of fields) {
      at(id).value = given[id] ?? at(id).dataset.usual ?? "";
      if (at(id).tagName === "SELECT" && at(id).value === "") at(id).value = at(id).dataset.usual;
    }
    // What is set shall be seen.
    at("more").open = ["branches", "instructions", "now", "regions", "sensors"].some(id => at(id).value !== (at(id).dataset.usual || ""));
    setImage(given.image || null);
    if (given.source !== undefined) at("source").value = given.source;
    stops = new Set();
    return load();
  }

  // What was typed last is in the link, and loading it later does not put the link away.
  async function share() {
    if (timer) await load();
    const fragment = await playground.link.write(session()), link = location.href.replace(/#.*/, "") + fragment;
    history.replaceState(null, "", fragment);
    at("link").value = link;
    at("link-box").hidden = false;
    at("link").focus();
    at("link").select();
    try { await navigator.clipboard.writeText(link); at("link-said").textContent = "The link is copied."; } catch { at("link-said").textContent = "Copy this link."; }
  }

  const byLink = async () => {
    if (location.hash.length <= 1) return false;
    try {
      const session = await playground.link.read(location.hash), tooLong = playground.link.tooLong(session.source);
      if (tooLong) refuse([{ text: `the link: ${tooLong}` }]);
      else await open(session);
    } catch (error) {
      refuse([{ text: error.message }]);
    }
    return true;
  };

  playground.actions = actions;
  playground.open = open;
  playground.current = () => machine;

  for (const [id, act] of Object.entries(actions)) at(`do-${id}`).addEventListener("click", act);
  at("share").addEventListener("click", share);
  const later = () => { clearTimeout(timer); timer = setTimeout(load, 150); };
  at("source").addEventListener("input", () => { gutter(); later(); });
  at("source").addEventListener("scroll", () => { at("gutter").scrollTop = at("source").scrollTop; });
  for (const id of fields) at(id).addEventListener("input", later);
  at("syntax").addEventListener("change", () => { dialect = at("syntax").value; if (machine) { relist(); show(); } });
  at("start").addEventListener("change", () => { image.start = at("start").value || null; load(); });
  at("to-text").addEventListener("click", () => { setImage(null); load(); });
  at("example").addEventListener("change", () => { const chosen = playground.examples[at("example").value]; if (chosen) open(chosen.bytes ? { ...chosen, image: { name: chosen.name, bytes: Uint8Array.from(atob(chosen.bytes), character => character.charCodeAt(0)), start: null } } : chosen); });
  at("file").addEventListener("change", async () => { const [file] = at("file").files; if (file) openFile(file.name, new Uint8Array(await file.arrayBuffer())); at("file").value = ""; });
  addEventListener("dragover", event => { event.preventDefault(); at("playground").classList.add("dragged"); });
  addEventListener("dragleave", event => { if (!event.relatedTarget) at("playground").classList.remove("dragged"); });
  addEventListener("drop", async event => {
    event.preventDefault();
    at("playground").classList.remove("dragged");
    const [file] = event.dataTransfer.files;
    if (file) openFile(file.name, new Uint8Array(await file.arrayBuffer()));
  });
  addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); actions.run(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    const id = keys[event.key];
    if (id && !at(`do-${id}`).disabled) actions[id]();
  });
  addEventListener("hashchange", byLink);

  playground.examples.forEach((example, i) => at("example").append(made("option", { value: i, textContent: example.title })));
  playground.ready = byLink().then(opened => opened || open(playground.examples[0]));
})();
