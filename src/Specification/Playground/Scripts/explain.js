// How a run stands, in words: instructions as text, and of a trap what the command line says of it.
playground.explain = (() => {
  const hex = value => "0x" + value.toString(16);
  const isSmall = value => value <= 0xffffn;
  const number = value => isSmall(value) ? value.toString() : hex(value);
  const bytes = count => `${number(count)} byte${count === 1n ? "" : "s"}`;
  const distance = count => isSmall(count) ? bytes(count) : `${hex(count)} bytes`;
  const letters = region => region.readable ? region.writable ? "rw" : "r" : region.writable ? "w" : "none";
  const permits = region => ({ rw: "read and write", r: "read-only", w: "write-only", none: "closed to loads and stores" })[letters(region)];
  const place = region => `${bytes(region.length)} at ${hex(region.start)}`;

  // The number of the frame that a region is: those of local calls are the last regions, the entry's lies above them.
  function title(machine, region) {
    const { regions, frames } = machine.state, lasting = regions.length - frames.length, index = regions.indexOf(region);
    return index >= lasting ? `${region.name} ${index - lasting + 1}` : region.name;
  }

  function measured(region, address, count) {
    const past = address + count - region.start - region.length;
    return { region, below: address < region.start ? region.start - address : 0n, past: past > 0n ? past > (1n << 64n) - 1n ? (1n << 64n) - 1n : past : 0n };
  }

  const gap = (region, address) => address < region.start ? region.start - address
    : address - region.start < region.length ? 0n : address - region.start - region.length + 1n;

  function miss(machine, address, count) {
    const regions = machine.state.regions.filter(region => region.length > 0n), lastByte = BigInt.asUintN(64, address + count - 1n);
    if (regions.length === 0) return ["there is no region of memory: no access is granted"];
    const nearest = regions.reduce((best, region) => gap(region, address) < gap(best, address) ? region : best);
    const { below, past } = measured(nearest, address, count);
    const next = gap(nearest, address) === 0n && past > 0n && count > 0n ? regions.findLast(region => region !== nearest && gap(region, lastByte) === 0n) : null;
    const name = title(machine, nearest), whole = `${place(nearest)}, ${permits(nearest)}`;
    const text = next ? `crosses from ${name} into ${title(machine, next)}, where its last ${bytes(past)} would be: an access must lie within one region`
      : below === 0n && past === 0n ? `${name} is ${permits(nearest)}: ${place(nearest)}`
      : below > 0n && past > 0n ? `starts ${distance(below)} below ${name} and ends ${distance(past)} past its end: ${whole}`
      : past === 0n ? `starts ${distance(below)} below ${name}: ${whole}`
      : `ends ${distance(past)} past the end of ${name}: ${whole}`;
    const hint = gap(nearest, address) > 0n ? hintOf(machine, address) : null;
    if (!hint) return [text];
    return below <= 0xffffn && past <= 0xffffn ? [text, hint] : [hint, text];
  }

  // What an address looks like, for someone who knows C: null, a frame that has ended, a wrong upper half.
  function hintOf(machine, address) {
    const { profile, state: s } = machine, { rbpf } = profile, page = 4096n, lastPage = (1n << 64n) - page;
    const inPage = region => address < page ? region.start < page : region.start + region.length - 1n >= lastPage;
    if ((address < page || address >= lastPage) && !s.regions.some(region => region.length > 0n && inPage(region))) {
      const { register, value } = baseOf(machine);
      const text = value === 0n ? `r${register} is 0: a null pointer` : "the address is next to 0, as those of members behind a null pointer are";
      return s.regions.some(region => region.start === BigInt(rbpf.profile.context)) ? text : `${text}; this run has no context, so r1 and r2 begin as 0`;
    }
    const left = BigInt(Math.max(profile.frames - 1 - s.frames.length, 0));
    const calls = machine.start.slots.some(slot => (slot & 0xffn) === 0x85n && (slot >> 12n & 0xfn) === 1n);
    if (calls && BigInt.asUintN(64, s.stackStart - 1n - address) < left * BigInt(rbpf.profile.frameBytes))
      return "functions called from here have their stack frames there, which end when they return; is it the address of a local variable of one?";
    const low = address & 0xffffffffn;
    const alike = address > 0xffffffffn && s.regions.find(region => low - region.start >= 0n && low - region.start < region.length);
    return alike ? `the low 32 bits are an address in ${alike.name}; is the upper half of the pointer wrong?` : null;
  }

  // The register that the address of the access at pc is made of; of a call, the first argument that is refused.
  function baseOf(machine) {
    const { form, fields } = machine.code[Number(machine.state.pc)], access = machine.profile.accesses[form.id], s = machine.state;
    if (access) {
      const [verb, field, count] = access, register = Number(fields[field]), value = s.registers[register], offset = BigInt.asIntN(16, fields.offset);
      return { verb, register, value, offset, count: BigInt(count), address: BigInt.asUintN(64, value + offset) };
    }
    const helper = machine.profile.helpers[Number(fields.imm)], index = helper.refused(s).findIndex(refused => refused);
    const [use, by] = helper.declared.arguments[index], value = s.registers[index + 1];
    const count = by === "rest" ? 1n : by.startsWith("r") ? s.registers[Number(by[1])] : BigInt(by);
    return { helper, use, by, register: index + 1, value, address: value, count, id: fields.imm };
  }

  function access(machine) {
    const { verb, register, value, offset, helper, use, by, address, count, id } = baseOf(machine);
    if (!helper) {
      const sum = offset === 0n ? "" : offset < 0n ? ` - ${number(-offset)}` : ` + ${number(offset)}`;
      return [`${verb} of ${bytes(count)} at ${hex(address)} = r${register} (${hex(value)})${sum}`, ...miss(machine, address, count)];
    }
    const counted = by === "rest" ? `at least ${bytes(count)}` : by.startsWith("r") ? `${bytes(count)} (as ${by} says)` : bytes(count);
    return [`${helper.declared.name} (helper ${hex(id)}) ${use} ${counted} at ${hex(address)}, its argument r${register}`, ...miss(machine, address, count)];
  }

  function divisor({ form, fields }, s) {
    if (form.src !== "register") return "the immediate, the divisor, is 0";
    const value = s.registers[Number(fields.src)];
    return (form.opcode & 7) === 4 && value !== 0n ? `the low 32 bits of r${fields.src} (${hex(value)}), the divisor, are 0` : `r${fields.src}, the divisor, is 0`;
  }

  function unknown(machine, fields) {
    const { helpers, usual } = machine.profile, id = Number(fields.imm), known = usual.includes(id) || machine.start.helpers.includes(id) ? helpers[id] : null;
    const called = known ? `the helper ${known.declared.name} (${hex(id)})` : `the helper ${hex(id)}`;
    const names = machine.start.helpers.map(each => `${helpers[each].declared.name} (${hex(each)})`);
    return `${called} is not granted; ${names.length === 0 ? "none is" : `granted: ${names.join(", ")}`}`;
  }

  // The details of the trap that a run ended with, the most important first.
  function trap(machine) {
    const { state: s, granted, profile, end } = machine, found = s.pc < machine.length ? machine.code[Number(s.pc)] : null;
    switch (end.trap) {
      case "ProgramCounterOutside": return [`the program counter is ${s.pc}; the program ends before slot ${machine.length}`];
      case "IllegalInstruction": return found.problems;
      case "MemoryAccess": return access(machine);
      case "UnknownHelper": return [unknown(machine, found.fields)];
      case "DivisionByZero": return [divisor(found, s)];
      case "CallDepth": {
        const count = s.frames.length + 1;
        return [`${count === 1 ? "1 stack frame is" : `${count} stack frames are`} in use, and ${profile.rbpf.profile.name} grants ${profile.frames}`];
      }
      case "BranchBudget": return [`all ${granted.branches} taken branches and local calls are used up`];
      case "InstructionBudget": return [`all ${granted.instructions} instructions are used up`];
      default: return [];
    }
  }

  // The values that a guard of the instruction at pc looks at; empty where there is nothing to add.
  function values(machine, trap) {
    const { state: s, profile } = machine, found = s.pc < machine.length ? machine.code[Number(s.pc)] : null, left = machine.left();
    if (!found || found.problems) return "";
    const { form, fields } = found;
    switch (trap) {
      case "MemoryAccess": return profile.accesses[form.id] ? access(machine)[0] : "";
      case "DivisionByZero": return form.src === "register" ? `src is r${fields.src}, ${hex(s.registers[Number(fields.src)])}` : `imm is ${fields.imm}`;
      case "BranchBudget": return left.branches === null ? "no limit" : `branches is ${left.branches}`;
      case "InstructionBudget": return `instructions is ${left.instructions}`;
      case "CallDepth": return `${s.frames.length + 1} in use`;
      default: return "";
    }
  }

  return { trap, values, title, hex, letters };
})();
