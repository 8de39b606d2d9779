// What the page shows of a machine: its program, guards, registers, frames, memory and host. It changes nothing.
playground.view = (() => {
  const { hex, letters, title } = playground.explain;
  const at = id => document.getElementById(id);
  const made = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const cells = (tag, texts) => texts.map(text => made(tag, {}, text));
  const signed = value => BigInt.asIntN(64, value).toString();

  // The program as it was decoded, each instruction with the name that its slot has; of a long one, the part around pc.
  const shown = 1000;
  function listing(machine, { dialect, names, lines, stops, toggle }) {
    const rows = [], pc = Number(BigInt.asUintN(32, machine.state.pc)), last = machine.code.length - 1;
    const first = last < 2 * shown ? 0 : Math.max(0, Math.min(pc, last) - shown);
    for (let index = first; index <= Math.min(last, first + 2 * shown); index++) {
      // A second slot is none of its own.
      if (index === first && index > 0 && machine.code[index - 1].form && machine.code[index - 1].form.slots === 2) continue;
      const found = machine.code[index];
      if (names.has(index)) rows.push(made("tr", { className: "label" }, made("td", { colSpan: 3 }, `${names.get(index)}:`)));
      const text = found.problems ? `.slot ${hex(machine.start.slots[index])}` : playground.assembler.print(found, dialect, labelOf(machine, index, names));
      const button = made("button", { type: "button", className: "slot", title: "Stop here", textContent: index });
      button.setAttribute("aria-pressed", String(stops.has(index)));
      button.setAttribute("aria-label", `Stop at slot ${index}`);
      button.addEventListener("click", () => button.setAttribute("aria-pressed", String(toggle(index))));
      const row = made("tr", { id: `slot-${index}` }, made("td", {}, button), made("td", {}, made("code", {}, text)), made("td", { className: "soft" }, lines[index] ? `line ${lines[index]}` : ""));
      rows.push(row);
      if (!found.problems && found.form.slots === 2) index++;
    }
    at("listing").tBodies[0].replaceChildren(...rows);
  }

  // Whether the list has the instruction at pc, if the program has one there.
  const isListed = machine => machine.state.pc >= machine.length || at(`slot-${machine.state.pc}`) !== null;

  function labelOf(machine, index, names) {
    const { form, fields } = machine.code[index], match = /\{distance:(\w+)\}/.exec(form.text);
    if (!match) return null;
    const target = index + form.slots + Number(BigInt.asIntN(match[1] === "imm" ? 32 : 16, fields[match[1]]));
    return names.get(target) || null;
  }

  function current(machine, lines) {
    for (const row of document.querySelectorAll("#listing tr.current")) { row.classList.remove("current"); row.removeAttribute("aria-current"); }
    const row = at(`slot-${machine.state.pc}`);
    if (row && !(machine.end && machine.end.exits)) {
      row.classList.add("current");
      row.setAttribute("aria-current", "step");
      const box = at("listing").parentElement, top = row.offsetTop - box.clientHeight / 2;
      if (row.offsetTop < box.scrollTop || row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top;
    }
    const line = machine.end && machine.end.exits ? 0 : lines[Number(machine.state.pc)];
    for (const each of at("gutter").querySelectorAll(".current")) each.classList.remove("current");
    if (line) at("gutter").children[line - 1]?.classList.add("current");
  }

  // Each guard of the instruction to come, or of the one that trapped: the trap, when it is met, and whether it is now.
  function guards(machine) {
    const all = machine.end && machine.end.trap ? machine.end.guards : machine.end ? [] : machine.guards();
    const found = machine.code[Number(machine.state.pc)], conditions = found && found.form ? machine.profile.conditions[found.form.id] || {} : {};
    const rows = all.map(([trap, holds]) => {
      const values = playground.explain.values(machine, trap), says = made("td", {}, conditions[trap] || machine.profile.traps[trap]);
      if (values) says.append(made("small", {}, values));
      return made("tr", { className: holds ? "holds" : "" }, made("td", {}, trap), says, made("td", {}, holds ? "yes" : "no"));
    });
    at("guards").tBodies[0].replaceChildren(...rows);
    at("guards").hidden = rows.length === 0;
    at("no-guards").hidden = rows.length > 0;
  }

  function registers(machine) {
    const { registers: changed } = machine.changed(), s = machine.state;
    at("registers").tBodies[0].replaceChildren(...s.registers.map((value, i) => {
      const region = s.regions.find(each => value >= each.start && value - each.start < each.length);
      // r10 is the end of a frame, where the next region may begin.
      const end = (i === 10 || !region) && s.regions.find(each => value - each.start === each.length);
      const says = end ? `the end of ${title(machine, end)}` : region ? `${title(machine, region)} + ${value - region.start}` : value < 10n ? "" : signed(value);
      const row = made("tr", { className: changed.has(i) ? "changed" : "" }, made("th", { scope: "row" }, `r${i}`), ...cells("td", [hex(value), says]));
      if (changed.has(i)) row.lastChild.append(made("span", { className: "hidden" }, " changed"));
      return row;
    }));
    const left = (count, granted) => count === null ? "no limit" : `${count} of ${granted} left`;
    at("pc").textContent = s.pc.toString();
    at("executed").textContent = machine.executed.toString();
    at("branches-left").textContent = left(machine.left().branches, machine.granted.branches);
    at("instructions-left").textContent = left(s.instructions, machine.granted.instructions);
    const frames = s.frames.map((frame, i) => made("li", {}, `call ${i + 1}: returns to slot ${frame.returnTo}; the caller's r6 to r10: ${frame.saved.map(hex).join(", ")}`));
    at("frames").replaceChildren(...frames.reverse());
    at("no-frames").hidden = frames.length > 0;
  }

  // Finds the first row at or behind a place that has something to show: a byte that is not zero, or that is marked. Regions may
  // have hundreds of millions of bytes, so zeros are passed by words.
  function rowsOf(bytes, marks) {
    const words = new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.length >> 3), marked = [...marks].sort((one, other) => one - other);
    return start => {
      if (bytes.length <= 16) return start;
      let word = start >> 3, at = marked.find(each => each >= start) ?? bytes.length;
      while (word < words.length && words[word] === 0n && 8 * word < at) word++;
      if (8 * word < at) {
        at = 8 * word;
        while (at < bytes.length && bytes[at] === 0 && !marks.has(at)) at++;
      }
      return at - at % 16 + (at >= bytes.length ? 16 : 0);
    };
  }

  // Rows of 16 bytes; rows of zeros that nothing was written to are left out.
  function memory(machine) {
    const { memory: written } = machine.changed(), most = 128;
    at("memory-view").replaceChildren(...machine.state.regions.toReversed().map(region => {
      const rows = [], marks = new Set(written.filter(each => each.region === region).flatMap(each => Array.from({ length: each.count }, (_, i) => each.at + i)));
      const wide = Math.min(16, region.bytes.length), next = rowsOf(region.bytes, marks);
      let shown = 0;
      for (let start = next(0), expected = 0; start < region.bytes.length && shown < most; start = next(expected)) {
        const bytes = [...region.bytes.subarray(start, start + 16)];
        if (start > expected && rows.length > 0) rows.push("⋮\n");
        expected = start + 16;
        shown++;
        rows.push(`${hex(region.start + BigInt(start))}  `);
        bytes.forEach((byte, i) => {
          const text = byte.toString(16).padStart(2, "0");
          rows.push(marks.has(start + i) ? made("mark", {}, text) : text, i === 7 ? "  " : " ");
        });
        rows.push(" ".repeat(3 * (wide - bytes.length) + (bytes.length < 8 && wide > 8 ? 1 : 0)), " " + bytes.map(byte => byte >= 32 && byte < 127 ? String.fromCharCode(byte) : "·").join(""), "\n");
      }
      if (rows.length === 0) rows.push("all zeros\n");
      else if (shown === most) rows.push("… the rest is not shown\n");
      const name = title(machine, region), head = made("h4", {}, `${name} `, made("span", { className: "soft" }, `${hex(region.start)}, ${region.length} bytes, ${letters(region)}`));
      const box = made("pre", { tabIndex: 0 }, ...rows);
      box.setAttribute("aria-label", `Bytes of ${name}`);
      return made("div", {}, head, box);
    }));
  }

  function host(machine) {
    const { output, local, global, handles, wakeup } = machine.host, lines = [];
    for (const [name, store] of [["local", local], ["global", global]]) for (const [key, value] of store) lines.push(`${name} store: ${key} = ${value}`);
    if (handles.length > 0) lines.push(`handles: ${handles.map((sensor, i) => `${i + 1} is sensor ${sensor}`).join(", ")}`);
    if (wakeup !== null) lines.push(`asks to be run again at ${wakeup} µs`);
    at("output").textContent = output;
    at("output").hidden = output === "";
    at("host").replaceChildren(...lines.map(line => made("li", {}, line)));
    at("no-host").textContent = output === "" ? "Nothing printed or stored." : "It printed what stands above the instructions.";
    at("no-host").hidden = lines.length > 0;
  }

  function outcome(machine, took) {
    const box = at("outcome"), { end, state: s } = machine;
    box.className = !end ? "" : end.trap ? "trap" : "good";
    box.replaceChildren();
    if (!end) box.append(machine.steps === 0 ? "Ready." : `Stopped before slot ${s.pc}.`);
    else if (end.exits) box.append(`The result is ${hex(s.registers[0])}${s.registers[0] < 10n ? "" : ` (${signed(s.registers[0])})`}, after ${machine.executed} instructions.${took}`);
    else box.append(`Trap ${end.trap} at slot ${s.pc}: ${machine.profile.traps[end.trap]}`, made("ul", {}, ...playground.explain.trap(machine).map(line => made("li", {}, line))));
  }

  function show(machine, lines, took) {
    current(machine, lines);
    guards(machine);
    registers(machine);
    memory(machine);
    host(machine);
    outcome(machine, took);
  }

  return { at, made, listing, isListed, show };
})();
