// Speaks to a server with npm's package coap: client.js FOLDER PORT PROGRAM, where FOLDER has node_modules and PROGRAM is hexadecimal.
'use strict'
const [folder, port, hex] = process.argv.slice(2)
const coap = require(require.resolve('coap', { paths: [folder] }))
const program = Buffer.from(hex, 'hex')
const size = 256

function send (options, payload) {
  return new Promise((resolve, reject) => {
    const request = coap.request({ host: '127.0.0.1', port: Number(port), ...options })
    request.on('response', resolve)
    request.on('error', reject)
    request.end(payload)
  })
}

async function put () {
  // The package cuts the payload into blocks when it is told their size.
  const options = { 'Content-Format': 'application/octet-stream', Block1: Buffer.from([Math.log2(size / 16)]) }
  const response = await send({ method: 'PUT', pathname: '/app/0', options }, program)
  console.log(`put ${response.code}`)
}

function observe () {
  return new Promise((resolve) => {
    const request = coap.request({ host: '127.0.0.1', port: Number(port), pathname: '/sensors/0', observe: true })
    request.on('response', (response) => {
      const values = []
      response.on('data', (chunk) => {
        values.push(parseInt(chunk.toString(), 10))
        if (values.length !== 3) return
        const rising = values.every((value, index) => index === 0 || value > values[index - 1])
        console.log(`observed 3 values, ${rising ? 'rising' : values}`)
        response.close()
        resolve()
      })
    })
    request.end()
  })
}

async function main () {
  await put()
  const got = await send({ pathname: '/app/0' })
  console.log(`got ${got.code} ${got.payload.length} bytes, ${got.payload.equals(program) ? 'the same' : 'others'}`)
  const ran = await send({ pathname: '/c/0' })
  console.log(`ran ${ran.code} ${ran.payload}`)
  const missing = await send({ pathname: '/nothing' })
  console.log(`missing ${missing.code}`)
  const links = await send({ pathname: '/.well-known/core' })
  const format = links.headers['Content-Format']
  console.log(`discovered ${format === 'application/link-format' ? 40 : format}`)
  await observe()
}

main().then(() => process.exit(0), (error) => {
  console.log(error.message)
  process.exit(1)
})
