# Rule: program/signed-average
# Purpose: signed words are summed and divided
# Memory: hex ff 7f 00 80 fe ff 9c ff

    mov %r0, 0
    mov %r3, 4
loop:
    ldxsh %r4, [%r1+0]
    add %r0, %r4
    add %r1, 2
    sub %r3, 1
    jsgt %r3, 0, loop
    sdiv %r0, 3
    exit
