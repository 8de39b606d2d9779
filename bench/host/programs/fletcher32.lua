-- Fletcher-32 over 16-bit words.
function fletcher32(words)
  local sum1, sum2, at, left = 0xffff, 0xffff, 1, #words
  while left > 0 do
    local block = left > 359 and 359 or left
    left = left - block
    repeat
      sum1 = sum1 + words[at]
      at = at + 1
      sum2 = sum2 + sum1
      block = block - 1
    until block == 0
    sum1 = (sum1 & 0xffff) + (sum1 >> 16)
    sum2 = (sum2 & 0xffff) + (sum2 >> 16)
  end
  sum1 = (sum1 & 0xffff) + (sum1 >> 16)
  sum2 = (sum2 & 0xffff) + (sum2 >> 16)
  return (sum2 << 16) | sum1
end
