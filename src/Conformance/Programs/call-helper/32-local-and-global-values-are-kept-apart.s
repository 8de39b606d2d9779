# Rule: jmp/call-helper
# Purpose: local and global values are kept apart
# Helpers: 0x10, 0x11, 0x12, 0x13

    mov %r1, 7
    mov %r2, 5
    call 0x10
    mov %r1, 7
    mov %r2, 6
    call 0x11
    mov %r1, 7
    mov %r2, %r10
    sub %r2, 4
    call 0x12
    mov %r1, 7
    mov %r2, %r10
    sub %r2, 8
    call 0x13
    ldxdw %r0, [%r10-8]
    exit
