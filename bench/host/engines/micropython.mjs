// MicroPython, itself WebAssembly in V8: node micropython.mjs SCRIPT PACKAGE
import fs from "node:fs";
import { pathToFileURL } from "node:url";
const { loadMicroPython } = await import(pathToFileURL(`${process.argv[3]}/micropython.mjs`));
const python = await loadMicroPython({ stdout: (line) => console.log(line) });
python.runPython(fs.readFileSync(process.argv[2], "utf8"));
