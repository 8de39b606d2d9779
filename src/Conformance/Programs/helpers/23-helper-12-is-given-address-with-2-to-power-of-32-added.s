# Rule: program/helpers
# Purpose: helper 12 is given an address with 2 to the power of 32 added
# Region: read 0x40000000 read 16 bytes from 11 by 37
# Helpers: 0x12, 0x13

    mov %r0, 7
    mov %r1, 3
    mov %r2, %r10
    add %r2, -8
    lddw %r3, 0x100000000
    add %r2, %r3
    call 0x12
    add %r0, 2
    exit
