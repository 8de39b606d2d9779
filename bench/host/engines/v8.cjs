// V8, JavaScript: node v8.cjs PROGRAMS TASK HEXADECIMAL MILLISECONDS
const fs = require("node:fs"), path = require("node:path"), vm = require("node:vm");
const [programs, name, hexadecimal, milliseconds] = process.argv.slice(2);
for (const file of [path.join(__dirname, "tasks.js"), path.join(programs, `${name}.js`)]) {
  vm.runInThisContext(fs.readFileSync(file, "utf8"));
}
console.log(task(name, hexadecimal, () => performance.now(), +milliseconds));
