// Debugs with npm's package @vscode/debugadapter-testsupport, the client of VS Code's own tests:
// client.js FOLDER RBPF OBJECT SOURCE, where FOLDER has node_modules, and RBPF is rbpf.dll.
'use strict'
const assert = require('assert')
const [folder, rbpf, object, source] = process.argv.slice(2)
const { DebugClient } = require(require.resolve('@vscode/debugadapter-testsupport', { paths: [folder] }))

const launch = { program: object, context: '0100000002000000', profile: 'rfc9669' }
const thread = { threadId: 1 }

async function session (work) {
  const client = new DebugClient('dotnet', `"${rbpf}" debug`, 'rbpf', { shell: true }, true)
  client.defaultTimeout = 60000
  await client.start()
  try {
    await work(client)
  } finally {
    await client.stop()
  }
}

// What stops the program next, after a request that makes it go.
async function go (client, request) {
  const [stopped] = await Promise.all([client.waitForEvent('stopped'), request])
  return stopped.body
}

async function top (client) {
  const response = await client.stackTraceRequest(thread)
  return response.body.stackFrames[0]
}

async function registers (client) {
  const frame = await top(client)
  const scopes = (await client.scopesRequest({ frameId: frame.id })).body.scopes
  const reference = scopes.find((scope) => scope.name === 'Registers').variablesReference
  const variables = (await client.variablesRequest({ variablesReference: reference })).body.variables
  return { reference, values: Object.fromEntries(variables.map((one) => [one.name, one.value])) }
}

async function breakAndStep () {
  await session(async (client) => {
    await client.hitBreakpoint(launch, { path: source, line: 3 }, { path: source, line: 3 })
    assert.strictEqual((await client.stackTraceRequest(thread)).body.totalFrames, 2)
    await go(client, client.stepOutRequest(thread))
    assert.strictEqual((await top(client)).line, 7)
    await go(client, client.stepInRequest(thread))
    assert.strictEqual((await top(client)).line, 3)
    assert.strictEqual((await registers(client)).values.r2, '1')
    await go(client, client.reverseContinueRequest(thread))
    assert.strictEqual((await top(client)).line, 3)
    assert.strictEqual((await registers(client)).values.r2, '0')
    for (const line of [7, 6]) {
      await go(client, client.stepBackRequest(thread))
      assert.strictEqual((await top(client)).line, line)
    }
    console.log('breakpoints and steps')
  })
}

async function trapAndRepair () {
  await session(async (client) => {
    const stopped = client.waitForEvent('stopped')
    await Promise.all([client.configurationSequence(), client.launch(launch)])
    const trap = (await stopped).body
    assert.strictEqual(trap.reason, 'exception')
    assert.match(trap.text, /^load of 4 bytes at 0x20000008 /)
    const info = await client.exceptionInfoRequest(thread)
    assert.strictEqual(info.body.exceptionId, 'MemoryAccess')
    const { reference, values } = await registers(client)
    assert.match(values.r1, /^0x20000008/)
    await client.setVariableRequest({ variablesReference: reference, name: 'r1', value: 'context' })
    const read = await client.customRequest('readMemory', { memoryReference: '0x20000000', count: 8 })
    assert.strictEqual(Buffer.from(read.body.data, 'base64').toString('hex'), launch.context)
    const listed = await client.customRequest('disassemble', {
      memoryReference: (await top(client)).instructionPointerReference, instructionOffset: -1, instructionCount: 2
    })
    assert.deepStrictEqual(listed.body.instructions.map((one) => one.instruction), ['15  add %r1, %r2', '16  ldxw %r0, [%r1]'])
    const exited = client.waitForEvent('exited')
    await Promise.all([client.waitForEvent('terminated'), client.continueRequest(thread)])
    assert.strictEqual((await exited).body.exitCode, 0)
    console.log('a trap repaired')
  })
}

async function refuse () {
  await session(async (client) => {
    await client.initializeRequest()
    await assert.rejects(client.launchRequest({ program: `${object}.none` }), /cannot be read|does not exist|no such/i)
    await assert.rejects(client.launchRequest({ program: object, profile: 'none' }), /there is no profile 'none'/)
    await assert.rejects(client.launchRequest({ program: object, context: 'zz' }), /two hexadecimal digits/)
    await assert.rejects(client.customRequest('dance'), /there is no command 'dance'/)
    console.log('refusals in words')
  })
}

breakAndStep().then(trapAndRepair).then(refuse).catch((problem) => {
  console.error(problem)
  process.exit(1)
})
