// What every engine of JavaScript runs: a task, often enough for its clock. Defines timed(task, hexadecimal, now, milliseconds).
function host() {
  var payload = "", header = 0;
  return {
    find: function (place) { return place; },
    read: function (sensor) { return sensor === 1 ? { value: 2716, scale: -2 } : null; },
    begin: function (code) { header = code === 69 ? 5 : 0; return 0; },
    addFormat: function (format) { header += 1; return 1; },
    finish: function (flags) { header += flags; return header; },
    writeFixedPoint: function (value, scale) {
      var digits = "" + value, at = digits.length + scale;
      payload = digits.slice(0, at) + "." + digits.slice(at);
      return payload.length;
    },
  };
}

function wordsOf(hexadecimal) {
  var words = [];
  for (var i = 0; i + 3 < hexadecimal.length; i += 4) {
    words.push(parseInt(hexadecimal.slice(i + 2, i + 4) + hexadecimal.slice(i, i + 2), 16));
  }
  return words;
}

// The median of five batches, each at least so long.
function timed(run, now, milliseconds) {
  var result = run(), count = 1, times = [];
  for (;;) {
    var start = now();
    for (var i = 0; i < count; i++) result = run();
    var took = now() - start;
    if (took < milliseconds) { count *= took * 4 < milliseconds ? 4 : 2; continue; }
    times.push(took * 1e6 / count);
    if (times.length === 5) break;
  }
  times.sort(function (a, b) { return a - b; });
  return result + " " + times[2].toFixed(1);
}

function task(name, hexadecimal, now, milliseconds) {
  if (name === "reply") {
    var device = host();
    return timed(function () { return reply(device); }, now, milliseconds);
  }
  var words = wordsOf(hexadecimal);
  return timed(function () { return fletcher32(words); }, now, milliseconds);
}
