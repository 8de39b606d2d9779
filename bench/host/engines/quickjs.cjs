// QuickJS, itself WebAssembly in V8: node quickjs.cjs SCRIPT, with the package quickjs-emscripten where node finds packages.
const fs = require("node:fs");
require("quickjs-emscripten").getQuickJS().then((engine) => {
  const context = engine.newContext();
  const print = context.newFunction("print", (text) => console.log(context.getString(text)));
  context.setProp(context.global, "print", print);
  const result = context.evalCode(fs.readFileSync(process.argv[2], "utf8"));
  if (result.error) throw new Error(JSON.stringify(context.dump(result.error)));
});
