// Fletcher-32 over 16-bit words.
function fletcher32(words) {
  var sum1 = 0xffff, sum2 = 0xffff, at = 0, left = words.length;
  while (left > 0) {
    var block = left > 359 ? 359 : left;
    left -= block;
    do {
      sum1 += words[at++];
      sum2 += sum1;
    } while (--block);
    sum1 = (sum1 & 0xffff) + (sum1 >>> 16);
    sum2 = (sum2 & 0xffff) + (sum2 >>> 16);
  }
  sum1 = (sum1 & 0xffff) + (sum1 >>> 16);
  sum2 = (sum2 & 0xffff) + (sum2 >>> 16);
  return ((sum2 << 16) | sum1) >>> 0;
}
