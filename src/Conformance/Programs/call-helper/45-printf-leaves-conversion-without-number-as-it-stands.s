# Rule: jmp/call-helper
# Purpose: printf leaves a conversion without a number as it stands
# Memory: "%d%d%d%d%d\0"
# Helpers: 0x01

    lddw %r2, 1
    lddw %r3, 22
    lddw %r4, 333
    lddw %r5, 4444
    call 0x01
    exit
