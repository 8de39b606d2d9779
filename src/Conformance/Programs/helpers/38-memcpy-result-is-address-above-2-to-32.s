# Rule: program/helpers
# Purpose: memcpy's result is an address above 2^32
# Region: island 0x180000000 read-write 16 bytes from 3 by 7
# Helpers: 0x02

    lddw %r1, 0x180000000
    lddw %r2, 0x180000008
    mov %r3, 4
    call 0x02
    exit
