// The machine of the playground: a program whose slots are decoded once, a state that is changed in place, and a log of what
// was there before, so that it goes backwards, too. What an instruction does is the compiled rule's to say.
playground.Machine = class {
  // What a program starts with: slots, entry, context, regions { name, start, permission, bytes }, helpers (ids), branches and
  // instructions (null without a limit), host; state instead of what it would begin in.
  constructor(profile, start) {
    const { rbpf } = profile;
    this.profile = profile;
    this.start = start;
    this.length = BigInt(start.slots.length);
    this.code = start.slots.map((_, index) => {
      const decoded = rbpf.decode(start.slots, index);
      return decoded.problems ? decoded : { ...decoded, rule: rbpf.rules[decoded.form.id] };
    });
    this.reset();
  }

  static logged = 10_000;

  reset() {
    const { profile: { rbpf, givesLength }, start } = this, { context } = start;
    const region = (name, at, permission, bytes) => ({
      name, start: at, length: BigInt(bytes.length), readable: permission.includes("r"), writable: permission.includes("w"), bytes: bytes.slice(),
    });
    const state = rbpf.state({
      pc: BigInt(start.entry),
      regions: start.state ? start.state.regions.map(each => ({ ...each, bytes: each.bytes.slice() })) : [
        region("stack", BigInt(rbpf.profile.stack), "rw", new Uint8Array(rbpf.profile.frameBytes)),
        ...context.length > 0 ? [region("context", BigInt(rbpf.profile.context), "rw", context)] : [],
        ...start.regions.map(each => region(each.name, each.start, each.permission, each.bytes)),
      ],
      helpers: start.helpers.map(BigInt),
    });
    if (context.length > 0) {
      state.registers[1] = BigInt(rbpf.profile.context);
      if (givesLength) state.registers[2] = BigInt(context.length);
    }
    if (start.state) Object.assign(state, { registers: start.state.registers.slice(), pc: start.state.pc });
    this.granted = {
      branches: start.branches === undefined ? this.profile.branches : start.branches,
      instructions: start.instructions === undefined ? state.instructions : start.instructions,
    };
    // No limit is more branches than can ever be taken.
    state.branches = this.granted.branches === null ? (1n << 64n) - 1n : this.granted.branches;
    state.instructions = this.granted.instructions;
    this.state = state;
    this.host = start.host;
    this.steps = 0;
    this.executed = 0;
    this.end = null;
    this.log = [];
  }

  // One step: the instruction at pc, or the end of the run. Does nothing once the run has ended.
  step() {
    if (this.end) return;
    const s = this.state, found = s.pc < this.length ? this.code[Number(s.pc)] : null;
    if (!found) return this.stop({ trap: "ProgramCounterOutside", guards: [["ProgramCounterOutside", true]] });
    if (found.problems) return this.stop({ trap: "IllegalInstruction", guards: [["IllegalInstruction", true]] });
    let left = null, paid = null;
    if (s.instructions !== null) {
      paid = this.profile.rbpf.payment(s);
      if (paid.guards[0][1]) return this.stop({ trap: paid.guards[0][0], guards: paid.guards });
      left = paid.instructions;
    }
    const { guards, next } = found.rule(s, found.fields);
    for (let i = 0; i < guards.length; i++)
      if (guards[i][1]) return this.stop({ trap: guards[i][0], guards: paid ? [...paid.guards, ...guards] : guards });
    if (next.host) return this.call(Number(found.fields.imm), left);
    const before = this.note();
    s.instructions = left;
    this.executed++;
    if (next.exits) { this.end = { exits: true, guards }; return; }
    if (next.memory) for (const [address, value, count] of next.memory) this.store(before, address, value, count);
    if (next.registers) for (let i = 0; i < next.registers.length; i++) this.write(before, Number(next.registers[i][0]), next.registers[i][1]);
    s.pc = next.pc;
    if (next.branches !== undefined) s.branches = next.branches;
    if (next.stackStart !== undefined) s.stackStart = next.stackStart;
    if (next.push) {
      const { name, start, length, returnTo, saved } = next.push;
      s.frames = [...s.frames, { returnTo, saved }];
      s.regions = [...s.regions, { name, start, length, readable: true, writable: true, bytes: new Uint8Array(Number(length)) }];
    }
    if (next.pop) {
      s.frames = s.frames.slice(0, -1);
      s.regions = s.regions.slice(0, -1);
    }
  }

  // What is left of the budget; null without a limit.
  left() {
    return { branches: this.granted.branches === null ? null : this.state.branches, instructions: this.state.instructions };
  }

  // The guards of the instruction at pc, in order: [trap, whether it holds].
  guards() {
    const s = this.state, found = s.pc < this.length ? this.code[Number(s.pc)] : null;
    if (!found) return [["ProgramCounterOutside", true]];
    if (found.problems) return [["IllegalInstruction", true]];
    const { guards, next } = found.rule(s, found.fields), paid = s.instructions === null ? [] : this.profile.rbpf.payment(s).guards;
    const own = next.host ? this.profile.helpers[Number(found.fields.imm)].refused(s).map(refused => ["MemoryAccess", refused]) : guards;
    return [...paid, ...own];
  }

  // A call of a function of the host: its arguments are asked for, then it sees their bytes.
  call(id, left) {
    const s = this.state, { declared, refused } = this.profile.helpers[id];
    const guards = refused(s).map(holds => ["MemoryAccess", holds]);
    if (guards.some(([, holds]) => holds)) return this.stop({ trap: "MemoryAccess", guards });
    const registers = s.registers.slice(1, 6), views = declared.arguments.map(([use, count], i) => use === "number" ? null : this.view(registers, i, count));
    const result = playground.helpers[id]({ registers, views, host: this.host });
    const before = this.note();
    s.instructions = left;
    this.executed++;
    for (const [argument, bytes] of result.writes || []) {
      for (let i = 0; i < bytes.length; i++) this.store(before, BigInt.asUintN(64, registers[argument - 1] + BigInt(i)), BigInt(bytes[i]), 1);
    }
    this.write(before, 0, result.result);
    s.pc += 1n;
    if (result.host) this.host = result.host;
  }

  view(registers, index, count) {
    const address = registers[index], region = this.state.regions.find(each => this.state.granting.read(each, address, 1n));
    if (!region) return new Uint8Array(0);
    const at = Number(address - region.start);
    const length = count === "rest" ? region.bytes.length - at : Number(count.startsWith("r") ? registers[Number(count[1]) - 1] : BigInt(count));
    return region.bytes.slice(at, at + length);
  }

  store(before, address, value, count) {
    for (const region of this.state.regions) {
      if (!this.state.granting.write(region, address, BigInt(count))) continue;
      const at = Number(address - region.start);
      (before.memory ||= []).push([region, at, region.bytes.slice(at, at + count)]);
      const view = this.profile.rbpf.viewAt(region, at, count);
      if (count === 8) view.setBigUint64(0, value, true);
      else if (count === 4) view.setUint32(0, Number(value), true);
      else if (count === 2) view.setUint16(0, Number(value), true);
      else view.setUint8(0, Number(value));
    }
  }

  write(before, number, value) {
    if (number > 10) return;
    (before.registers ||= []).push([number, this.state.registers[number]]);
    this.state.registers[number] = value;
  }

  note() {
    const { pc, branches, instructions, stackStart, regions, frames } = this.state;
    const before = { pc, branches, instructions, stackStart, regions, frames, host: this.host, registers: null, memory: null };
    this.log.push(before);
    if (this.log.length > 2 * playground.Machine.logged) this.log.splice(0, playground.Machine.logged);
    this.steps++;
    return before;
  }

  stop(end) {
    this.note();
    this.end = end;
  }

  // How many steps from the start a step backwards runs again, as the log does not reach; null if it does.
  get again() { return this.log.length === 0 && this.steps > 0 ? this.steps - 1 : null; }

  // One step backwards; where the log does not reach, by running again from the start.
  back() {
    if (this.steps === 0) return;
    const { again } = this;
    if (again !== null) {
      this.reset();
      this.run(again);
      return;
    }
    const { registers, memory, host, ...rest } = this.log.pop(), isTrap = this.end && this.end.trap;
    for (const [number, value] of (registers || []).reverse()) this.state.registers[number] = value;
    for (const [region, at, bytes] of (memory || []).reverse()) region.bytes.set(bytes, at);
    Object.assign(this.state, rest);
    this.host = host;
    this.steps--;
    if (!isTrap) this.executed--;
    this.end = null;
  }

  // Runs to the end, or for as many steps as are allowed, or until a slot is in the set given; whether it stopped there.
  run(most, stops) {
    for (let steps = 0; steps < most && !this.end; steps++) {
      this.step();
      if (stops && !this.end && stops.has(Number(this.state.pc))) return true;
    }
    return false;
  }

  // What was changed by the last step: the registers, and the bytes by their regions.
  changed() {
    const last = this.log.at(-1);
    return {
      registers: new Set((last && last.registers || []).filter(([number, value]) => value !== this.state.registers[number]).map(([number]) => number)),
      memory: (last && last.memory || []).map(([region, at, bytes]) => ({ region, at, count: bytes.length })),
    };
  }
};
