# Rule: jmp/call-helper
# Purpose: printf leaves a string as it stands
# Memory: "%s %d\0"
# Helpers: 0x01

    lddw %r2, 12345
    call 0x01
    exit
