# Rule: jmp/call-helper
# Purpose: printf prints a field of at most 99 characters
# Memory: "%1000d\0"
# Helpers: 0x01

    lddw %r2, 42
    call 0x01
    exit
