# Rule: jmp/call-helper
# Purpose: memcpy copies between two regions that touch, and stays in the one
# Region: low 0x40000000 read-write 16 bytes from 17 by 17
# Region: high 0x40000010 read-write 16 bytes from 225 by -7
# Helpers: 0x02

    mov %r6, %r1
    lddw %r1, 0x40000008
    lddw %r2, 0x40000010
    mov %r3, 8
    call 0x02
    lddw %r1, 0x40000000
    ldxdw %r0, [%r1+0]
    ldxdw %r2, [%r1+8]
    add %r0, %r2
    ldxdw %r2, [%r1+16]
    xor %r0, %r2
    exit
