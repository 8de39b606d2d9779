# Rule: jmp/call-helper
# Purpose: printf leaves flags that it does not know as they stand
# Memory: "%-5d|%5.2f|%\0"
# Helpers: 0x01

    lddw %r2, 12345
    call 0x01
    exit
