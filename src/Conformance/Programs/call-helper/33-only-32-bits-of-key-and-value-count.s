# Rule: jmp/call-helper
# Purpose: only 32 bits of key and value count
# Helpers: 0x10, 0x12

    lddw %r1, 0x100000007
    lddw %r2, 0xffffffff80000001
    call 0x10
    mov %r1, 7
    mov %r2, %r10
    sub %r2, 8
    call 0x12
    ldxdw %r0, [%r10-8]
    exit
