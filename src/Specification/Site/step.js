// The interactive step: what is typed becomes a state and an instruction, and the compiled rule says what comes of them.
"use strict";
(() => {
  const at = id => document.getElementById(id);
  if (!at("step-form")) return;
  const data = JSON.parse(at("step-data").textContent);
  const hex = value => "0x" + value.toString(16);
  const signed = value => BigInt.asIntN(64, value);
  const show = value => value < 10n ? value.toString() : signed(value) < 0n ? `${hex(value)} (${signed(value)})` : hex(value);

  // A number as people write it: hexadecimal or decimal, with a sign, in 64 bits.
  function number(id, name) {
    const text = at(id).value.replace(/[_\s]/g, ""), match = /^(-?)(0[xX][0-9a-fA-F]+|[0-9]+)$/.exec(text);
    if (!match) throw new Error(`${name} is '${at(id).value}'; expected a number such as 0x1f or -1`);
    const value = match[1] ? -BigInt(match[2]) : BigInt(match[2]);
    if (value >= 1n << 64n || value < -(1n << 63n)) throw new Error(`${name} does not fit in 64 bits`);
    return BigInt.asUintN(64, value);
  }

  function regions() {
    return at("memory").value.split("\n").filter(line => line.trim()).map((line, index) => {
      const match = /^\s*(0x[0-9a-f]+|[0-9]+)\s+([r-][w-])\s+([0-9]+)\s*([0-9a-f\s]*)$/i.exec(line);
      if (!match) throw new Error(`memory, line ${index + 1}: expected an address, rw, a length, and bytes in hexadecimal`);
      const bytes = match[4].replace(/\s/g, ""), length = Number(match[3]);
      if (length > 65536) throw new Error(`memory, line ${index + 1}: at most 65536 bytes`);
      if (bytes.length % 2 || bytes.length > 2 * length) throw new Error(`memory, line ${index + 1}: two digits a byte, and no more bytes than the length`);
      return rbpf.region(`region ${index + 1}`, BigInt.asUintN(64, BigInt(match[1])), match[2], length, bytes);
    });
  }

  const depth = () => at("depth") ? Number(number("depth", "calls open")) : 0;

  function state() {
    const frames = Array.from({ length: Math.min(depth(), 7) }, (_, i) => ({ returnTo: BigInt(i + 1), saved: [6n, 7n, 8n, 9n, BigInt(rbpf.profile.stack + 512 - 512 * i)] }));
    const memory = regions();
    // An open call has its frame as the last region.
    const stackStart = BigInt(rbpf.profile.stack) - 512n * BigInt(frames.length);
    for (let i = 1; i <= frames.length; i++) {
      const start = BigInt(rbpf.profile.stack) - 512n * BigInt(i);
      if (!memory.some(region => region.start === start)) memory.push(rbpf.region("stack frame", start, "rw", 512, ""));
    }
    return rbpf.state({
      registers: Array.from({ length: 11 }, (_, i) => number(`r${i}`, `r${i}`)),
      pc: number("pc", "pc"), branches: number("branches", "branches"), regions: memory, frames, stackStart,
    });
  }

  let instruction = null;
  const setInstruction = (decoded, except) => {
    instruction = decoded.problems ? null : decoded;
    at("instruction-problem").textContent = decoded.problems ? decoded.problems.join("; ") : "";
    if (decoded.problems) return;
    if (except !== "assembly") at("assembly").value = rbpf.print(decoded);
    if (except !== "slot") at("slot").value = rbpf.textOf(rbpf.encode(decoded));
    const own = [...at("form").options].some(option => option.value === decoded.form.id);
    if (!own) at("instruction-problem").textContent = `This is ${decoded.form.id}, of another operation.`;
    else at("form").value = decoded.form.id;
  };

  // What the machine's decoder says of it: reserved fields, registers that do not exist, r10.
  const checked = decoded => decoded.problems ? decoded : rbpf.decode(rbpf.encode(decoded), 0);

  function usual(form) {
    const fields = { dst: 1n, src: 2n, offset: 0n, imm: 2n, next: 0n };
    if (typeof form.src === "number" || form.src === undefined) fields.src = 0n;
    return checked({ form, fields });
  }

  function cell(row, text) {
    const made = document.createElement("td");
    made.textContent = text;
    row.append(made);
  }

  function result() {
    for (const output of document.querySelectorAll("#step-form output")) output.textContent = "";
    at("result").hidden = true;
    at("state-problem").textContent = "";
    if (!instruction) return;
    let before;
    try { before = state(); } catch (problem) { at("state-problem").textContent = problem.message; return; }
    const { guards, trap, exits, host, written, state: after } = rbpf.execute(instruction, before);
    const conditions = data.conditions[instruction.form.id] || {};
    at("guards").tBodies[0].replaceChildren(...guards.map(([name, holds]) => {
      const row = document.createElement("tr");
      if (holds) row.className = "holds";
      cell(row, name);
      cell(row, conditions[name] || data.traps[name] || "");
      cell(row, holds ? "yes" : "no");
      return row;
    }));
    at("guards").hidden = guards.length === 0;
    at("outcome").className = trap ? "trap" : "";
    at("outcome").textContent = trap ? `Trap ${trap}: ${data.traps[trap]} The state stays as it was.`
      : host ? "The function runs; what it does is the host's, and r0 becomes its result."
      : exits ? `The program ends with r0 = ${show(after.registers[0])}.`
      : `${written.map(i => `r${i} becomes ${show(after.registers[i])}. `).join("")}Goes on at slot ${signed(after.pc)}.`;
    at("result").hidden = false;
    if (trap || host || exits) { at("memory-after").hidden = true; return; }
    after.registers.forEach((value, i) => { if (written.includes(i)) at(`r${i}-after`).textContent = `→ ${show(value)}`; });
    if (after.pc !== before.pc) at("pc-after").textContent = `→ ${signed(after.pc)}`;
    if (after.branches !== before.branches) at("branches-after").textContent = `→ ${after.branches}`;
    if (at("depth") && after.frames.length !== before.frames.length) at("depth-after").textContent = `→ ${after.frames.length}`;
    const stored = after.regions.filter((region, i) => before.regions[i] && region !== before.regions[i]).map(region => {
      const old = before.regions[after.regions.indexOf(region)].bytes, lines = [];
      for (let i = 0; i < region.bytes.length; i++)
        if (old[i] !== region.bytes[i]) lines.push(`${hex(region.start + BigInt(i))}: ${hex(old[i])} → ${hex(region.bytes[i])}`);
      return lines.length > 0 ? lines.join("\n") : "Memory is written with what it held.";
    });
    at("memory-after").textContent = stored.join("\n");
    at("memory-after").hidden = stored.length === 0;
  }

  function example(chosen) {
    chosen.registers.forEach((value, i) => { at(`r${i}`).value = value; });
    at("pc").value = chosen.pc;
    if (chosen.branches !== undefined) at("branches").value = chosen.branches;
    if (at("depth")) at("depth").value = chosen.depth;
    at("memory").value = chosen.memory.join("\n");
    setInstruction(rbpf.decode(rbpf.slotsOf(chosen.slots), 0));
    result();
  }

  at("assembly").addEventListener("input", () => { setInstruction(checked(rbpf.parse(at("assembly").value)), "assembly"); result(); });
  at("slot").addEventListener("input", () => {
    const digits = at("slot").value.replace(/\s/g, "");
    const slots = /^([0-9a-fA-F]{16}){1,2}$/.test(digits) ? rbpf.slotsOf(digits.toLowerCase()) : null;
    setInstruction(slots ? rbpf.decode(slots, 0) : { problems: ["a slot is 16 hexadecimal digits; a wide instruction has two"] }, "slot");
    result();
  });
  at("form").addEventListener("change", () => { setInstruction(usual(rbpf.byId.get(at("form").value))); result(); });
  at("step-form").addEventListener("input", event => { if (!["assembly", "slot", "form"].includes(event.target.id)) result(); });
  at("step-form").addEventListener("submit", event => event.preventDefault());
  for (const button of document.querySelectorAll("[data-example]")) {
    button.addEventListener("click", () => {
      for (const other of document.querySelectorAll("[data-example]")) other.setAttribute("aria-pressed", String(other === button));
      example(data.examples[Number(button.dataset.example)]);
    });
  }

  at("step-form").hidden = false;
  at("r10").value = hex(BigInt(rbpf.profile.stack + rbpf.profile.frameBytes));
  at("memory").value = `${hex(BigInt(rbpf.profile.stack))} rw ${rbpf.profile.frameBytes}`;
  if (data.examples.length > 0) example(data.examples[0]);
  else { setInstruction(usual(rbpf.byId.get(at("form").value))); result(); }
})();
