// Answers a request with the value of the second sensor: the length of the response, or a negative code.
function reply(host) {
  var reading = host.read(host.find(1));
  if (!reading) return -160;
  host.begin(69);
  host.addFormat(0);
  return host.finish(1) + host.writeFixedPoint(reading.value, reading.scale);
}
