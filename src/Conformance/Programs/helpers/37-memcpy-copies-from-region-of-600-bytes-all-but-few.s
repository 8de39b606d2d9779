# Rule: program/helpers
# Purpose: memcpy copies from a region of 600 bytes all but a few
# Memory: 320 bytes from 11 by 37
# Region: large 0x40000000 read-write 8 bytes from 1 by 1, 292 bytes of 0
# Helpers: 0x02

    lddw %r2, 0x40000000
    mov %r3, 300
    mov %r6, %r1
    call 0x02
    ldxdw %r0, [%r6+292]
    ldxdw %r1, [%r6+300]
    add %r0, %r1
    exit
