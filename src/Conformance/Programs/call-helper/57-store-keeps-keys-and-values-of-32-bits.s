# Rule: jmp/call-helper
# Purpose: a store keeps keys and values of 32 bits
# Helpers: 0x10, 0x12

    mov %r1, 0x10007
    mov %r2, 0x12345678
    call 0x10
    mov %r1, 7
    mov %r2, 0x55
    call 0x10
    mov %r1, 0x10007
    mov %r2, %r10
    sub %r2, 8
    call 0x12
    ldxw %r0, [%r10-8]
    mov %r8, %r0
    mov %r1, 7
    mov %r2, %r10
    sub %r2, 8
    call 0x12
    ldxw %r0, [%r10-8]
    lsh %r0, 32
    add %r0, %r8
    exit
