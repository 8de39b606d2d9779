# Rule: jmp/call-helper
# Purpose: printf prints characters of 1 byte, whatever their bits are
# Memory: "\xe9\xe9\0"
# Helpers: 0x01

    lddw %r2, 0
    call 0x01
    exit
