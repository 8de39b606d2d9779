// Assembly text to slots and back, by the patterns of the encodings: in the syntax of bpf_conformance and in LLVM's, line by
// line. Directives and data are for 'rbpf asm'; an object of theirs can be dropped.
playground.assembler = (() => {
  const { syntax } = playground;
  const widths = { dst: 4, src: 4, offset: 16, imm: 32, next: 32 };
  const quote = text => text.length > 48 ? `'${text.slice(0, 48)}…'` : `'${text}'`;
  const isName = character => /[A-Za-z_.$@]/.test(character || "");

  function tokens(line) {
    const found = [];
    for (let at = 0; at < line.length;) {
      if (/\s/.test(line[at])) { at++; continue; }
      const rest = line.slice(at), operator = syntax.operators.find(each => rest.startsWith(each));
      const [text] = operator ? [operator]
        : /^[0-9][\w.$@]*/.exec(rest) || (isName(rest[0]) || rest[0] === "%" && isName(rest[1]) ? /^%?[\w.$@]+/.exec(rest) : [String.fromCodePoint(rest.codePointAt(0))]);
      found.push({ text, column: at + 1, kind: operator ? "symbol" : /^[0-9]/.test(text) ? "number" : /^%?[A-Za-z_.$@]/.test(text) ? "word" : "symbol" });
      at += text.length;
    }
    found.push({ text: "", column: line.length + 1, kind: "end" });
    return found;
  }

  // The parts of a pattern: fixed text as its tokens, and what stands in braces.
  const parts = pattern => pattern.split(/(\{\w\|[^{}]*\})/).filter(text => text.trim()).map(text =>
    text[0] === "{" && text[2] === "|" ? { kind: text[1], given: text.slice(3, -1).split("|") }
      : { kind: "fixed", tokens: tokens(text).slice(0, -1).map(token => token.text) });

  // Numbers: decimal or hexadecimal; as in C, also octal, binary and with the endings of types. Where both syntaxes write an
  // instruction alike, a leading zero would mean two things, and is refused.
  function magnitude(text, style) {
    if (style !== "decimal") text = text.replace(/(ULL|UL|LL|U|L)$/, "");
    if (/^0x[0-9a-f]+$/i.test(text)) return BigInt(text);
    if (style !== "decimal" && /^0b[01]+$/i.test(text)) return BigInt(text);
    if (!/^[0-9]+$/.test(text)) return null;
    if (style === "decimal" || text === "0" || text[0] !== "0") return BigInt(text);
    return style === "c" && /^[0-7]+$/.test(text) ? BigInt("0o" + text.slice(1)) : null;
  }

  const numberWords = (width, what, plus) => `${what} from ${-(1n << BigInt(width - 1))} to ${plus}`;

  class Cursor {
    constructor(tokens, start, style, expectations) {
      Object.assign(this, { tokens, at: start, style, expectations, fields: { dst: 0n, src: 0n, offset: 0n, imm: 0n, next: 0n }, read: new Set(), label: null });
    }

    get current() { return this.tokens[this.at]; }

    refuse(expected, isNear = false, at = this.at, found = null) {
      const best = this.expectations, order = at - best.at || Number(isNear) - Number(best.isNear), token = this.tokens[at];
      if (order > 0) Object.assign(best, { at, isNear, column: token.column, found: found || (token.kind === "end" ? "the end of the line" : quote(token.text)), expected: [] });
      if (order >= 0 && !best.expected.includes(expected)) best.expected.push(expected);
      return false;
    }

    accept(text) {
      const same = this.style === "decimal" ? this.current.text === text : this.current.text.toLowerCase() === text.toLowerCase();
      if (same && this.current.kind !== "end") this.at++;
      return same;
    }

    set(field, value) {
      value = BigInt.asUintN(widths[field], value);
      if (this.read.has(field) && this.fields[field] !== value) return false;
      this.read.add(field);
      this.fields[field] = value;
      return true;
    }

    number(least, greatest, expected) {
      const first = this.at, sign = ["-", ...this.style === "decimal" ? [] : ["+"]].includes(this.current.text) && this.tokens[first + 1].kind === "number";
      if (!sign && this.current.kind !== "number") { this.refuse(expected); return null; }
      const token = this.tokens[sign ? first + 1 : first], size = magnitude(token.text, this.style);
      const value = size === null ? null : sign && this.current.text === "-" ? -size : size;
      if (value === null || value < least || value > greatest) {
        this.refuse(expected, true, first, quote((sign ? this.current.text : "") + token.text));
        return null;
      }
      this.at += sign ? 2 : 1;
      return value;
    }

    signed(field, what, width) {
      const greatest = (1n << BigInt(width - 1)) - 1n, isPositive = this.style === "decimal" && this.accept("+");
      const value = this.number(isPositive ? 0n : -greatest - 1n, greatest, numberWords(width, what, `+${greatest}`));
      return value !== null && this.set(field, value);
    }

    isLabel() { return this.current.kind === "word" && this.current.text[0] !== "%"; }

    isRegister() { return /^[rw][0-9]{1,2}$/i.test(this.current.text); }
  }

  const readers = {
    fixed: (part, cursor) => part.tokens.every(text => cursor.accept(text) || cursor.refuse(`'${text}'`)),
    r: ({ given: [field, prefix] }, cursor) => {
      const match = new RegExp(`^${prefix}([0-9]+)$`, cursor.style === "decimal" ? "" : "i").exec(cursor.current.text);
      if (!match || !/^(10|[0-9])$/.test(match[1])) return cursor.refuse(`a register from ${prefix}0 to ${prefix}10`, match !== null);
      if (!cursor.set(field, BigInt(match[1]))) return cursor.refuse(`'${prefix}${cursor.fields[field]}' again`, true);
      cursor.at++;
      return true;
    },
    n: ({ given: [field] }, cursor) => {
      const value = cursor.number(-(1n << 31n), (1n << 32n) - 1n, "a number from -2147483648 to 4294967295");
      return value !== null && cursor.set(field, value);
    },
    w: ({ given: [, bits] }, cursor) => {
      const width = BigInt(bits), least = -(1n << width - 1n), greatest = (1n << width) - 1n;
      const value = cursor.number(least, greatest, `a number from ${least} to ${greatest}`);
      if (value === null) return false;
      cursor.fields.imm = BigInt.asUintN(32, value);
      cursor.fields.next = width === 64n ? BigInt.asUintN(64, value) >> 32n : 0n;
      return true;
    },
    a: ({ given: [field] }, cursor) => {
      if (cursor.current.text === "+" || cursor.current.text === "-") return cursor.signed(field, "an offset", widths[field]);
      cursor.refuse("an offset such as +4");
      return cursor.set(field, 0n);
    },
    d: ({ given: [field, width] }, cursor) => {
      if (cursor.isLabel() && (cursor.style === "decimal" || !cursor.isRegister())) { cursor.label = { ...cursor.current, field }; cursor.at++; return true; }
      const isBare = cursor.current.kind === "number" && cursor.style !== "decimal";
      if (!isBare && cursor.current.text !== "+" && cursor.current.text !== "-") return cursor.refuse("a label or a distance such as +3");
      return cursor.signed(field, "a distance", Number(width));
    },
    c: ({ given: [field] }, cursor) => {
      const text = cursor.current.text;
      if (!cursor.isLabel() || syntax.callees.includes(text) || cursor.isRegister()) return cursor.refuse("the label of a function");
      cursor.label = { ...cursor.current, field };
      cursor.at++;
      return true;
    },
  };

  const productions = (() => {
    const all = [];
    for (const [dialect, style] of [["conformance", "decimal"], ["llvm", "c"]]) {
      for (const [id, patterns] of Object.entries(syntax[dialect])) {
        for (const pattern of patterns) {
          const isShared = syntax.conformance[id].includes(pattern) && syntax.llvm[id].includes(pattern);
          if (isShared && dialect === "llvm") continue;
          all.push({ id, dialect, isShared, style: isShared ? "alike" : style, parts: parts(pattern) });
        }
      }
    }
    all.push({ id: null, dialect: "conformance", isShared: true, style: "alike", parts: parts(".slot {w|x|64}") });
    return all;
  })();

  const byFirst = new Map();
  for (const production of productions) {
    const first = production.parts[0].kind === "fixed" ? production.parts[0].tokens[0].toLowerCase() : "";
    byFirst.set(first, [...byFirst.get(first) || [], production]);
  }

  // What a statement is: { production, fields, label }, or { found, expected, column }.
  function statement(all, start, dialect) {
    const expectations = { at: -1, isNear: false, expected: [] };
    for (const production of [...byFirst.get(all[start].text.toLowerCase()) || [], ...byFirst.get("") || []]) {
      if (dialect && !production.isShared && production.dialect !== dialect) continue;
      const cursor = new Cursor(all, start, production.style, expectations);
      if (production.parts.every(part => readers[part.kind](part, cursor)) && (cursor.current.kind === "end" || cursor.refuse("the end of the line")))
        return { production, fields: cursor.fields, label: cursor.label };
    }
    const word = all.slice(start).find(token => token.kind === "word" && syntax.outside.some(([text, name]) => text === token.text || name === token.text));
    if (word) {
      const [, , found, expected] = syntax.outside.find(([text, name]) => text === word.text || name === word.text);
      return { column: all[start].column, found, expected };
    }
    if (/^\.[A-Za-z]/.test(all[start].text) && all[start].text !== ".slot")
      return { column: all[start].column, found: `the directive ${quote(all[start].text)}`, expected: "instructions, labels and .slot here; 'rbpf asm' takes directives and data" };
    if (expectations.at > start || expectations.isNear) {
      const { column, found, expected } = expectations, last = expected.at(-1);
      return { column, found, expected: expected.length > 1 ? `${expected.slice(0, -1).join(", ")} or ${last}` : last };
    }
    return { column: all[start].column, found: quote(all[start].text), expected: "an instruction, a label or .slot" };
  }

  // Comments become spaces, so that columns stay; those of several lines, too.
  const withoutComments = text => text
    .replace(/\/\*[^]*?(\*\/|$)/g, comment => comment.replace(/[^\n]/g, " "))
    .replace(/(#|\/\/)[^\n]*/g, comment => " ".repeat(comment.length));

  // A text as { slots, lines (that of each slot), labels, errors: { line, column, found, expected } }. Of one that is all wrong
  // the rest is not read: isCut.
  const mostErrors = 1000;
  function assemble(profile, text, dialect) {
    const { rbpf } = profile, slots = [], lines = [], errors = [], open = [], labels = new Map();
    let exit = null;
    const add = (line, { column, found, expected }) => errors.push({ line, column, found, expected });
    let isCut = !withoutComments(text).split("\n").every((content, index) => {
      const all = tokens(content), line = index + 1;
      let isLlvm = dialect === "llvm", before = null;
      for (let from = 0, end = 0; from < all.length; from = end + 1) {
        for (end = from; end < all.length - 1 && all[end].text !== ";";) end++;
        const piece = [...all.slice(from, end), { text: "", column: all[end].column, kind: "end" }];
        let at = 0;
        while (piece[at].kind === "word" && piece[at].text[0] !== "%" && piece[at + 1].text === ":") {
          if (labels.has(piece[at].text)) add(line, { column: piece[at].column, found: `${quote(piece[at].text)} a second time`, expected: "a new label" });
          else labels.set(piece[at].text, slots.length);
          at += 2;
        }
        if (from + at < end) {
          const read = statement(piece, at, dialect);
          if (before && !isLlvm) {
            const found = "';' before a statement, which separates statements for LLVM and starts a comment for others";
            if (read.production) add(line, { column: before.column, found, expected: "a line for each statement, or '#' before a comment" });
            return errors.length < mostErrors;
          }
          if (!read.production) { add(line, read); return errors.length < mostErrors; }
          isLlvm ||= read.production.dialect === "llvm";
          const { id } = read.production, form = id && rbpf.byId.get(id);
          const made = form ? rbpf.encode({ form, fields: read.fields }) : [read.fields.next << 32n | read.fields.imm];
          if (id === "jmp/exit") exit ??= slots.length;
          if (read.label) open.push({ line, label: read.label, form, fields: read.fields, slot: slots.length });
          slots.push(...made);
          lines.push(...made.map(() => line));
        }
        before = all[end];
      }
      return errors.length < mostErrors;
    });
    if (!labels.has("exit") && exit !== null) labels.set("exit", exit);
    for (const { line, label, form, fields, slot } of isCut ? [] : open) {
      if (errors.length >= mostErrors) { isCut = true; break; }
      if (!labels.has(label.text)) { add(line, { column: label.column, found: `${quote(label.text)}, which is not defined`, expected: "a label of this text" }); continue; }
      const distance = BigInt(labels.get(label.text) - slot - form.slots), width = widths[label.field];
      if (BigInt.asIntN(width, distance) !== distance) {
        add(line, { column: label.column, found: `${quote(label.text)}, ${distance} slots away`, expected: numberWords(width, "a distance", `+${(1n << BigInt(width - 1)) - 1n}`) });
        continue;
      }
      slots.splice(slot, form.slots, ...rbpf.encode({ form, fields: { ...fields, [label.field]: BigInt.asUintN(width, distance) } }));
    }
    errors.sort((one, other) => one.line - other.line || one.column - other.column);
    return { slots, lines, labels, errors, isCut };
  }

  const printers = {
    r: (fields, [field, prefix]) => prefix + fields[field],
    n: (fields, [field]) => BigInt.asIntN(32, fields[field]).toString(),
    w: (fields, [notation]) => {
      const wide = fields.next << 32n | fields.imm;
      return notation === "x" ? "0x" + wide.toString(16) : notation === "d" ? BigInt.asIntN(64, wide).toString() : wide.toString();
    },
    a: (fields, [field, plus, minus, zero]) => {
      const value = BigInt.asIntN(widths[field], fields[field]);
      return value > 0n ? plus + value : value < 0n ? minus + -value : zero;
    },
    d: (fields, [field], label) => label || (BigInt.asIntN(widths[field], fields[field]) < 0n ? "" : "+") + BigInt.asIntN(widths[field], fields[field]),
    c: (fields, given, label) => printers.d(fields, given, label),
  };

  // The text of an instruction { form, fields }, with a label for where it leads if there is one.
  const print = ({ form, fields }, dialect = "conformance", label = null) =>
    syntax[dialect][form.id][0].replace(/\{(\w)\|([^{}]*)\}/g, (_, kind, given) => printers[kind](fields, given.split("|"), label));

  return { assemble, print };
})();
