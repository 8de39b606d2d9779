# Rule: program/helpers
# Purpose: printf prints a long number in hexadecimal
# Memory: "<%lx>\0"
# Helpers: 0x01

    mov %r6, 6
    mov %r7, 7
    mov %r8, 8
    mov %r9, 9
    lddw %r0, 0x1234567800000000
    lddw %r2, 0x123456789
    call 0x01
    add %r0, %r6
    add %r0, %r7
    add %r0, %r8
    add %r0, %r9
    exit
