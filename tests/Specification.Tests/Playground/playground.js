// Runs cases by the playground's machine, and compares with what they state: the whole state at the end, the host, the words of a
// trap; and that it goes back to where it began, and forwards again to the same end.
globalThis.cases = (() => {
  const hex = value => "0x" + value.toString(16);
  const bytesOf = text => Uint8Array.from(text.match(/../g) || [], pair => parseInt(pair, 16));
  const limit = value => value === undefined || value === null ? null : BigInt(value);
  const region = ({ name, address, permission, length, bytes }) => {
    const all = new Uint8Array(length);
    all.set(bytesOf(bytes));
    return { name, start: BigInt(address), length: BigInt(length), readable: permission.includes("r"), writable: permission.includes("w"), bytes: all };
  };
  const slotsOf = bytes => Array.from({ length: bytes.length / 8 }, (_, i) => new DataView(bytes.buffer).getBigUint64(8 * i, true));

  function machineOf(given) {
    const profile = playground.profiles.get(given.profile), { before } = given;
    return new playground.Machine(profile, {
      slots: slotsOf(bytesOf(given.program)), entry: Number(before.pc), context: new Uint8Array(0), regions: [], helpers: given.helpers,
      state: { registers: before.registers.map(BigInt), pc: BigInt(before.pc), regions: before.memory.map(region) },
      branches: limit(before.branches), instructions: limit(before.instructions), host: playground.host({ milliseconds: BigInt(given.now || 0) }),
    });
  }

  const picture = machine => JSON.stringify([machine.state.registers.map(hex), hex(machine.state.pc), machine.state.regions.map(each => [hex(each.start), ...each.bytes]),
    `${machine.state.branches} ${machine.state.instructions} ${machine.state.stackStart}`, machine.state.frames.length, machine.host.output, machine.host.local.length]);

  function differences(given) {
    const machine = machineOf(given), { after, expected } = given, found = [];
    const compare = (what, is, wanted) => { if (is !== wanted) found.push(`${what} is ${is} instead of ${wanted}`); };
    const first = picture(machine);
    machine.run(20000);
    const s = machine.state;
    if (!machine.end) return ["it does not end"];
    const { end } = machine;
    compare("trap", end.trap, expected.trap);
    compare("exit", end.exits === true, expected.trap === undefined);
    if (expected.r0 !== undefined) compare("result", hex(s.registers[0]), expected.r0);
    if (expected.words !== undefined) compare("words", playground.explain.trap(machine).join("; "), expected.words);
    if (expected.executed !== undefined) compare("executed", machine.executed, expected.executed);
    if (expected.output !== undefined) compare("output", machine.host.output, expected.output);
    for (const name of ["local", "global"])
      if (expected[name] !== undefined) compare(name, machine.host[name].map(([key, value]) => `${key}=${value}`).join(" "), expected[name]);
    after.registers.forEach((value, i) => compare(`r${i}`, hex(s.registers[i]), value));
    compare("pc", s.pc, BigInt(after.pc));
    compare("branches", machine.left().branches, limit(after.branches));
    compare("instructions", s.instructions, limit(after.instructions));
    compare("the number of regions", s.regions.length, after.memory.length);
    after.memory.map(region).forEach((wanted, i) => {
      const is = s.regions[i];
      if (!is) return;
      for (const name of ["start", "length", "readable", "writable"]) compare(`${name} of region ${i}`, is[name], wanted[name]);
      const at = wanted.bytes.findIndex((byte, index) => byte !== is.bytes[index]);
      if (at >= 0) compare(`byte ${at} of region ${i}`, is.bytes[at], wanted.bytes[at]);
    });
    const last = picture(machine), steps = machine.steps;
    while (machine.steps > 0) machine.back();
    compare("the state after going back", picture(machine), first);
    machine.run(20000);
    compare("the state after going forwards again", picture(machine), last);
    compare("the number of steps", machine.steps, steps);
    return found;
  }

  // What is wrong, a line a case.
  const check = all => all.flatMap(given => {
    try {
      const found = differences(given);
      return found.length > 0 ? [`${given.name}: ${found.join("; ")}`] : [];
    } catch (error) {
      return [`${given.name}: ${error.stack}`];
    }
  });

  // The vectors of a suite as cases; what they leave out is as most have it. Those that are rejected are not run.
  const ofSuite = written => written.vectors.filter(vector => !vector.expected.rejected).map(vector => {
    const { start, context } = written, length = vector.memory.length / 2, setting = vector.setting || {};
    const own = { name: "context", address: context, permission: "rw", length, bytes: vector.memory };
    const registers = start.registers.with(1, context).with(2, `0x${length.toString(16)}`);
    const before = vector.before || (length === 0 ? start : { ...start, registers, memory: [...start.memory, own] });
    return { ...vector, profile: written.profile, helpers: setting.helpers || [], before, after: { memory: before.memory, ...vector.after } };
  });

  // The problems of each program, a line each, as the command line writes them.
  const problems = all => all.map(({ profile, program, entry, helpers }) =>
    playground.preflight(playground.profiles.get(profile), bytesOf(program), entry, helpers)
      .map(({ slot, check, clause, found, expected }) => `slot ${slot}: ${found}; expected ${expected} [${check}, ${clause}]`).join("\n"));

  // Each text as bytes, or as its errors.
  const assembled = texts => texts.map(text => {
    const { slots, errors } = playground.assembler.assemble(playground.profiles.get("rbpf"), text);
    return errors.length > 0 ? errors.map(({ line, column, found, expected }) => `line ${line}, column ${column}: ${found}; expected ${expected}`).join("\n")
      : slots.map(slot => slot.toString(16).padStart(16, "0").match(/../g).reverse().join("")).join("");
  });

  // The instruction that slots are, whatever a profile has.
  function decoded(program) {
    const [slot, next = 0n] = slotsOf(bytesOf(program));
    const fields = { dst: slot >> 8n & 0xfn, src: slot >> 12n & 0xfn, offset: slot >> 16n & 0xffffn, imm: slot >> 32n, next: next >> 32n };
    const form = playground.profiles.get("rbpf").rbpf.forms.find(each => BigInt(each.opcode) === (slot & 0xffn)
      && ["dst", "src", "offset", "imm"].every(name => typeof each[name] !== "number" || BigInt(each[name]) === fields[name]));
    return { form, fields };
  }

  const printed = (programs, dialect) => programs.map(program => playground.assembler.print(decoded(program), dialect));

  // Each object as it is linked, or why it is not.
  const linked = objects => objects.map(({ bytes, start }) => {
    try {
      const { image } = playground.link.open(bytesOf(bytes), playground.profiles.get("rbpf").helpers, start);
      const text = all => [...all].map(byte => byte.toString(16).padStart(2, "0")).join("");
      return [`entry ${image.entry}`, text(image.bytes), ...image.regions.map(each => `${each.name} ${hex(each.start)} ${each.permission} ${text(each.bytes)}`)].join("\n");
    } catch (error) {
      return `refused: ${error.message}`;
    }
  });

  // The regions that a run begins with where some are added, or why it cannot.
  const regions = text => {
    const profile = playground.profiles.get("rbpf"), context = Uint8Array.from([1, 2]);
    try {
      const added = playground.inputs.regions(text, profile.added);
      playground.inputs.disjoint(profile, context, added);
      const machine = new playground.Machine(profile, { slots: [0x95n], entry: 0, context, regions: added, helpers: [], host: playground.host() });
      return machine.state.regions.map(each => `${each.name} ${hex(each.start)} ${each.length}`).join(", ");
    } catch (error) {
      return error.message;
    }
  };

  return { regions, check, ofSuite, problems, assembled, printed, linked };
})();
