# Rule: program/helpers
# Purpose: memcpy makes a copy whose source has 2 to the power of 32 added
# Memory: 24 bytes from 11 by 37
# Helpers: 0x02

    mov %r6, %r1
    mov %r7, 7
    mov %r8, 8
    mov %r9, 9
    mov %r0, 7
    mov %r4, 1
    mov %r2, %r1
    lddw %r3, 0x100000000
    add %r2, %r3
    mov %r3, 4
    call 0x02
    sub %r0, %r6
    add %r0, %r7
    add %r0, %r8
    add %r0, %r9
    ldxdw %r1, [%r6+0]
    add %r0, %r1
    ldxdw %r1, [%r6+8]
    add %r0, %r1
    exit
