# Rule: jmp/call-helper
# Purpose: printf prints a field that is filled up
# Memory: "%7d|%07i|%2u\0"
# Helpers: 0x01

    lddw %r2, 42
    lddw %r3, -42
    lddw %r4, 12345
    call 0x01
    exit
