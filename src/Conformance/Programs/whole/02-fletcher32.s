# Rule: program/fletcher32
# Purpose: a checksum of Fletcher is computed
# Memory: 64 bytes from 11 by 37

    mov %r0, 0xffff
    mov %r3, 0xffff
    mov %r4, %r2
    rsh %r4, 1
loop:
    ldxh %r5, [%r1+0]
    add %r0, %r5
    add %r3, %r0
    add %r1, 2
    sub %r4, 1
    jne %r4, 0, loop
    mod %r0, 0xffff
    mod %r3, 0xffff
    lsh %r3, 16
    or %r0, %r3
    exit
