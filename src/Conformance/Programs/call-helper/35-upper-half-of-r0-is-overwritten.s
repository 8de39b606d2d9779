# Rule: jmp/call-helper
# Purpose: the upper half of r0 is overwritten
# Helpers: 0x20

    lddw %r0, 0xffffffff00000000
    call 0x20
    add %r0, 1
    exit
