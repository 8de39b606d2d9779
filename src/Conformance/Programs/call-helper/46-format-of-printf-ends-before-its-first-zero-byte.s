# Rule: jmp/call-helper
# Purpose: the format of printf ends before its first zero byte
# Memory: "ab\0cd\0"
# Helpers: 0x01

    lddw %r2, 0
    call 0x01
    exit
