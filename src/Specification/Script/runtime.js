// Words: a word of w bits is a BigInt from 0 to 2^w - 1. Operations are total, with SMT-LIB's values.
const U = BigInt.asUintN, S = BigInt.asIntN;
const shl = (w, a, n) => n < BigInt(w) ? U(w, a << n) : 0n;
const lshr = (w, a, n) => n < BigInt(w) ? a >> n : 0n;
const ashr = (w, a, n) => U(w, S(w, a) >> (n < BigInt(w) ? n : BigInt(w - 1)));
const udiv = (w, a, b) => b === 0n ? U(w, -1n) : a / b;
const urem = (w, a, b) => b === 0n ? a : a % b;
const sdiv = (w, a, b) => b !== 0n ? U(w, S(w, a) / S(w, b)) : S(w, a) < 0n ? 1n : U(w, -1n);
const srem = (w, a, b) => b === 0n ? a : U(w, S(w, a) % S(w, b));
const reverse = (w, a) => {
  let reversed = 0n;
  for (let i = 0; i < w; i += 8) reversed = reversed << 8n | a >> BigInt(i) & 0xffn;
  return reversed;
};

// The state: registers, pc, regions { name, start, length, readable, writable, bytes }, stackStart, frames
// { returnTo, saved }, branches, instructions (null without a limit), and the ids of the helpers granted.
const register = (s, which, count) => which < BigInt(count) ? s.registers[Number(which)] : 0n;
const top = s => s.frames[s.frames.length - 1];
const grants = (s, address, count, access) => s.regions.some(region => s.granting[access](region, address, count));
const viewAt = (region, at, count) => new DataView(region.bytes.buffer, region.bytes.byteOffset + at, count);
const load = (s, address, bits) => {
  let value = 0n;
  for (const region of s.regions) {
    if (!s.granting.read(region, address, BigInt(bits / 8))) continue;
    const view = viewAt(region, Number(U(64, address - region.start)), bits / 8);
    value = bits === 64 ? view.getBigUint64(0, true)
      : BigInt(bits === 32 ? view.getUint32(0, true) : bits === 16 ? view.getUint16(0, true) : view.getUint8(0));
  }
  return value;
};
const store = (s, address, value, count) => s.regions.map(region => {
  if (!s.granting.write(region, address, BigInt(count))) return region;
  const bytes = region.bytes.slice(), at = Number(U(64, address - region.start));
  for (let i = 0; i < count; i++) bytes[at + i] = Number(value >> BigInt(8 * i) & 0xffn);
  return { ...region, bytes };
});

// A rule that is not the same at all depths of calls: pairs of the least depth and the rule from there on.
const byDepth = rules => (s, f) => rules.findLast(([least]) => s.frames.length >= least)[1](s, f);

// What a function of the host does is the host's.
const host = () => ({ guards: [], next: { host: true } });

function machine(forms, rules, payment, granting, profile) {
  const fieldNames = ["dst", "src", "offset", "imm"];
  const widths = { dst: 4, src: 4, offset: 16, imm: 32, next: 32 };
  const places = { dst: 8n, src: 12n, offset: 16n, imm: 32n };
  const byId = new Map(forms.map(form => [form.id, form]));
  const hex = value => "0x" + value.toString(16);

  const fieldsOf = (slot, next) => ({
    dst: slot >> 8n & 0xfn, src: slot >> 12n & 0xfn, offset: slot >> 16n & 0xffffn, imm: slot >> 32n,
    next: next === undefined ? 0n : next >> 32n,
  });

  // Slots as an instruction { form, fields }, or { problems }: the walk over the layouts.
  function decode(slots, index) {
    const slot = slots[index], next = slots[index + 1], fields = fieldsOf(slot, next);
    const opcode = Number(slot & 0xffn);
    const candidates = forms.filter(form => form.opcode === opcode);
    if (candidates.length === 0) return { problems: [`opcode ${hex(opcode)} is no instruction`] };
    const form = candidates.find(each => fieldNames.every(name => typeof each[name] !== "number" || fields[name] === BigInt(each[name])));
    if (!form) return { problems: [`opcode ${hex(opcode)} has no encoding with these fields`] };
    const problems = [];
    for (const name of fieldNames) {
      if (form[name] === undefined && fields[name] !== 0n) problems.push(`${name} is reserved and must be zero`);
      if (form[name] === "register" && fields[name] > 10n) problems.push(`${name} names r${fields[name]}; registers are r0 to r10`);
    }
    if (form.writes && fields[form.writes] === 10n) problems.push("r10, the frame pointer, must not be written");
    if (form.slots === 2) {
      if (next === undefined) problems.push("the second slot is missing");
      else if ((next & 0xffffffffn) !== 0n) problems.push("the second slot must be zero but for its imm");
      else if (form.next === undefined && fields.next !== 0n) problems.push("next_imm is reserved and must be zero");
    }
    if (form.lacks) problems.push(`the profile ${profile.name} does not have it (${form.lacks})`);
    if (problems.length > 0) return { problems };
    // What the encoding does not hold reads as zero.
    for (const name of Object.keys(widths)) if (form[name] !== "register" && form[name] !== "value") fields[name] = 0n;
    return { form, fields };
  }

  function encode({ form, fields }) {
    let slot = BigInt(form.opcode);
    for (const name of fieldNames) {
      const use = form[name];
      const value = use === undefined ? 0n : typeof use === "number" ? BigInt(use) : U(widths[name], fields[name]);
      slot |= value << places[name];
    }
    return form.slots === 2 ? [slot, form.next === undefined ? 0n : U(32, fields.next) << 32n] : [slot];
  }

  const reversed = text => text.match(/../g).reverse().join("");
  const bytesOf = text => Uint8Array.from(text.match(/../g) || [], pair => parseInt(pair, 16));
  const slotsOf = text => (text.match(/.{16}/g) || []).map(digits => BigInt("0x" + reversed(digits)));
  const textOf = slots => slots.map(slot => reversed(slot.toString(16).padStart(16, "0"))).join("");

  // Assembly text: that of a form, with its fields where it is open.
  const signed = (width, value) => S(width, value).toString();
  const withSign = (width, value) => (S(width, value) < 0n ? "" : "+") + signed(width, value);
  const print = ({ form, fields }) => form.text.replace(/\{(\w+):?(\w*)\}/g, (_, name, field) =>
    name === "dst" || name === "src" ? `%r${fields[name]}`
      : name === "wide" ? hex(fields.next << 32n | fields.imm)
      : name === "distance" ? withSign(widths[field], fields[field])
      : name === "offset" ? (fields.offset === 0n ? "" : withSign(16, fields.offset))
      : signed(widths[name], fields[name]));

  const number = "([+-]?\\s*(?:0[xX][0-9a-fA-F]+|[0-9]+))";
  const patterns = forms.map(form => {
    const names = [];
    let source = "\\s*", wasWord = false;
    for (const token of form.text.match(/\{[\w:]+\}|[\w.%]+|\S/g)) {
      const open = /^\{(\w+):?(\w*)\}$/.exec(token), isWord = !/^[[\],]$/.test(token);
      const isAddend = open && open[1] === "offset";
      source += wasWord && isWord && !isAddend ? "\\s+" : "\\s*";
      wasWord = isWord;
      if (open) names.push(open[2] || open[1]);
      source += !open ? token.replace(/[[\].]/g, "\\$&")
        : isAddend ? `(?:${number})?`
        : open[1] === "dst" || open[1] === "src" ? "%?r([0-9]+)" : number;
    }
    return { form, names, pattern: new RegExp(`^${source}\\s*$`, "i") };
  });

  const value = text => {
    const digits = text.replace(/\s+/g, ""), sign = digits.startsWith("-") ? -1n : 1n;
    return sign * BigInt(digits.replace(/^[+-]/, ""));
  };

  // The instruction of a line, or { problems }.
  function parse(line) {
    for (const { form, names, pattern } of patterns) {
      const match = pattern.exec(line);
      if (!match) continue;
      const fields = { dst: 0n, src: 0n, offset: 0n, imm: 0n, next: 0n }, problems = [];
      names.forEach((name, index) => {
        const given = value(match[index + 1] || "0"), width = name === "wide" ? 64 : widths[name];
        if (name === "dst" || name === "src" ? given > 10n : given >= 1n << BigInt(name === "offset" ? 15 : width) || given < -(1n << BigInt(width - 1)))
          problems.push(`${match[index + 1]} does not fit ${name}`);
        if (name === "wide") { fields.imm = U(32, given); fields.next = U(64, given) >> 32n; }
        else fields[name] = U(width, given);
      });
      return problems.length > 0 ? { problems } : { form, fields };
    }
    return { problems: [`'${line.trim()}' is no instruction`] };
  }

  // A state from what is given of it; what is not is as a run without context begins.
  const state = given => ({
    registers: [0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, BigInt(profile.stack + profile.frameBytes)],
    pc: 0n, regions: [], stackStart: BigInt(profile.stack), frames: [],
    branches: profile.branches === undefined ? null : BigInt(profile.branches),
    instructions: profile.instructions === undefined ? null : BigInt(profile.instructions),
    helpers: [], ...given, granting,
  });

  const region = (name, start, permission, length, text) => {
    const bytes = new Uint8Array(length);
    bytes.set(bytesOf(text));
    return { name, start, length: BigInt(length), readable: permission.includes("r"), writable: permission.includes("w"), bytes };
  };

  // One instruction: its guards, the trap of the first that holds, and the state after it, with the registers written.
  function execute({ form, fields }, s) {
    const { guards, next } = rules[form.id](s, fields);
    const paid = s.instructions === null ? { guards: [], instructions: null } : payment(s);
    const all = [...paid.guards, ...guards];
    const refused = all.find(([, holds]) => holds);
    if (refused) return { guards: all, trap: refused[0], state: s };
    if (next.host) return { guards: all, host: true, state: s };
    const after = { ...s, instructions: paid.instructions, registers: s.registers.slice() }, written = [];
    if (next.exits) return { guards: all, exits: true, state: after };
    after.pc = next.pc;
    for (const [which, value] of next.registers || []) {
      if (which > 10n) continue;
      after.registers[Number(which)] = value;
      written.push(Number(which));
    }
    for (const [address, value, count] of next.memory || []) after.regions = store(after, address, value, count);
    if (next.branches !== undefined) after.branches = next.branches;
    if (next.stackStart !== undefined) after.stackStart = next.stackStart;
    if (next.push) {
      const { name, start, length, returnTo, saved } = next.push;
      after.frames = [...s.frames, { returnTo, saved }];
      after.regions = [...after.regions, { name, start, length, readable: true, writable: true, bytes: new Uint8Array(Number(length)) }];
    }
    if (next.pop) {
      after.frames = s.frames.slice(0, -1);
      after.regions = after.regions.slice(0, -1);
    }
    return { guards: all, state: after, written };
  }

  // One step of a program: the instruction at its pc.
  function step(slots, s) {
    if (s.pc >= BigInt(slots.length)) return { guards: [["ProgramCounterOutside", true]], trap: "ProgramCounterOutside", state: s };
    const decoded = decode(slots, Number(s.pc));
    return decoded.problems
      ? { guards: [["IllegalInstruction", true]], trap: "IllegalInstruction", problems: decoded.problems, state: s }
      : execute(decoded, s);
  }

  // Runs until the program ends, or for as many steps as are allowed.
  function run(slots, s, limit) {
    for (let steps = 1; steps <= limit; steps++) {
      const result = step(slots, s);
      if (result.trap || result.exits || result.host) return { ...result, steps };
      s = result.state;
    }
    return { guards: [], state: s, steps: limit };
  }

  return { forms, rules, payment, granting, grants, viewAt, byId, profile, decode, encode, parse, print, state, region, execute, step, run, slotsOf, textOf, bytesOf };
}

