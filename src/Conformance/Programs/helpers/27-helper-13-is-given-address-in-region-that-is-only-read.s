# Rule: program/helpers
# Purpose: helper 13 is given an address in a region that is only read
# Region: read 0x40000000 read 16 bytes from 11 by 37
# Helpers: 0x12, 0x13

    mov %r0, 7
    mov %r1, 3
    lddw %r2, 0x40000000
    call 0x13
    add %r0, 2
    exit
