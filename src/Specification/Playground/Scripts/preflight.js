// The preflight: the compiled checks, asked of each slot at which an instruction starts. A problem is
// { slot, check, clause, found, expected }, as the command line has it. Of a program that is all wrong the rest is not checked:
// the list isCut.
playground.preflight = (profile, bytes, entry, granted) => {
  const { rbpf, preflight: { forms, predicates, texts, checks, whole, encodings, outside, anyOpcode, names } } = profile;
  const fill = (text, values) => text.replace(/\{(\w+):?(\w*)\}/g, (_, name, kind) =>
    typeof values[name] !== "bigint" ? values[name] : kind === "d" ? values[name].toString() : "0x" + values[name].toString(16));
  const ofWhole = (name, values) => {
    const [check, clause, found, expected] = whole[name];
    return { slot: 0, check, clause, found: fill(found, values), expected: fill(expected, values) };
  };
  if (bytes.length % 8 !== 0) return [ofWhole("bytes", { bytes: bytes.length })];
  if (bytes.length === 0) return [ofWhole("empty", {})];

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length), length = bytes.length / 8;
  const slotAt = index => {
    const word = view.getBigUint64(8 * index, true);
    return { opcode: word & 0xffn, dst: word >> 8n & 0xfn, src: word >> 12n & 0xfn, offset: word >> 16n & 0xffffn, imm: word >> 32n };
  };
  const byOpcode = new Map();
  for (const form of rbpf.forms) byOpcode.set(form.opcode, [...byOpcode.get(form.opcode) || [], form]);
  const starts = new Array(length).fill(false);
  for (let i = 0; i < length; i += (byOpcode.get(bytes[8 * i]) || [{ slots: 1 }]).at(-1).slots) starts[i] = true;

  const mostProblems = 1000, problems = [], startsAt = index => index < BigInt(length) && starts[Number(index)], fields = ["dst", "src", "offset", "imm"];
  if (!Number.isInteger(entry) || entry < 0 || entry >= length) problems.push(ofWhole("outside", { entry, last: length - 1 }));
  else if (!starts[entry]) problems.push(ofWhole("second", { entry }));

  // A slot that holds no encoding: what is known of it elsewhere, and what would be one.
  const none = (index, slot, candidates) => {
    const place = checks.findIndex(([id]) => id === (candidates ? "encoding" : "opcode")), opcode = Number(slot.opcode);
    const known = outside.find(each => each.opcodes.includes(opcode)
      && (each.offset === null || BigInt.asUintN(16, BigInt(each.offset)) === slot.offset)
      && (each.imm === null || BigInt.asUintN(32, BigInt(each.imm)) === slot.imm));
    const selecting = fields.filter(name => (candidates || []).some(form => typeof form[name] === "number"));
    const what = `opcode 0x${opcode.toString(16).padStart(2, "0")}`
      + (candidates ? ` with ${selecting.map(name => `${names[name]} 0x${slot[name].toString(16)}`).join(", ")}` : "");
    return {
      slot: index, check: checks[place][0], clause: checks[place][1],
      found: known ? `${what}, ${known.text}` : `${what} is not an instruction`,
      expected: known ? known.instead : candidates ? encodings[opcode] : anyOpcode,
    };
  };

  for (let index = 0; index < length; index++) {
    if (!starts[index]) continue;
    if (problems.length >= mostProblems) return Object.assign(problems, { isCut: true });
    const slot = slotAt(index), hasNext = index + 1 < length, next = hasNext ? slotAt(index + 1) : slot;
    const candidates = byOpcode.get(Number(slot.opcode));
    const form = (candidates || []).find(each => fields.every(name => typeof each[name] !== "number" || BigInt(each[name]) === slot[name]));
    if (!form) { problems.push(none(index, slot, candidates)); continue; }
    const place = { hasNext, index: BigInt(index), length: BigInt(length), starts: startsAt };
    for (const [check, predicate, found, expected, expectedIfGranted] of forms[form.id]) {
      const isCall = expectedIfGranted !== undefined, list = !isCall || form.text.includes("btf") ? [] : granted;
      if (!predicates[predicate](slot, next, place) || list.includes(Number(slot.imm))) continue;
      const signed = form.imm === "value" && form.text.includes("distance:imm") ? BigInt.asIntN(32, slot.imm) : BigInt.asIntN(16, slot.offset);
      const values = {
        ...slot, form: form.id, nextOpcode: next.opcode, nextDst: next.dst, nextSrc: next.src, nextOffset: next.offset, next: next.imm,
        target: (BigInt(index + form.slots) + signed).toString(), last: length - 1, granted: list.map(id => "0x" + id.toString(16)).join(", "),
      };
      problems.push({
        slot: index, check: checks[check][0], clause: checks[check][1],
        found: fill(texts[found], values), expected: fill(texts[list.length > 0 ? expectedIfGranted : expected], values),
      });
    }
  }
  return problems;
};
