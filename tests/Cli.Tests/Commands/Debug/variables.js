// Debugs a program with variables of C by npm's package @vscode/debugadapter-testsupport, the client of VS Code's own tests:
// variables.js FOLDER RBPF OBJECT SOURCE CONTEXT, where FOLDER has node_modules, and RBPF is rbpf.dll.
'use strict'
const assert = require('assert')
const [folder, rbpf, object, source, context] = process.argv.slice(2)
const { DebugClient } = require(require.resolve('@vscode/debugadapter-testsupport', { paths: [folder] }))

async function main () {
  const client = new DebugClient('dotnet', `"${rbpf}" debug`, 'rbpf', { shell: true }, true)
  client.defaultTimeout = 60000
  await client.start()
  try {
    // The loop that fills the table: the second round.
    const [, stopped] = await Promise.all([
      client.launch({ program: object, context, section: 'prog' }),
      client.waitForEvent('initialized').then(async () => {
        await client.setBreakpointsRequest({
          source: { path: source },
          breakpoints: [{ line: 23, hitCondition: '2' }, { line: 33, logMessage: 'total is {total}' }]
        })
        const stop = client.waitForEvent('stopped')
        await client.configurationDoneRequest()
        return stop
      })
    ])
    assert.strictEqual(stopped.body.reason, 'breakpoint')
    const frames = (await client.stackTraceRequest({ threadId: 1 })).body.stackFrames
    assert.deepStrictEqual(frames.map((one) => one.name), ['fill', 'entry'])
    const scopes = (await client.scopesRequest({ frameId: frames[1].id })).body.scopes
    assert.strictEqual(scopes[0].name, 'Locals')
    const locals = (await client.variablesRequest({ variablesReference: scopes[0].variablesReference })).body.variables
    const request = locals.find((one) => one.name === 'request')
    assert.strictEqual(request.type, 'struct request *')
    const members = (await client.variablesRequest({ variablesReference: request.variablesReference })).body.variables
    assert.strictEqual(members.find((one) => one.name === 'color').value, 'BLUE (-1)')
    const at = members.find((one) => one.name === 'at')
    const parts = (await client.variablesRequest({ variablesReference: at.variablesReference })).body.variables
    assert.deepStrictEqual(parts.map((one) => `${one.evaluateName} = ${one.value}`),
      ['request->at.x = -2', "request->at.tag = {97 'a', 98 'b', 99 'c'}"])
    const told = client.waitForEvent('output')
    const ended = client.waitForEvent('terminated')
    await client.continueRequest({ threadId: 1 })
    assert.match((await told).body.output, /^total is \d+\n$/)
    await ended
    console.log('variables, hits and log points')
  } finally {
    await client.stop()
  }
}

main().catch((problem) => {
  console.error(problem)
  process.exit(1)
})
