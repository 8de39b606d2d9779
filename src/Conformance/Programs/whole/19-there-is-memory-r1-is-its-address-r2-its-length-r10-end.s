# Rule: program/initial-registers
# Purpose: there is memory: r1 is its address, r2 its length, r10 the end of the stack, and the others are zero
# Memory: 24 bytes from 11 by 37

    or %r0, %r3
    or %r0, %r4
    or %r0, %r5
    or %r0, %r6
    or %r0, %r7
    or %r0, %r8
    or %r0, %r9
    lsh %r0, 8
    or %r0, %r2
    mov %r4, %r1
    add %r4, %r2
    ldxb %r3, [%r1+0]
    lsh %r0, 8
    or %r0, %r3
    ldxb %r3, [%r4-1]
    lsh %r0, 8
    or %r0, %r3
    stb [%r10-512], 0x5a
    stb [%r10-1], 0x3c
    ldxb %r3, [%r10-512]
    lsh %r0, 8
    or %r0, %r3
    ldxb %r3, [%r10-1]
    lsh %r0, 8
    or %r0, %r3
    exit
