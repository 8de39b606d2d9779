// V8, WebAssembly: node v8-wasm.cjs MODULES TASK HEXADECIMAL MILLISECONDS
const fs = require("node:fs"), path = require("node:path"), vm = require("node:vm");
const [modules, name, hexadecimal, milliseconds] = process.argv.slice(2);
vm.runInThisContext(fs.readFileSync(path.join(__dirname, "tasks.js"), "utf8"));
const device = host();
let memory;
const imports = {
  host: {
    find: device.find,
    read: (sensor, at) => {
      const reading = device.read(sensor);
      if (!reading) return 0;
      const view = new DataView(memory.buffer);
      view.setInt16(at, reading.value, true);
      view.setInt8(at + 7, reading.scale);
      return 1;
    },
    begin: device.begin,
    add_format: device.addFormat,
    finish: device.finish,
    write_fixed_point: device.writeFixedPoint,
  },
};
const instance = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(path.join(modules, `${name}.wasm`))), imports);
memory = instance.exports.memory;
const now = () => performance.now();
if (name === "reply") {
  console.log(timed(() => instance.exports.reply(), now, +milliseconds));
} else {
  const input = Buffer.from(hexadecimal, "hex"), at = 4096, length = BigInt(input.length);
  new Uint8Array(memory.buffer).set(input, at);
  console.log(timed(() => instance.exports.fletcher32(at, length), now, +milliseconds));
}
