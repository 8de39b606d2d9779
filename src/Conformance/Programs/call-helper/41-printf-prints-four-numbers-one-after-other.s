# Rule: jmp/call-helper
# Purpose: printf prints four numbers, one after the other
# Memory: "%d %d %d %d\0"
# Helpers: 0x01

    lddw %r2, 1
    lddw %r3, 20
    lddw %r4, 300
    lddw %r5, 4000
    call 0x01
    exit
