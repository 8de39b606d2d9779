# Rule: jmp/call-helper
# Purpose: a full store takes a new value for a key that it has
# Helpers: 0x10, 0x12

    mov %r6, 16
    mov %r7, 0
next:
    mov %r1, %r6
    mov %r2, %r6
    call 0x10
    add %r7, %r0
    sub %r6, 1
    jne %r6, 0, next
    mov %r1, 5
    mov %r2, 0x55
    call 0x10
    mov %r7, %r0
    mov %r1, 5
    mov %r2, %r10
    sub %r2, 8
    call 0x12
    ldxw %r0, [%r10-8]
    add %r0, %r7
    exit
