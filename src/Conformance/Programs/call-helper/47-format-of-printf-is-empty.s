# Rule: jmp/call-helper
# Purpose: the format of printf is empty
# Memory: "\0"
# Helpers: 0x01

    lddw %r2, 0
    call 0x01
    exit
