# Rule: jmp/call-helper
# Purpose: the result has bit 31 set and an upper half of zero
# Region: far 0x90000000 read-write 16 bytes from 17 by 17
# Helpers: 0x02

    lddw %r1, 0x90000000
    lddw %r2, 0x90000008
    mov %r3, 4
    call 0x02
    lddw %r2, 0x90000000
    ldxdw %r1, [%r2+0]
    add %r0, %r1
    exit
