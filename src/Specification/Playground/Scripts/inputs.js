// What is typed beside the program, as values; what makes no sense is an Error that says what was expected.
playground.inputs = (() => {
  const refuse = text => { throw new Error(text); };
  const hex = value => "0x" + value.toString(16);

  // A number of up to 64 bits; undefined of nothing.
  function count(text, name) {
    const digits = text.replace(/[\s_]/g, "");
    if (digits === "") return undefined;
    return /^[0-9]+$/.test(digits) && BigInt(digits) < 1n << 64n ? BigInt(digits) : refuse(`${name} is '${text}'; expected a number such as 200, or nothing`);
  }

  function context(text) {
    const digits = text.replace(/\s/g, "").replace(/^0x/i, "");
    if (!/^([0-9a-f]{2})*$/i.test(digits)) refuse("the memory is not bytes; expected two hexadecimal digits each, such as 08000000");
    return Uint8Array.from(digits.match(/../g) || [], pair => parseInt(pair, 16));
  }

  const linesOf = text => text.split("\n").map((line, i) => [line.trim(), i + 1]).filter(([line]) => line);

  // A sensor a line: its type, its values, unit and scale, and whether it is an actuator.
  const sensors = text => linesOf(text).map(([line, number]) => {
    const match = /^(0x[0-9a-f]+|[0-9]+)\s+(-|-?[0-9]+(?:,-?[0-9]+){0,2})\s+([0-9]+)\s+(-?[0-9]+)(\s+actuator)?$/i.exec(line);
    if (!match) refuse(`sensors, line ${number}: expected type, values, unit and scale, such as '0x82 2150 2 -2', and perhaps 'actuator'`);
    const values = match[2] === "-" ? [] : match[2].split(",").map(Number), bytes = new Uint8Array(8), view = new DataView(bytes.buffer);
    values.forEach((value, place) => view.setInt16(2 * place, value, true));
    bytes[6] = Number(match[3]);
    view.setInt8(7, Number(match[4]));
    return { type: Number(match[1]) & 0xff, reading: values.length > 0 ? { dimensions: values.length, bytes } : null, isActuator: match[5] !== undefined };
  });

  const addressOf = text => {
    if (!/^(0x[0-9a-f]+|[0-9]+)$/i.test(text)) return null;
    const value = BigInt(text);
    return value < 1n << 64n ? value : null;
  };

  const most = 1n << 28n;

  // A region a line, zeroed: name:size:rw, and perhaps @address; those without one lie one after another.
  function regions(text, added) {
    let next = added, total = 0n;
    return linesOf(text).map(([line]) => {
      const [given, at] = line.includes("@") ? [line.slice(0, line.indexOf("@")), line.slice(line.indexOf("@") + 1)] : [line, null];
      const parts = given.split(":"), address = at === null ? undefined : addressOf(at);
      if (address === null) refuse(`region '${line}': '${at}' is no address; expected a number such as 0x40000000`);
      if (parts.length !== 3 || parts[0] === "") refuse(`region '${line}': expected name:size:rw or name:size:rw@address, such as table:64:r@0x40000000`);
      const [name, size, permission] = parts, bytes = addressOf(size);
      if (bytes === null || bytes === 0n || bytes > most) refuse(`region '${line}': '${size}' is no size; expected 1 to ${most} bytes`);
      if (!["r", "w", "rw"].includes(permission)) refuse(`region '${line}': '${permission}' is no permission; expected r, w or rw`);
      total += bytes;
      if (total > most) refuse(`region '${line}': with it the regions have ${total} bytes; expected at most ${most} in all`);
      const start = address === undefined ? next : address;
      if (address === undefined) next += (bytes + 4095n) / 4096n * 4096n + 4096n;
      return { name, start, permission, bytes: new Uint8Array(Number(bytes)) };
    });
  }

  // Refuses regions that wrap around, or that overlap one another, the context, or the stack frames.
  function disjoint(profile, context, regions) {
    const { stack, frameBytes, context: contextAt } = profile.rbpf.profile, depth = frameBytes * (Math.max(profile.frames, 1) - 1);
    const ranges = [
      { name: "stack frames", start: BigInt(stack - depth), length: BigInt(depth) },
      { name: "stack", start: BigInt(stack), length: BigInt(frameBytes) },
      ...context.length > 0 ? [{ name: "context", start: BigInt(contextAt), length: BigInt(context.length) }] : [],
      ...regions.map(({ name, start, bytes }) => ({ name, start, length: BigInt(bytes.length) })),
    ];
    ranges.forEach((range, i) => {
      if (range.start + range.length > 1n << 64n) refuse(`region '${range.name}' at ${hex(range.start)} of ${range.length} bytes wraps around the end of the address space`);
      const other = ranges.slice(0, i).find(each => each.start < range.start + range.length && range.start < each.start + each.length);
      if (other) refuse(`region '${range.name}' at ${hex(range.start)} overlaps region '${other.name}' at ${hex(other.start)}`);
    });
  }

  return { count, context, sensors, regions, disjoint };
})();
