# Rule: program/helpers
# Purpose: keys and values of 32 bits are told apart by helper {store}
# Helpers: 0x10, 0x11, 0x12, 0x13
# Each: store | fetch
#       10    | 0x12
#       11    | 0x13

    lddw %r1, 0x10007
    lddw %r2, 0x89abcdef
    call 0x{store}
    mov %r6, %r0
    mov %r1, 7
    mov %r2, 5
    call 0x{store}
    mov %r1, 0x107
    mov %r2, 6
    call 0x{store}
    mov %r1, 0x10007
    mov %r2, %r10
    add %r2, -8
    call {fetch}
    add %r6, %r0
    mov %r1, 7
    mov %r2, %r10
    add %r2, -4
    call {fetch}
    ldxdw %r7, [%r10-8]
    add %r6, %r0
    mov %r1, 0x107
    mov %r2, %r10
    add %r2, -8
    call {fetch}
    ldxdw %r3, [%r10-8]
    add %r0, %r3
    add %r0, %r6
    add %r0, %r7
    exit
