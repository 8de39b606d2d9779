// Runs the vectors of a suite by the script, and compares the whole state that each ends in.
globalThis.vectors = (() => {
  const hex = value => "0x" + value.toString(16);
  const regions = list => list.map(r => rbpf.region(r.name, BigInt(r.address), r.permission, r.length, r.bytes));
  const limit = value => value === undefined ? null : BigInt(value);

  function differences(vector) {
    const { before, after, setting, expected } = vector;
    const result = rbpf.run(rbpf.slotsOf(vector.program), rbpf.state({
      registers: before.registers.map(BigInt), pc: BigInt(before.pc), regions: regions(before.memory),
      branches: limit(before.branches), instructions: limit(before.instructions),
      helpers: ((setting || {}).helpers || []).map(BigInt),
    }), 20000);
    if (result.host) return ["host"];
    const s = result.state, found = [];
    const compare = (what, is, wanted) => { if (is !== wanted) found.push(`${what} is ${is} instead of ${wanted}`); };
    compare("trap", result.trap, expected.trap);
    compare("exit", result.exits === true, expected.r0 !== undefined);
    if (expected.r0 !== undefined) compare("result", hex(s.registers[0]), expected.r0);
    after.registers.forEach((value, i) => compare(`r${i}`, hex(s.registers[i]), value));
    compare("pc", s.pc, BigInt(after.pc));
    compare("branches", s.branches, limit(after.branches));
    compare("instructions", s.instructions, limit(after.instructions));
    compare("the number of regions", s.regions.length, after.memory.length);
    regions(after.memory).forEach((wanted, i) => {
      const is = s.regions[i];
      if (!is) return;
      for (const name of ["start", "length", "readable", "writable"]) compare(`${name} of region ${i}`, is[name], wanted[name]);
      const at = wanted.bytes.findIndex((byte, index) => byte !== is.bytes[index]);
      if (at >= 0) compare(`byte ${at} of region ${i}`, is.bytes[at], wanted.bytes[at]);
    });
    return found;
  }

  // The names of the vectors that pass, that end in the host, and what is wrong with the others.
  function check(suite, belongs) {
    const report = { passed: [], host: [], wrong: [] };
    for (const vector of suite.filter(each => each.before && belongs(each))) {
      let found;
      try { found = differences(vector); } catch (error) { found = [String(error)]; }
      if (found.length === 0) report.passed.push(vector.name);
      else if (found[0] === "host") report.host.push(vector.name);
      else report.wrong.push(`${vector.name}: ${found.join("; ")}`);
    }
    return report;
  }

  return { check };
})();

// What of the rules no vector sees: each thing that a rule changes, or asks, is made wrong in turn.
globalThis.vectors.unnoticed = suite => {
  const wrong = {
    registers: list => list.map(([which, value]) => [which, value ^ 1n]),
    memory: list => list.map(([address, value, count]) => [address, value ^ 1n, count]),
    pc: value => value + 1n,
    branches: value => value + 1n,
    stackStart: value => value + 8n,
    push: frame => ({ ...frame, returnTo: frame.returnTo + 1n }),
    pop: () => undefined,
    exits: () => undefined,
  };
  const found = [];
  let tried = 0;
  for (const [id, rule] of Object.entries(rbpf.rules)) {
    const own = suite.filter(vector => vector.before && vector.rule === id && !(vector.setting || {}).helpers);
    const planted = Object.entries(wrong).map(([name, change]) => [name, result => name in result.next
      ? { ...result, next: { ...result.next, [name]: change(result.next[name]) } } : null]);
    for (let i = 0; i < 3; i++)
      planted.push([`guard ${i}`, result => i in result.guards
        ? { ...result, guards: result.guards.map(([trap, holds], at) => [trap, at === i ? !holds : holds]) } : null]);
    for (const [name, change] of planted) {
      let applies = false;
      rbpf.rules[id] = (s, f) => {
        const result = rule(s, f), changed = change(result);
        if (changed) applies = true;
        return changed || result;
      };
      const noticed = own.some(vector => vectors.check([vector], () => true).wrong.length > 0);
      if (applies) tried++;
      if (applies && !noticed) found.push(`${id}: ${name}`);
    }
    rbpf.rules[id] = rule;
  }
  return { tried, found };
};
