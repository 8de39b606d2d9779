// Objects as clang writes them for the target bpf, and containers of Femto-Containers: linked as 'rbpf run' links them. An
// image is { bytes, entry, regions, names (slot to name), functions }; what cannot be read is an Error that says why.
playground.objects = (() => {
  const base = 0x3000_0000n, most = 1 << 24;
  const refuse = text => { throw new Error(text); };
  const roundUp = (value, multiple) => (value + multiple - 1n) / multiple * multiple;

  // Regions upwards from the base, at least 4096 bytes between two.
  function place(wanted) {
    let next = base, total = 0;
    return wanted.map(({ name, size, alignment }) => {
      total += size;
      if (total > most) refuse(`${name} makes the data ${total} bytes long; at most ${most} are supported`);
      if (alignment & (alignment - 1n)) refuse(`${name} asks for an alignment of ${alignment}, which is not a power of two`);
      const start = roundUp(next, alignment > 16n ? alignment : 16n);
      next = roundUp(start + BigInt(size), 4096n) + 4096n;
      return start;
    });
  }

  function table(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const word = at => view.getUint32(at, true), half = at => view.getUint16(at, true), long = at => Number(view.getBigUint64(at, true));
    if (bytes[4] !== 2) refuse("ELF header, byte 4: the object is of 32 bits; expected one of 64");
    if (bytes[5] !== 1) refuse("ELF header, byte 5: the object is big-endian; this machine runs little-endian ones (clang -target bpfel)");
    if (half(16) !== 1) refuse("ELF header: the file is no object to be linked; expected what 'clang -target bpf -c' writes");
    if (half(18) !== 247) refuse(`ELF header: the object is for machine ${half(18)}; expected 247, BPF (clang -target bpf)`);
    const text = (section, at) => {
      const start = section.offset + at, end = bytes.indexOf(0, start);
      return new TextDecoder().decode(bytes.subarray(start, end < 0 ? bytes.length : end));
    };
    const first = long(40), sections = Array.from({ length: half(60) }, (_, index) => {
      const at = first + 64 * index;
      return {
        index, nameAt: word(at), type: word(at + 4), flags: long(at + 8), offset: long(at + 24), size: long(at + 32),
        link: word(at + 40), info: word(at + 44), alignment: view.getBigUint64(at + 48, true), relocations: [], symbols: [],
      };
    });
    for (const section of sections) {
      section.name = text(sections[half(62)], section.nameAt);
      const isAllocated = (section.flags & 2) !== 0, isCode = (section.flags & 4) !== 0, isMaps = section.name === "maps" || section.name === ".maps";
      if (section.type !== 8 && section.type !== 0 && section.offset + section.size > bytes.length)
        refuse(`section ${section.index} (${section.name}) ends behind the file`);
      section.isText = section.type === 1 && isAllocated && isCode && section.size > 0;
      section.isData = (section.type === 1 || section.type === 8) && isAllocated && !isCode && section.size > 0 && !isMaps;
      section.place = `section ${section.index} (${section.name})`;
      if ((section.isText || section.isData) && section.size > most) refuse(`${section.place} has ${section.size} bytes; at most ${most} are supported`);
      section.bytes = section.type === 8 ? new Uint8Array(section.isData ? section.size : 0) : bytes.slice(section.offset, section.offset + section.size);
    }
    const symbols = [];
    for (const section of sections.filter(each => each.type === 2)) {
      for (let i = 0; i < section.size / 24; i++) {
        const at = section.offset + 24 * i, kind = bytes[at + 4], home = sections[half(at + 6)];
        const symbol = { index: i, section: half(at + 6), value: long(at + 8), size: long(at + 16), type: kind & 15, binding: kind >> 4 };
        symbol.name = symbol.type === 3 && home ? home.name : text(sections[section.link], word(at));
        symbols.push(symbol);
        if (home && symbol.section > 0) home.symbols.push(symbol);
      }
    }
    for (const section of sections.filter(each => each.type === 9 || each.type === 4)) {
      const target = sections[section.info];
      if (!target || (target.flags & 2) === 0) continue;
      if (section.type === 4) refuse(`${section.place}: relocations with addends are not of LLVM's BPF; expected SHT_REL`);
      for (let i = 0; i < section.size / 16; i++) {
        const at = section.offset + 16 * i;
        const symbol = symbols[word(at + 12)] || refuse(`${section.place}, relocation ${i}: there is no symbol ${word(at + 12)}`);
        target.relocations.push({ offset: long(at), type: word(at + 8), symbol, place: `${section.place}, relocation ${i}` });
      }
    }
    return { sections, symbols };
  }

  const isFunction = symbol => symbol.type === 2, isLabel = symbol => symbol.type === 0 && symbol.name.length > 0;
  const isCommonText = section => section.name === ".text" || section.name.startsWith(".text.");

  // Where the program starts: at the function asked for, or at the only one that could be meant.
  function choose(texts, name) {
    const named = texts.flatMap(section => section.symbols.filter(symbol => isFunction(symbol) || isLabel(symbol)).map(symbol => ({ section, symbol })));
    if (name) return named.find(({ symbol }) => symbol.name === name) || refuse(`there is no function '${name}'`);
    const own = texts.filter(section => !isCommonText(section) && section.symbols.some(symbol => isFunction(symbol) && symbol.binding !== 0));
    const pool = own.length > 0 ? own : texts;
    const kinds = [
      ({ symbol, section }) => isFunction(symbol) && symbol.binding !== 0 && (section.flags & 0x200) === 0,
      ({ symbol }) => isFunction(symbol) && symbol.binding !== 0,
      ({ symbol }) => isLabel(symbol) && symbol.binding !== 0,
      ({ symbol }) => isFunction(symbol),
    ];
    for (const kind of kinds) {
      const found = named.filter(each => pool.includes(each.section) && kind(each))
        .filter((each, i, all) => all.findIndex(other => other.section === each.section && other.symbol.value === each.symbol.value) === i);
      if (found.length === 1) return found[0];
      if (found.length > 1)
        throw Object.assign(new Error(`${found.length} functions could be where the program starts: ${found.map(each => each.symbol.name).join(", ")}; choose one`), { functions: found.map(each => each.symbol.name) });
    }
    return pool.length === 1 ? { section: pool[0], symbol: { value: 0 } } : refuse(`${pool.length} sections hold instructions, and none a function`);
  }

  const { wide, exit, always, far, local } = playground.opcodes, kind = opcode => opcode & 7, code = opcode => opcode >> 4;
  const isJump = opcode => [always, far].some(jump => kind(jump) === kind(opcode)) && ![local, exit].some(other => code(other) === code(opcode));
  const isLast = opcode => opcode === exit || isJump(opcode) && code(opcode) === code(always);

  // A section taken apart where its functions begin, unless execution goes on from one into the next.
  function divide(section) {
    if (section.pieces) return section;
    const length = section.size / 8, view = new DataView(section.bytes.buffer), starts = new Array(length).fill(false);
    if (section.size % 8) refuse(`${section.place}: ${section.size} bytes are not a whole number of slots of 8 bytes`);
    for (let i = 0; i < length; i++) { starts[i] = true; if (section.bytes[8 * i] === wide) i++; }
    const immediate = slot => view.getInt32(8 * slot + 4, true), opcode = slot => section.bytes[8 * slot];
    const first = new Set([0, ...section.symbols.filter(each => isFunction(each) && each.value < section.size && each.value % 8 === 0).map(each => each.value / 8).filter(slot => starts[slot])]);
    const joined = new Array(length + 1).fill(0);
    const join = (from, to) => { if (to >= 0 && to < length) { joined[Math.min(from, to) + 1]++; joined[Math.max(from, to) + 1]--; } };
    for (let slot = 0; slot < length; slot++) {
      if (!starts[slot]) continue;
      if (!isLast(opcode(slot))) join(slot, starts[slot + 1] === false ? slot + 2 : slot + 1);
      if (isJump(opcode(slot))) join(slot, slot + 1 + (opcode(slot) === far ? immediate(slot) : view.getInt16(8 * slot + 2, true)));
    }
    section.pieces = [];
    for (let slot = 0, across = 0; slot < length; slot++) {
      across += joined[slot];
      if (first.has(slot) && across === 0) section.pieces.push({ section, first: slot, end: length });
      else continue;
      if (section.pieces.length > 1) section.pieces.at(-2).end = slot;
    }
    section.at = new Map();
    for (const relocation of section.relocations) {
      const slot = relocation.offset / 8;
      if (!starts[slot]) refuse(`${relocation.place}: byte ${relocation.offset} of ${section.place} does not start an instruction`);
      if (section.at.has(slot)) refuse(`${relocation.place}: is a second relocation of slot ${slot} of ${section.place}; one is expected`);
      section.at.set(slot, relocation);
    }
    return Object.assign(section, { starts, immediate, opcode, isLocal: slot => opcode(slot) === local && section.bytes[8 * slot + 1] >> 4 === 1 });
  }

  function elf(bytes, helpers, name) {
    const { sections } = table(bytes), texts = sections.filter(section => section.isText);
    if (texts.length === 0) refuse("the object has no instructions: no executable section with contents");
    const entry = choose(texts, name), open = [], reached = new Set();
    if (entry.symbol.value >= entry.section.size || entry.symbol.value % 8) refuse(`byte ${entry.symbol.value} of ${entry.section.place} does not start a slot of it`);
    const reach = (section, slot) => {
      const piece = divide(section).pieces.findLast(each => each.first <= slot);
      if (!reached.has(piece)) { reached.add(piece); open.push(piece); }
    };
    // What the instruction at a slot calls: { section, slot } or { helper }; null of anything else.
    const callee = (section, slot) => {
      const relocation = section.at.get(slot);
      if (!relocation) {
        const target = slot + 1 + section.immediate(slot);
        return section.isLocal(slot) && target >= 0 && target < section.size / 8 ? { section, slot: target } : null;
      }
      if (relocation.type !== 10) return null;
      if (!section.isLocal(slot)) refuse(`${relocation.place}: R_BPF_64_32 applies to a local call (opcode 85, source register 1)`);
      const { symbol } = relocation;
      if (symbol.section === 0) {
        const found = Object.entries(helpers).find(([, { declared }]) => declared.name === symbol.name || `bpf_${declared.name}` === symbol.name);
        return found ? { helper: Number(found[0]) } : refuse(`${relocation.place}: '${symbol.name}' is called but not defined in this object, and no helper has this name`);
      }
      const home = sections[symbol.section], at = symbol.value + 8 * (section.immediate(slot) + 1);
      if (!home || !home.isText) refuse(`${relocation.place}: '${symbol.name}' is called but lies in no section that holds instructions`);
      if (at < 0 || at >= home.size || at % 8) refuse(`${relocation.place}: '${symbol.name}' is called at byte ${at} of ${home.place}, where no slot of it starts`);
      return { section: home, slot: at / 8 };
    };
    reach(entry.section, entry.symbol.value / 8);
    while (open.length > 0) {
      const { section, first, end } = open.pop();
      for (let slot = first; slot < end; slot++) {
        const called = section.starts[slot] && callee(section, slot);
        if (called && called.section) reach(called.section, called.slot);
      }
    }
    const own = section => section === entry.section ? -1 : section.index;
    const parts = [...reached].sort((one, other) => own(one.section) - own(other.section) || one.first - other.first);
    let slots = 0;
    for (const part of parts) { part.at = slots; slots += part.end - part.first; }
    const slotOf = (section, slot) => {
      const part = parts.find(each => each.section === section && each.first <= slot && slot < each.end);
      return part ? part.at + slot - part.first : null;
    };

    const data = follow(sections, parts), { addressOf, regions } = data;
    const program = new Uint8Array(8 * slots), view = new DataView(program.buffer), names = new Map();
    for (const { section, first, end, at } of parts) {
      program.set(section.bytes.subarray(8 * first, 8 * end), 8 * at);
      for (let slot = first; slot < end; slot++) {
        if (!section.starts[slot]) continue;
        const placed = at + slot - first, relocation = section.at.get(slot), called = callee(section, slot);
        const inside = target => target >= 0 && target < slots;
        if (called && called.section) view.setInt32(8 * placed + 4, slotOf(called.section, called.slot) - placed - 1, true);
        else if (called) { program[8 * placed + 1] &= 0x0f; view.setInt32(8 * placed + 4, called.helper, true); }
        else if (relocation && relocation.type === 1) {
          if (section.opcode(slot) !== wide || section.bytes[8 * slot + 1] >> 4 !== 0 || slot + 1 >= section.size / 8)
            refuse(`${relocation.place}: R_BPF_64_64 applies to an LDDW (opcode 18, source register 0, two slots)`);
          const address = BigInt.asUintN(64, addressOf(relocation) + BigInt(section.immediate(slot)));
          view.setUint32(8 * placed + 4, Number(address & 0xffffffffn), true);
          view.setUint32(8 * placed + 12, Number(address >> 32n), true);
        } else if (relocation) refuse(`${relocation.place}: type ${relocation.type} does not apply to instructions; R_BPF_64_64 and R_BPF_64_32 do`);
        else if (section.isLocal(slot) && inside(placed + 1 + section.immediate(slot)))
          refuse(`slot ${slot} of ${section.place} calls slot ${slot + 1 + section.immediate(slot)}, outside of it`);
      }
      for (const symbol of section.symbols.filter(each => (isFunction(each) || isLabel(each)) && each.value % 8 === 0)) {
        const slot = slotOf(section, symbol.value / 8);
        if (slot !== null && (isFunction(symbol) || !names.has(slot))) names.set(slot, symbol.name);
      }
    }
    return { bytes: program, entry: slotOf(entry.section, entry.symbol.value / 8), regions, names };
  }

  // The sections of data that the program refers to, directly or through other data, each at its address, filled in.
  function follow(sections, parts) {
    const used = new Set(), commons = new Set(), open = [], uses = [], needed = new Set();
    const add = ({ symbol }, addend, isUse) => {
      if (symbol.section === 0xfff2) commons.add(symbol);
      const section = sections[symbol.section];
      if (!section || !section.isData) return;
      if (!used.has(section)) { used.add(section); open.push(section); }
      if (isUse) uses.push([section, symbol.value + addend]);
    };
    // The object that a byte of a section belongs to, if symbols tell objects apart.
    const objectAt = (section, offset) => section.symbols.find(each => each.type === 1 && offset >= each.value && offset - each.value < each.size);
    const addAll = (section, relocations, areUses) => {
      const view = new DataView(section.bytes.buffer);
      for (const relocation of relocations) {
        const { offset, type } = relocation, size = type === 2 ? 8 : type === 3 ? 4 : 0;
        if (section.type === 8 || offset + size > section.size) continue;
        add(relocation, type === 2 ? Number(view.getBigInt64(offset, true)) : type === 3 ? view.getInt32(offset, true) : 0, areUses);
      }
    };
    for (const { section, first, end } of parts)
      for (const [slot, relocation] of section.at) if (slot >= first && slot < end && relocation.type === 1) add(relocation, section.immediate(slot), true);
    while (open.length > 0) { const section = open.pop(); addAll(section, section.relocations, false); }
    while (uses.length > 0) {
      const [section, offset] = uses.pop(), found = objectAt(section, offset);
      if (found && !needed.has(found)) {
        needed.add(found);
        addAll(section, section.relocations.filter(each => each.offset >= found.value && each.offset - found.value < found.size), true);
      } else if (!found && !needed.has(section)) {
        needed.add(section);
        section.symbols.forEach(each => needed.add(each));
        addAll(section, section.relocations, true);
      }
    }
    // What nothing refers to need not lead anywhere: a table of functions that is not used.
    const isUnused = (section, offset) => { const found = objectAt(section, offset); return found !== undefined && !needed.has(found); };
    const ordered = sections.filter(section => used.has(section));
    for (const section of ordered) if ((section.flags & 0x400) !== 0) refuse(`${section.place}: thread-local data are not part of this machine`);
    const offsets = new Map();
    let size = 0n, alignment = 1n;
    for (const symbol of [...commons].sort((one, other) => one.index - other.index)) {
      const wish = BigInt(symbol.value);
      if (wish === 0n || wish & (wish - 1n)) refuse(`symbol ${symbol.index} (${symbol.name}) asks for an alignment of ${wish}, which is not a power of two`);
      size = roundUp(size, wish);
      offsets.set(symbol, size);
      size += BigInt(Math.max(symbol.size, 1));
      if (wish > alignment) alignment = wish;
    }
    const wanted = ordered.map(section => ({ name: section.place, size: section.size, alignment: section.alignment }));
    if (size > 0n) wanted.push({ name: ".bss", size: Number(size), alignment });
    const starts = place(wanted), startOf = new Map(ordered.map((section, i) => [section, starts[i]]));
    const addressOf = ({ symbol, place: at }) => {
      if (symbol.section === 0) return symbol.binding === 2 ? 0n : refuse(`${at}: '${symbol.name}' is declared but not defined in this object`);
      if (symbol.section === 0xfff2) return starts.at(-1) + offsets.get(symbol);
      const section = sections[symbol.section];
      if (!section || !startOf.has(section)) {
        return refuse(`${at}: '${symbol.name}' lies in ${section ? section.place : "no section"}, `
          + (section && section.isText ? "whose address no profile can call" : "which is not loaded"));
      }
      return startOf.get(section) + BigInt(symbol.value);
    };
    const regions = ordered.map((section, i) => {
      const bytes = section.bytes.slice(), view = new DataView(bytes.buffer);
      for (const relocation of section.relocations) {
        const { offset, type, place: at } = relocation;
        let address;
        try { address = addressOf(relocation); } catch (error) { if (isUnused(section, offset)) continue; throw error; }
        if (type === 2) view.setBigUint64(offset, BigInt.asUintN(64, address + view.getBigUint64(offset, true)), true);
        else if (type === 3) view.setUint32(offset, Number(BigInt.asUintN(32, address + BigInt(view.getInt32(offset, true)))), true);
        else refuse(`${at}: type ${type} does not apply to data; R_BPF_64_ABS64 and R_BPF_64_ABS32 do`);
      }
      return { name: section.name, start: starts[i], permission: (section.flags & 1) !== 0 ? "rw" : "r", bytes };
    });
    if (size > 0n) regions.push({ name: ".bss", start: starts.at(-1), permission: "rw", bytes: new Uint8Array(Number(size)) });
    return { addressOf, regions };
  }

  // A container: a header of 28 bytes, data, read-only data, text, functions. Its text has two wide loads of its own, of addresses.
  const loadsData = 0xb8, loadsConstants = 0xd8;
  function rbf(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length), word = at => view.getUint32(at, true);
    const [data, constants, text, functions] = [12, 16, 20, 24].map(word);
    if (word(4) !== 0) refuse(`RBF header, byte 0x04: version ${word(4)}; the only version is 0`);
    if (word(8) !== 0) refuse("RBF header, byte 0x08: the text is compressed, which no machine executes; generate the file without compression");
    if (28 + data + constants + text + 6 * functions !== bytes.length || text % 8) refuse("RBF header: its lengths do not make the file's, or the text is not whole slots");
    const parts = [[".data", "rw", 28, data], [".rodata", "r", 28 + data, constants]].filter(([, , , size]) => size > 0);
    const starts = place(parts.map(([name, , , size]) => ({ name, size, alignment: 0n })));
    const regions = parts.map(([name, permission, at, size], i) => ({ name, permission, start: starts[i], bytes: bytes.slice(at, at + size) }));
    const program = bytes.slice(28 + data + constants, 28 + data + constants + text), slots = new DataView(program.buffer);
    for (let slot = 0; slot < text / 8; slot++) {
      const opcode = program[8 * slot];
      if (opcode !== wide && opcode !== loadsData && opcode !== loadsConstants) continue;
      if (slot + 1 >= text / 8) refuse(`text, slot ${slot}: opcode ${opcode.toString(16)} takes two slots, but the text ends after ${text / 8}`);
      if (opcode !== wide) {
        if (slots.getUint32(8 * slot + 8, true) !== 0) refuse(`text, slot ${slot + 1}: all but the immediate of a second slot must be zero`);
        const region = regions.find(each => each.name === (opcode === loadsData ? ".data" : ".rodata")) || refuse(`text, slot ${slot}: it loads an address of data that the container does not have`);
        const given = BigInt(slots.getUint32(8 * slot + 12, true)) << 32n | BigInt(slots.getUint32(8 * slot + 4, true));
        const address = BigInt.asUintN(64, region.start + given);
        program[8 * slot] = wide;
        slots.setUint32(8 * slot + 4, Number(address & 0xffffffffn), true);
        slots.setUint32(8 * slot + 12, Number(address >> 32n), true);
      }
      slot++;
    }
    return { bytes: program, entry: 0, regions, names: new Map() };
  }

  const whole = (what, read) => {
    try { return read(); } catch (error) {
      if (error instanceof RangeError || error instanceof TypeError) refuse(`the ${what} is damaged: it ends too early, or its tables lead nowhere`);
      throw error;
    }
  };

  return {
    elf: (bytes, helpers, name) => whole("object", () => elf(bytes, helpers, name)),
    rbf: bytes => whole("container", () => rbf(bytes)),
  };
})();
