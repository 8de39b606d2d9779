# Fletcher-32 over 16-bit words.
def fletcher32(words):
    sum1 = sum2 = 0xFFFF
    at = 0
    left = len(words)
    while left > 0:
        block = min(left, 359)
        left -= block
        while block:
            sum1 += words[at]
            at += 1
            sum2 += sum1
            block -= 1
        sum1 = (sum1 & 0xFFFF) + (sum1 >> 16)
        sum2 = (sum2 & 0xFFFF) + (sum2 >> 16)
    sum1 = (sum1 & 0xFFFF) + (sum1 >> 16)
    sum2 = (sum2 & 0xFFFF) + (sum2 >> 16)
    return (sum2 << 16) | sum1
