// What the functions of the host do. A call is { registers (r1 to r5), views (the bytes of each argument that is an address),
// host }; the result { result, host (where it changes), writes: [[argument, bytes]] }. The machine has asked for the arguments.
playground.host = given => ({ local: [], global: [], output: "", prints: 0, milliseconds: 0n, sensors: [], handles: [], wakeup: null, ...given });
playground.helpers = (() => {
  const low = (bits, value) => BigInt.asUintN(bits, value), signed = (bits, value) => BigInt.asIntN(bits, value);
  const failed = value => BigInt.asUintN(64, BigInt(value));
  const bytesOf = (value, count) => Uint8Array.from({ length: count }, (_, i) => Number(value >> BigInt(8 * i) & 0xffn));
  const wordOf = bytes => bytes.reduceRight((word, byte) => word << 8n | BigInt(byte), 0n);
  const latin = text => Uint8Array.from(text, character => character.charCodeAt(0));
  const textAt = view => {
    const end = view.indexOf(0);
    return String.fromCharCode(...(end < 0 ? view : view.subarray(0, end)));
  };

  const put = name => ({ registers: [first, second], host }) => {
    const key = low(32, first), value = low(32, second), store = host[name], at = store.findIndex(([each]) => each === key);
    if (at < 0 && store.length === 16) return { result: failed(-1) };
    return { result: 0n, host: { ...host, [name]: at < 0 ? [...store, [key, value]] : store.with(at, [key, value]) } };
  };
  const fetch = name => ({ registers: [first], host }) => {
    const found = host[name].find(([key]) => key === low(32, first));
    return { result: 0n, writes: [[2, bytesOf(found ? found[1] : 0n, 4)]] };
  };

  // printf: %d %i %u %x %X %c %p and %%, of 32 bits or, with l, ll or z, of 64; a width up to 99, and the flag 0.
  function expand(format, numbers) {
    let used = 0;
    return format.replace(/%([0-9]*)([lz]*)([diuxXcp%])/g, (text, field, size, kind) => {
      if (kind === "%") return "%";
      if (used === numbers.length) return text;
      const number = numbers[used++], bits = size || kind === "p" ? 64 : 32, value = low(bits, number);
      const digits = kind === "d" || kind === "i" ? signed(bits, number).toString()
        : kind === "u" ? value.toString()
        : kind === "x" ? value.toString(16)
        : kind === "X" ? value.toString(16).toUpperCase()
        : kind === "p" ? "0x" + value.toString(16)
        : String.fromCharCode(Number(value & 0xffn));
      if (field === "") return digits;
      const wide = field.replace(/^0+/, ""), width = wide.length > 2 ? 99 : Number(wide);
      if (field[0] !== "0") return digits.padStart(width);
      const prefix = digits[0] === "-" && digits.length > 1 ? 1 : kind === "p" ? 2 : 0;
      return digits.slice(0, prefix) + digits.slice(prefix).padStart(Math.max(width - prefix, 0), "0");
    });
  }

  // A host keeps so many texts, and no more.
  const printed = (host, text) => host.prints === playground.mostOutput ? host : { ...host, prints: host.prints + 1, output: host.output + text };

  function decimal(value, power) {
    if (power < -7 || power > 7) return "";
    const sign = value < 0 ? "-" : "", digits = Math.abs(value).toString();
    if (power >= 0) return sign + digits + "0".repeat(power);
    const padded = digits.padStart(1 - power, "0");
    return `${sign}${padded.slice(0, power)}.${padded.slice(power)}`;
  }

  const putText = (view, text) => text.length > view.length ? { result: 0n } : { result: BigInt(text.length), writes: [[1, latin(text)]] };

  const find = place => ({ registers: [asked], host }) => {
    const found = place(host.sensors, asked);
    if (found < 0 || found >= host.sensors.length) return { result: 0n };
    const at = host.handles.indexOf(found);
    if (at >= 0) return { result: BigInt(at + 1) };
    if (host.handles.length === 16) return { result: 0n };
    return { result: BigInt(host.handles.length + 1), host: { ...host, handles: [...host.handles, found] } };
  };
  const sensorOf = (handle, host) => handle >= 1n && handle <= BigInt(host.handles.length) ? host.handles[Number(handle) - 1] : null;
  const sensed = written => ({ registers: [handle], host }) => {
    const index = sensorOf(handle, host);
    if (index === null) return { result: failed(-19) };
    const { reading } = host.sensors[index];
    return reading ? { result: BigInt(reading.dimensions), writes: [[2, written(reading.bytes)]] } : { result: failed(-140) };
  };
  const setSensor = ({ registers: [handle], views, host }) => {
    const index = sensorOf(handle, host);
    if (index === null) return { result: failed(-19) };
    const sensor = host.sensors[index];
    if (!sensor.isActuator) return { result: failed(-95) };
    const dimensions = sensor.reading ? sensor.reading.dimensions : 1;
    return { result: BigInt(dimensions), host: { ...host, sensors: host.sensors.with(index, { ...sensor, reading: { dimensions, bytes: views[1] } }) } };
  };

  const wake = ({ registers: [, period], views, host }) => {
    const now = 1000n * host.milliseconds, next = low(32, wordOf(views[0]) + period), distance = signed(32, next - now);
    return { result: 0n, host: { ...host, wakeup: now + (distance > 0n ? distance : 0n) }, writes: [[1, bytesOf(next, 4)]] };
  };

  // No run of the playground answers a request, so there is no response to build.
  const noResponse = () => ({ result: failed(-22) });

  return {
    0x01: ({ registers, views, host }) => {
      const text = expand(textAt(views[0]), registers.slice(1));
      return { result: BigInt(text.length), host: printed(host, text) };
    },
    0x02: ({ registers, views }) => ({ result: registers[0], writes: [[1, views[1]]] }),
    0x03: ({ registers, host }) => ({ result: 0n, host: printed(host, registers[0].toString()) }),
    0x10: put("local"),
    0x11: put("global"),
    0x12: fetch("local"),
    0x13: fetch("global"),
    0x20: ({ host }) => ({ result: low(32, host.milliseconds) }),
    0x30: find((sensors, asked) => Number(signed(32, asked))),
    0x31: find((sensors, asked) => sensors.findIndex(sensor => sensor.type === Number(low(8, asked)))),
    0x32: sensed(bytes => bytes),
    0x33: setSensor,
    0x34: sensed(bytes => bytesOf(low(32, signed(16, wordOf(bytes.subarray(0, 2)))), 4)),
    0x40: noResponse,
    0x41: noResponse,
    0x42: noResponse,
    0x43: () => ({ result: 0n }),
    0x50: ({ registers, views }) => putText(views[0], decimal(Number(signed(16, registers[1])), Number(signed(32, registers[2])))),
    0x51: ({ registers, views }) => putText(views[0], low(32, registers[1]).toString()),
    0x52: ({ views }) => ({ result: BigInt(textAt(views[0]).length) }),
    0x60: ({ host }) => ({ result: low(32, 1000n * host.milliseconds) }),
    0x61: wake,
  };
})();
