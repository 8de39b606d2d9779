# Rule: jmp/call-helper
# Purpose: a value is stored and fetched
# Helpers: 0x10, 0x12

    mov %r1, 7
    mov %r2, 0x1234
    call 0x10
    mov %r6, %r0
    mov %r1, 7
    mov %r2, %r10
    sub %r2, 8
    call 0x12
    ldxw %r0, [%r10-8]
    add %r0, %r6
    exit
