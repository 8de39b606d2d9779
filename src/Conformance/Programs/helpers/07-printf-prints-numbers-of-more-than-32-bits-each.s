# Rule: program/helpers
# Purpose: printf prints numbers of more than 32 bits each
# Memory: "%ld,%ld,%ld,%ld\0"
# Helpers: 0x01

    mov %r6, 6
    mov %r7, 7
    mov %r8, 8
    mov %r9, 9
    lddw %r0, 0x1234567800000000
    lddw %r2, 0x100000000
    lddw %r3, 0x10000000000
    lddw %r4, 0x1000000000000
    lddw %r5, 0x100000000000000
    call 0x01
    add %r0, %r6
    add %r0, %r7
    add %r0, %r8
    add %r0, %r9
    exit
