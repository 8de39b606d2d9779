# Rule: program/helpers
# Purpose: seventeen values are stored under the keys from 0 on, and the first is fetched
# Helpers: 0x11, 0x13

    mov %r6, 0
next:
    mov %r1, %r6
    mov %r2, %r6
    add %r2, 5
    call 0x11
    mov %r7, %r0
    add %r6, 1
    jne %r6, 17, next
    mov %r1, 0
    mov %r2, %r10
    add %r2, -8
    call 0x13
    ldxw %r0, [%r10-8]
    add %r0, %r7
    exit
