# Rule: program/atomic-counter
# Purpose: atomic additions in a loop count
# Memory: hex fb, 7 bytes of 255, hex fb ff ff ff 01 00 00 00

    mov %r3, 1
    mov %r4, 10
loop:
    lock add [%r1+0], %r3
    lock add32 [%r1+8], %r3
    sub %r4, 1
    jne %r4, 0, loop
    ldxdw %r0, [%r1+0]
    ldxdw %r5, [%r1+8]
    xor %r0, %r5
    exit
