// Other implementations of COSE and CBOR, on request: what they read and write is printed as one JSON object.
//   node peer.js verify X Y UPDATE             verifies with cose-js, decodes with cbor
//   node peer.js sign D KID MANIFEST PROGRAM   signs with cose-js
// All in hexadecimal digits. The packages are found by NODE_PATH.
const cose = require('cose-js');
const cbor = require('cbor');

const bytes = (hex) => Buffer.from(hex, 'hex');
const hex = (buffer) => Buffer.from(buffer).toString('hex');

async function verify(x, y, update) {
  const result = {};
  try {
    result.manifest = hex(await cose.sign.verify(bytes(update), { key: { x: bytes(x), y: bytes(y) } }));
  } catch (error) {
    result.refused = String(error.message);
    return result;
  }

  const message = cbor.decodeFirstSync(bytes(update));
  const [header, other, manifest, signature] = message.value;
  result.tag = message.tag;
  result.algorithm = cbor.decodeFirstSync(header).get(1);
  result.kid = hex(other.get(4));
  result.program = hex(other.get('#program'));
  result.signature = signature.length;
  const read = cbor.decodeFirstSync(manifest);
  result.entries = [...read.entries()].map(([key, value]) =>
    [key, Array.isArray(value) ? value.map((one) => (Buffer.isBuffer(one) ? hex(one) : one)) : value]);
  return result;
}

async function sign(d, kid, manifest, program) {
  const headers = { p: { alg: 'ES256' }, u: {} };
  const signed = await cose.sign.create(headers, bytes(manifest), { key: { d: bytes(d) } });
  const message = cbor.decodeFirstSync(signed);

  // cose-js knows no labels but those of the registry; what is in the unprotected header is not signed.
  message.value[1] = new Map([[4, bytes(kid)], ['#program', bytes(program)]]);
  return { update: hex(cbor.encode(message)) };
}

const [what, ...rest] = process.argv.slice(2);
({ verify, sign })[what](...rest).then((result) => console.log(JSON.stringify(result)));
